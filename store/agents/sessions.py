"""Sessions of signed-in agents. They're stored on the server, so that ending one takes effect at once.

A cookie contains `<agent id>.<secret>`; only a hash of the secret is stored.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from store.agents import keys
from store.agents.agent import Agent
from store.outage import is_outage

LASTS_FOR = timedelta(hours=12)
IDLE_FOR = timedelta(minutes=30)
_SEEN_EVERY = timedelta(seconds=30)  # precision of idle time; saves a write per request


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of one agent on one browser."""

    agent_id: str
    epoch: int
    csrf: str  # token that every change must send
    started_at: datetime
    seen_at: datetime

    def is_alive(self, agent: Agent, now: datetime) -> bool:
        """Whether it's still valid for this agent."""
        is_theirs = self.agent_id == agent.agent_id and self.epoch == agent.epoch
        return (
            is_theirs
            and not agent.is_disabled
            and now - self.started_at < LASTS_FOR
            and now - self.seen_at < IDLE_FOR
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The signed-in agent, and their session."""

    agent: Agent
    session: Session


class Sessions:
    """Starts, finds and ends sessions."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def start(self, agent: Agent) -> str:
        """A new session with a new id; the value of its cookie."""
        now, secret = self._clock(), secrets.token_urlsafe(32)
        session = Session(agent.agent_id, agent.epoch, secrets.token_urlsafe(32), now, now)
        self._redis.set(keys.session(secret), _to_json(session), ex=LASTS_FOR)
        return f"{agent.agent_id}.{secret}"

    def find(self, cookie: str, *, is_active: bool = True) -> SignedIn | None:
        """Who has this cookie, if it's valid. `is_active`: the request came from something the person did."""
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
        """End this session; does nothing if it has ended."""
        self._redis.delete(keys.session(cookie.partition(".")[2]))

    def _seen(self, key: str, session: Session) -> Session:
        now = self._clock()
        if now - session.seen_at < _SEEN_EVERY:
            return session
        session = replace(session, seen_at=now)
        try:
            self._redis.set(
                key, _to_json(session), xx=True, keepttl=True
            )  # xx: never revive a session that was ended
        except RedisError as error:  # a store that is full or read-only can still be read
            if not is_outage(error):
                raise
        return session


def _to_json(session: Session) -> str:
    return json.dumps(asdict(session), default=datetime.isoformat)


def _from_json(kept: bytes | str) -> Session:
    data: dict[str, Any] = json.loads(kept)
    for name in ("started_at", "seen_at"):
        data[name] = datetime.fromisoformat(data[name])
    return Session(**data)
