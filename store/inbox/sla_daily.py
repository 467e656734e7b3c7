"""SLA results by day: the last fourteen days, this week so far and last week. Pure."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bot.policy.policy import Policy
from store import keys
from store.inbox import sla_statistics
from store.inbox.sla_statistics import SlaRate, TargetResult
from store.redis_client import Client

DAYS = 14
"""Enough to contain all of last week, Monday to Sunday, whatever day it is."""


@dataclass(frozen=True, slots=True)
class WeeklySla:
    """SLA results of one group."""

    this: SlaRate = field(default_factory=SlaRate)
    last: SlaRate = field(default_factory=SlaRate)
    days: tuple[SlaRate, ...] = (SlaRate(),) * DAYS  # today is the last one


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The last fourteen days in the desk's time zone, seen from `now`."""

    now: datetime
    zone: tzinfo

    @property
    def today(self) -> date:
        """The desk's own."""
        return self.now.astimezone(self.zone).date()

    @property
    def dates(self) -> list[date]:
        """All fourteen dates, today last."""
        return [self.today - timedelta(days=ago) for ago in range(DAYS - 1, -1, -1)]

    @property
    def starts(self) -> list[datetime]:
        """The midnight at which each day begins."""
        return [datetime.combine(day, time(), self.zone) for day in self.dates]

    @property
    def until(self) -> datetime:
        """Just after now, so that this very second counts."""
        return self.now + timedelta(seconds=1)

    @property
    def monday(self) -> int:
        """The index of this week's Monday among the days."""
        return DAYS - 1 - self.today.weekday()

    def bounds(self, name: str) -> tuple[datetime, datetime]:
        """The start and the end (exclusive) of `this` week, `last` week or `today`."""
        starts, monday = self.starts, self.monday
        return {
            "this": (starts[monday], self.until),
            "last": (starts[monday - 7], starts[monday]),
            "today": (starts[-1], self.until),
        }[name]


SlaTable = Mapping[str, Mapping[str, WeeklySla]]
"""By name of a grouping, then by its keys."""


def weekly_sla(
    some: Sequence[TargetResult], sorts: Mapping[str, Callable[[TargetResult], str]], window: ReportPeriod
) -> SlaTable:
    """The figures of these results; keys without any since Monday of last week are left out."""
    starts = [start.timestamp() for start in window.starts]
    days = [bisect_right(starts, promise.at.timestamp()) - 1 for promise in some]
    return {sort: _by_key(some, days, by, window.monday) for sort, by in sorts.items()}


def _by_key(
    some: Sequence[TargetResult], days: Sequence[int], by: Callable[[TargetResult], str], monday: int
) -> dict[str, WeeklySla]:
    kept: dict[str, list[int]] = {}
    total: dict[str, list[int]] = {}
    for promise, day in zip(some, days, strict=True):
        key = by(promise)
        if key not in total:
            kept[key], total[key] = [0] * DAYS, [0] * DAYS
        total[key][day] += 1
        kept[key][day] += promise.is_kept
    return {key: _weeks(kept[key], total[key], monday) for key in total if any(total[key][monday - 7 :])}


def _weeks(kept: list[int], total: list[int], monday: int) -> WeeklySla:
    def share(days: slice) -> SlaRate:
        return SlaRate(sum(kept[days]), sum(total[days]))

    each = tuple(SlaRate(some, all_) for some, all_ in zip(kept, total, strict=True))
    return WeeklySla(share(slice(monday, None)), share(slice(monday - 7, monday)), each)


PERIODS = ("this", "last", "today")


def results_behind(
    redis: Client, policy: Policy, now: datetime, stretch: str, sort: str, key: str
) -> list[TargetResult]:
    """The results of `this` or `last` week, or of `today`, of one group; missed first, then latest first.

    `sort` is one of `sla_statistics.DIMENSIONS`, or "" for all of them.
    """
    window = ReportPeriod(now, policy.calendar.zone)
    since, until = window.bounds(stretch)
    pipe = redis.pipeline(transaction=False)
    sla_statistics.queue_reads(pipe, window.starts[0], window.until)
    pipe.zrange(keys.LIVE, 0, -1)
    answered, missed, live = pipe.execute()
    if stretch == "today":
        found = sla_statistics.results_of_day(answered, missed, since, {raw.decode() for raw in live})
    else:
        found = [
            promise
            for promise in sla_statistics.parse_results(answered, missed)
            if since <= promise.at < until
        ]
    some = [promise for promise in found if not sort or sla_statistics.DIMENSIONS[sort](promise) == key]
    return sorted(some, key=lambda promise: (promise.is_kept, -promise.at.timestamp()))
