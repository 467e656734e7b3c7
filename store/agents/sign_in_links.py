"""One-time sign-in links, for agents without a password. Only their hashes are stored."""

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from redis import Redis

from store.agents import keys

LASTS_FOR = timedelta(hours=24)


class SignInLinks:
    """Issues, checks and uses links."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def issue(self, agent_id: str) -> str:
        """A new token of 256 bits, which can't be shown again."""
        token = secrets.token_urlsafe(32)
        kept = {"agent_id": agent_id, "ends_at": (self._clock() + LASTS_FOR).isoformat()}
        self._redis.set(keys.sign_in_link(token), json.dumps(kept), ex=LASTS_FOR)
        return token

    def owner(self, token: str) -> str:
        """The agent's id, without using the link; "" if it's used, expired or unknown."""
        return self._owner(self._redis.get(keys.sign_in_link(token)))

    def use(self, token: str) -> str:
        """Use the link; the agent's id, or "" as for `owner`."""
        return self._owner(self._redis.getdel(keys.sign_in_link(token)))

    def _owner(self, kept: bytes | str | None) -> str:
        if not kept:
            return ""
        data = json.loads(kept)
        is_fresh = self._clock() < datetime.fromisoformat(data["ends_at"])
        return str(data["agent_id"]) if is_fresh else ""
