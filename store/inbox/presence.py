"""Who has a ticket open or is typing in it, and how far agents have read.

All of it may be lost without harm: no deadline depends on it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import Redis

from store import keys
from store.agents import keys as agent_keys

PRESENT_FOR = timedelta(seconds=25)  # without a sign of life
_MARKS_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Viewer:
    """A colleague who has the ticket open."""

    agent_id: str
    is_typing: bool


class Presence:
    """Presence and read marks of agents."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def mark_present(self, ticket_id: str, agent_id: str, *, is_typing: bool) -> None:
        """The agent has the ticket open now."""
        key = agent_keys.presence(ticket_id)
        kept = json.dumps({"at": self._clock().timestamp(), "is_typing": is_typing})
        is_news = is_typing and not self._is_typing(key, agent_id)
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(key, agent_id, kept)
            pipe.expire(key, PRESENT_FOR)
            if is_news:
                pipe.xadd(keys.FEED, {"t": ticket_id}, maxlen=20_000, approximate=True)
            pipe.execute()

    def _is_typing(self, key: str, agent_id: str) -> bool:
        sign: Any = self._redis.hget(key, agent_id)
        return bool(sign) and json.loads(sign)["is_typing"]

    def mark_gone(self, ticket_id: str, agent_id: str) -> None:
        """The agent no longer has the ticket open."""
        self._redis.hdel(agent_keys.presence(ticket_id), agent_id)

    def other_viewers(self, ticket_id: str, agent_id: str) -> tuple[Viewer, ...]:
        """The agent's colleagues who have the ticket open."""
        kept = self._redis.hgetall(agent_keys.presence(ticket_id))
        since = (self._clock() - PRESENT_FOR).timestamp()
        signs = ((_text(who), json.loads(sign)) for who, sign in sorted(kept.items()))
        return tuple(
            Viewer(who, sign["is_typing"]) for who, sign in signs if who != agent_id and sign["at"] > since
        )

    def mark_read(self, agent_id: str, ticket_id: str, until: datetime) -> None:
        """The agent has read everything up to `until`; a mark never moves back."""
        key = agent_keys.read_marks(agent_id)
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.zadd(key, {ticket_id: until.timestamp()}, gt=True)
            pipe.zremrangebyrank(key, 0, -_MARKS_KEPT - 1)
            pipe.execute()

    def read_marks(self, agent_id: str) -> Mapping[str, float]:
        """Ticket ids and the times (Unix seconds) up to which this agent has read them."""
        marks: Any = self._redis.zrange(agent_keys.read_marks(agent_id), 0, -1, withscores=True)
        return {_text(ticket_id): score for ticket_id, score in marks}


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name
