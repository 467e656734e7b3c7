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

ScoredMembers = Iterable[tuple[bytes, float]]
"""Members of a sorted set as the store told them, each with its instant."""


@dataclass(frozen=True, slots=True)
class TargetResult:
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


DIMENSIONS: Mapping[str, Callable[[TargetResult], str]] = {
    "target": attrgetter("target"),
    "priority": attrgetter("priority"),
    "channel": attrgetter("channel"),
    "language": attrgetter("locale"),
    "agent": attrgetter("agent_id"),
}
"""By what figures of promises are told apart."""


@dataclass(frozen=True, slots=True)
class SlaRate:
    """So many kept of so many."""

    kept: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when all were kept."""
        return 100 * self.kept // self.total if self.total else 100


def target_results(redis: Client, since: datetime, until: datetime) -> list[TargetResult]:
    """Every promise that was kept or missed from `since` to before `until`."""
    pipe = redis.pipeline(transaction=False)
    queue_reads(pipe, since, until)
    return parse_results(*pipe.execute())


def queue_reads(pipe: Pipeline, since: datetime, until: datetime) -> None:
    """Ask for what `told` takes: two answers."""
    low, high = since.timestamp(), f"({until.timestamp()}"
    pipe.zrangebyscore(keys.COMPLETED_TARGETS, low, high, withscores=True)
    pipe.zrangebyscore(keys.MISSED_TARGETS, low, high, withscores=True)


def parse_results(answered: ScoredMembers, missed: ScoredMembers) -> list[TargetResult]:
    """The promises in these two answers, each once; one that was missed stays missed."""
    given = [promise for promise in parse_completed(answered) if promise.is_kept]
    found = {(promise.ticket_id, promise.target, promise.turn): promise for promise in given}
    for raw, at in missed:
        ticket, target, turn, *where = raw.decode().split("|")
        found[ticket, target, turn] = _promise(ticket, target, turn, where, at, is_kept=False)
    return list(found.values())


def parse_completed(answered: ScoredMembers) -> list[TargetResult]:
    """What was given, in time or late."""
    found = []
    for raw, at in answered:
        ticket, target, turn, in_time, *where = raw.decode().split("|")
        found.append(_promise(ticket, target, turn, where, at, is_kept=in_time == "1"))
    return found


def responses_since(answered: ScoredMembers, since: datetime) -> list[TargetResult]:
    """The answers among them that were given from `since` on: first ones and next ones."""
    given = parse_completed((raw, at) for raw, at in answered if at >= since.timestamp())
    return [answer for answer in given if answer.target in ("first_response", "next_response")]


def rates_by(some: Iterable[TargetResult], by: Callable[[TargetResult], str]) -> Mapping[str, SlaRate]:
    """How many were kept of each sort."""
    counted: dict[str, list[int]] = {}
    for promise in some:
        share = counted.setdefault(by(promise), [0, 0])
        share[0] += promise.is_kept
        share[1] += 1
    return {key: SlaRate(kept, total) for key, (kept, total) in counted.items()}


def overall_rate(some: Iterable[TargetResult]) -> SlaRate:
    """How many were kept of all."""
    return rates_by(some, lambda _: "").get("", SlaRate())


def delete_expired(redis: Client, now: datetime) -> None:
    """Let go of what no figure asks for any more."""
    oldest = (now - KEPT_FOR).timestamp()
    redis.zremrangebyscore(keys.COMPLETED_TARGETS, "-inf", oldest)
    redis.zremrangebyscore(keys.MISSED_TARGETS, "-inf", oldest)


def _promise(
    ticket: str, target: str, turn: str, where: list[str], at: float, *, is_kept: bool
) -> TargetResult:
    priority, channel, locale, agent_id = where
    noted_at = datetime.fromtimestamp(at, UTC)
    return TargetResult(ticket, target, turn, is_kept, priority, channel, locale, agent_id, noted_at)
