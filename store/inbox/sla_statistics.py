"""SLA results in a period: each target counts once, at the time when it was met or missed."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from redis.client import Pipeline

from store import keys
from store.redis_client import Client

KEPT_FOR = timedelta(days=100)
"""How long single results are kept."""

ScoredMembers = Iterable[tuple[bytes, float]]
"""Members of a sorted set with their scores, as returned by Redis."""


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One met or missed target, with its ticket's details at that time. `at`: when it was met, or noticed as missed."""

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
"""How results can be grouped."""


@dataclass(frozen=True, slots=True)
class SlaRate:
    """The number of targets met, and of all."""

    kept: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole percent; 100 only if all were met."""
        return 100 * self.kept // self.total if self.total else 100


def target_results(redis: Client, since: datetime, until: datetime) -> list[TargetResult]:
    """Every target met or missed from `since` to before `until`."""
    pipe = redis.pipeline(transaction=False)
    queue_reads(pipe, since, until)
    return parse_results(*pipe.execute())


def queue_reads(pipe: Pipeline, since: datetime, until: datetime) -> None:
    """Queue the two reads whose results `told` takes."""
    low, high = since.timestamp(), f"({until.timestamp()}"
    pipe.zrangebyscore(keys.COMPLETED_TARGETS, low, high, withscores=True)
    pipe.zrangebyscore(keys.MISSED_TARGETS, low, high, withscores=True)


def parse_results(answered: ScoredMembers, missed: ScoredMembers) -> list[TargetResult]:
    """The targets in these two results, each once; a missed one stays missed."""
    given = [promise for promise in parse_completed(answered) if promise.is_kept]
    found = {(promise.ticket_id, promise.target, promise.turn): promise for promise in given}
    for raw, at in missed:
        ticket, target, turn, *where = raw.decode().split("|")
        found[ticket, target, turn] = _promise(ticket, target, turn, where, at, is_kept=False)
    return list(found.values())


def parse_completed(answered: ScoredMembers) -> list[TargetResult]:
    """Those that were met, in time or late."""
    found = []
    for raw, at in answered:
        ticket, target, turn, in_time, *where = raw.decode().split("|")
        found.append(_promise(ticket, target, turn, where, at, is_kept=in_time == "1"))
    return found


def results_of_day(
    answered: ScoredMembers, missed: ScoredMembers, since: datetime, live: Collection[str]
) -> list[TargetResult]:
    """Every target that was met or fell due since midnight, and those that are still owed; each once.

    What fell due on an earlier day counts as long as its ticket waits (`live`), so that no figure is better than the
    list of overdue tickets beside it.
    """
    results, done = parse_results(answered, missed), parse_completed(answered)
    met_at = {(each.ticket_id, each.target, each.turn): each.at for each in done}
    found = []
    for result in results:
        at = met_at.get((result.ticket_id, result.target, result.turn))
        is_owed = at is None and result.ticket_id in live
        if result.at >= since or is_owed or (at and at >= since):
            found.append(result)
    return found


def rates_by(some: Iterable[TargetResult], by: Callable[[TargetResult], str]) -> Mapping[str, SlaRate]:
    """The rate of each group."""
    counted: dict[str, list[int]] = {}
    for promise in some:
        share = counted.setdefault(by(promise), [0, 0])
        share[0] += promise.is_kept
        share[1] += 1
    return {key: SlaRate(kept, total) for key, (kept, total) in counted.items()}


def overall_rate(some: Iterable[TargetResult]) -> SlaRate:
    """The rate of all of them."""
    return rates_by(some, lambda _: "").get("", SlaRate())


def delete_expired(redis: Client, now: datetime) -> None:
    """Delete results that are no longer needed."""
    oldest = (now - KEPT_FOR).timestamp()
    redis.zremrangebyscore(keys.COMPLETED_TARGETS, "-inf", oldest)
    redis.zremrangebyscore(keys.MISSED_TARGETS, "-inf", oldest)


def _promise(
    ticket: str, target: str, turn: str, where: list[str], at: float, *, is_kept: bool
) -> TargetResult:
    priority, channel, locale, agent_id = where
    noted_at = datetime.fromtimestamp(at, UTC)
    return TargetResult(ticket, target, turn, is_kept, priority, channel, locale, agent_id, noted_at)
