"""Sessions of those who signed in: kept here, so that ending one ends it at once, everywhere.

A cookie holds `<agent id>.<secret>`; of the secret only its hash is kept.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from redis import Redis

from store.agents import keys
from store.agents.agent import Agent

LASTS_FOR = timedelta(hours=12)
IDLE_FOR = timedelta(minutes=30)
_SEEN_EVERY = timedelta(seconds=30)  # how finely idle time is measured; spares a write per request


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one agent on one browser."""

    agent_id: str
    epoch: int
    csrf: str  # what every change must bring along
    started_at: datetime
    seen_at: datetime

    def is_alive(self, agent: Agent, now: datetime) -> bool:
        """Whether it still lets this agent in."""
        is_theirs = self.agent_id == agent.agent_id and self.epoch == agent.epoch
        return (
            is_theirs
            and not agent.is_disabled
            and now - self.started_at < LASTS_FOR
            and now - self.seen_at < IDLE_FOR
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is asking, and under which session."""

    agent: Agent
    session: Session


class Sessions:
    """Starts, finds and ends sessions."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def start(self, agent: Agent) -> str:
        """A new session, with an id never used before; returns what its cookie must hold."""
        now, secret = self._clock(), secrets.token_urlsafe(32)
        session = Session(agent.agent_id, agent.epoch, secrets.token_urlsafe(32), now, now)
        self._redis.set(keys.session(secret), _to_json(session), ex=LASTS_FOR)
        return f"{agent.agent_id}.{secret}"

    def find(self, cookie: str, *, is_active: bool = True) -> SignedIn | None:
        """Who holds this cookie, if it still counts; `is_active` says that a person did something."""
        agent_id, _, secret = cookie.partition(".")
        if not secret:
            return None
        key = keys.session(secret)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.get(key)
            pipe.hget(keys.AGENTS, agent_id)
            kept, agent_json = pipe.execute()
        if not kept or not agent_json:
            return None
        session, agent = _from_json(kept), Agent.from_json(agent_json)
        if not session.is_alive(agent, self._clock()):
            return None
        return SignedIn(agent, self._seen(key, session) if is_active else session)

    def end(self, cookie: str) -> None:
        """This session is over; harmless when it is already."""
        self._redis.delete(keys.session(cookie.partition(".")[2]))

    def _seen(self, key: str, session: Session) -> Session:
        now = self._clock()
        if now - session.seen_at < _SEEN_EVERY:
            return session
        session = replace(session, seen_at=now)
        self._redis.set(
            key, _to_json(session), xx=True, keepttl=True
        )  # xx: never reactivate one that was ended
        return session


def _to_json(session: Session) -> str:
    return json.dumps(asdict(session), default=datetime.isoformat)


def _from_json(kept: bytes | str) -> Session:
    data: dict[str, Any] = json.loads(kept)
    for name in ("started_at", "seen_at"):
        data[name] = datetime.fromisoformat(data[name])
    return Session(**data)
