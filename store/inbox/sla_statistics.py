"""How promises were kept over a stretch of time: each counted once, where it was given in time or missed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from redis.client import Pipeline

from store import keys
from store.redis_client import Client

KEPT_FOR = timedelta(days=100)
"""How long single promises are remembered for figures."""

Scored = Iterable[tuple[bytes, float]]
"""Members of a sorted set as the store told them, each with its instant."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise whose fate is known, as its ticket stood then. `at` is when it was kept, or noticed as missed."""

    ticket_id: str
    target: str
    turn: str
    is_kept: bool
    priority: str
    channel: str
    locale: str
    agent_id: str
    at: datetime


SORTS: Mapping[str, Callable[[Promise], str]] = {
    "target": attrgetter("target"),
    "priority": attrgetter("priority"),
    "channel": attrgetter("channel"),
    "language": attrgetter("locale"),
    "agent": attrgetter("agent_id"),
}
"""By what figures of promises are told apart."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many kept of so many."""

    kept: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when all were kept."""
        return 100 * self.kept // self.total if self.total else 100


def promises(redis: Client, since: datetime, until: datetime) -> list[Promise]:
    """Every promise that was kept or missed from `since` to before `until`."""
    pipe = redis.pipeline(transaction=False)
    ask(pipe, since, until)
    return told(*pipe.execute())


def ask(pipe: Pipeline, since: datetime, until: datetime) -> None:
    """Ask for what `told` takes: two answers."""
    low, high = since.timestamp(), f"({until.timestamp()}"
    pipe.zrangebyscore(keys.ANSWERED, low, high, withscores=True)
    pipe.zrangebyscore(keys.ALERTS, low, high, withscores=True)


def told(answered: Scored, missed: Scored) -> list[Promise]:
    """The promises in these two answers, each once; one that was missed stays missed."""
    given = [promise for promise in answers(answered) if promise.is_kept]
    found = {(promise.ticket_id, promise.target, promise.turn): promise for promise in given}
    for raw, at in missed:
        ticket, target, turn, *where = raw.decode().split("|")
        found[ticket, target, turn] = _promise(ticket, target, turn, where, at, is_kept=False)
    return list(found.values())


def answers(answered: Scored) -> list[Promise]:
    """What was given, in time or late."""
    found = []
    for raw, at in answered:
        ticket, target, turn, in_time, *where = raw.decode().split("|")
        found.append(_promise(ticket, target, turn, where, at, is_kept=in_time == "1"))
    return found


def answers_of_day(answered: Scored, since: datetime) -> list[Promise]:
    """The answers among them that were given from `since` on: first ones and next ones."""
    given = answers((raw, at) for raw, at in answered if at >= since.timestamp())
    return [answer for answer in given if answer.target in ("first_response", "next_response")]


def shares(some: Iterable[Promise], by: Callable[[Promise], str]) -> Mapping[str, Share]:
    """How many were kept of each sort."""
    counted: dict[str, list[int]] = {}
    for promise in some:
        share = counted.setdefault(by(promise), [0, 0])
        share[0] += promise.is_kept
        share[1] += 1
    return {key: Share(kept, total) for key, (kept, total) in counted.items()}


def share(some: Iterable[Promise]) -> Share:
    """How many were kept of all."""
    return shares(some, lambda _: "").get("", Share())


def forget(redis: Client, now: datetime) -> None:
    """Let go of what no figure asks for any more."""
    oldest = (now - KEPT_FOR).timestamp()
    redis.zremrangebyscore(keys.ANSWERED, "-inf", oldest)
    redis.zremrangebyscore(keys.ALERTS, "-inf", oldest)


def _promise(ticket: str, target: str, turn: str, where: list[str], at: float, *, is_kept: bool) -> Promise:
    priority, channel, locale, agent_id = where
    noted_at = datetime.fromtimestamp(at, UTC)
    return Promise(ticket, target, turn, is_kept, priority, channel, locale, agent_id, noted_at)
