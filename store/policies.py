"""The policies that tickets were opened under: every version ever used, and the current one."""

from functools import cached_property, lru_cache

from redis.client import Pipeline

from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from store import keys
from store.redis_client import Client


class StoredPolicies:
    """Finds a ticket's policy by its version, with a cache in each process."""

    def __init__(self, redis: Client, current: Policy) -> None:
        self._redis = redis
        self.current = current
        self._find = lru_cache(maxsize=64)(self._load)

    def keep(self, writes: Pipeline) -> None:
        """Add the current version to `writes`, unless it is stored already."""
        writes.hsetnx(keys.POLICIES, self.current.version, self._as_json)

    @cached_property
    def _as_json(self) -> str:
        return self.current.to_json()

    def of(self, ticket: Ticket) -> Policy:
        """The policy that the ticket was opened under."""
        if ticket.policy_version == self.current.version:
            return self.current
        return self._find(ticket.policy_version)

    def _load(self, version: str) -> Policy:
        raw = self._redis.hget(keys.POLICIES, version)
        return Policy.from_json(raw.decode()) if raw else self.current
