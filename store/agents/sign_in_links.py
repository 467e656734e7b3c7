"""One-time links by which an agent comes in without a password. Only the hash of a link is kept."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from redis import Redis

from store.agents import keys

LASTS_FOR = timedelta(hours=24)


class SignInLinks:
    """Issues links, tells whose they are, and lets each be used once."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def issue(self, agent_id: str) -> str:
        """A new token of 256 bits; it is told here and never again."""
        token = secrets.token_urlsafe(32)
        kept = {"agent_id": agent_id, "ends_at": (self._clock() + LASTS_FOR).isoformat()}
        self._redis.set(keys.sign_in_link(token), json.dumps(kept), ex=LASTS_FOR)
        return token

    def owner(self, token: str) -> str:
        """Whose it is, without using it; "" when it is used, too old, or was never issued."""
        return self._owner(self._redis.get(keys.sign_in_link(token)))

    def use(self, token: str) -> str:
        """Whose it was, and it is of no more use; "" as for `owner`."""
        return self._owner(self._redis.getdel(keys.sign_in_link(token)))

    def _owner(self, kept: bytes | str | None) -> str:
        if not kept:
            return ""
        data = json.loads(kept)
        is_fresh = self._clock() < datetime.fromisoformat(data["ends_at"])
        return str(data["agent_id"]) if is_fresh else ""
