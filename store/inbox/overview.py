"""The managers' overview: overdue and soon overdue tickets, their ages, and how SLA targets were met."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from bot.alerts.report import Backlog
from bot.policy.policy import Policy
from store import keys
from store.alerts.missed_targets import ALERTS_SHOWN, MissedTarget, missed_targets, ticket_keys
from store.codec import load
from store.inbox import sla_statistics
from store.inbox.sla_daily import ReportPeriod, SlaTable, WeeklySla, weekly_sla
from store.inbox.sla_statistics import SlaRate, TargetResult
from store.redis_client import Client
from store.tickets.filters import AGE_GROUPS, age_grouper, is_due_soon, is_overdue
from store.tickets.ticket_list import TicketRow

GROUPS: Mapping[str, Callable[[TicketRow], str]] = {
    "channel": attrgetter("channel"),
    "language": attrgetter("locale"),
    "agent": attrgetter("assignee"),
}
"""By what tickets are told apart, beside their priority; the same names as in `sla_statistics.DIMENSIONS`."""


@dataclass(slots=True)
class TicketCounts:
    """The live tickets of one group; for a priority, also today's targets: met in time, of all met or due."""

    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    kept_today: int = 0
    total_today: int = 0


@dataclass(frozen=True)
class Overview:
    """The whole desk at one moment."""

    window: ReportPeriod
    by_priority: dict[str, TicketCounts]
    overdue: Sequence[TicketRow]
    due_soon: Sequence[TicketRow]
    backlog: Backlog
    by_age: Mapping[str, int]
    by_group: Mapping[str, Mapping[str, TicketCounts]]
    alerts: Sequence[MissedTarget] = field(default=())
    kept: SlaTable = field(default_factory=dict)
    today: Mapping[str, SlaRate] = field(default_factory=dict)  # by target

    @property
    def kept_by_target(self) -> Mapping[str, WeeklySla]:
        """SLA results by target."""
        return self.kept.get("target", {})

    @property
    def kept_by_priority(self) -> Mapping[str, WeeklySla]:
        """SLA results by priority."""
        return self.kept.get("priority", {})


def overview(redis: Client, policy: Policy, now: datetime, most_alerts: int = ALERTS_SHOWN) -> Overview:
    """The overview at `now`, in two round trips; “today” is the day in the desk's time zone."""
    window = ReportPeriod(now, policy.calendar.zone)
    pipe = redis.pipeline(transaction=False)
    pipe.zrange(keys.LIVE, 0, -1)
    pipe.zrevrange(keys.MISSED_TARGETS, 0, most_alerts - 1)
    sla_statistics.queue_reads(pipe, window.starts[0], window.until)
    live, missed, answered, all_missed = pipe.execute()
    rows, tickets = _loaded(redis, live, ticket_keys(missed))
    figures = {priority.key: TicketCounts() for priority in reversed(policy.priorities)}
    _count(rows, attrgetter("priority"), now, figures)
    today = sla_statistics.results_of_day(
        answered, all_missed, window.bounds("today")[0], {raw.decode() for raw in live}
    )
    _count_today(today, figures)
    age_of = age_grouper(now, window.zone)
    by_age = Counter(age_of(row.opened_at) for row in rows)
    return Overview(
        window=window,
        by_priority=figures,
        overdue=[row for row in rows if is_overdue(row, now)],
        due_soon=[row for row in rows if is_due_soon(row, now)],
        backlog=backlog_of(rows, now),
        by_age={age: by_age[age] for age in AGE_GROUPS},
        by_group={sort: _count(rows, by, now, {}) for sort, by in GROUPS.items()},
        alerts=missed_targets(missed, tickets),
        kept=weekly_sla(
            sla_statistics.parse_results(answered, all_missed), sla_statistics.DIMENSIONS, window
        ),
        today=sla_statistics.rates_by(today, attrgetter("target")),
    )


def _loaded(
    redis: Client, live: Sequence[bytes], tickets: Sequence[str]
) -> tuple[list[TicketRow], list[bytes | None]]:
    """The rows of the live tickets, and the raw tickets."""
    pipe = redis.pipeline(transaction=False)
    pipe.hmget(keys.TICKET_ROWS, live or [b""])
    pipe.mget(tickets or [""])
    raws, found = pipe.execute()
    return [load(TicketRow, raw) for raw in raws if raw], found


def _count(
    rows: Iterable[TicketRow], by: Callable[[TicketRow], str], now: datetime, figures: dict[str, TicketCounts]
) -> dict[str, TicketCounts]:
    for row in rows:
        figure = figures.setdefault(by(row), TicketCounts())
        figure.open += 1
        figure.overdue += is_overdue(row, now)
        figure.due_soon += is_due_soon(row, now)
    return figures


def _count_today(today: Iterable[TargetResult], figures: dict[str, TicketCounts]) -> None:
    for result in today:
        figure = figures.setdefault(result.priority, TicketCounts())
        figure.total_today += 1
        figure.kept_today += result.is_kept


def backlog(redis: Client, now: datetime) -> Backlog:
    """The backlog at `now`."""
    return backlog_of(live_rows(redis), now)


def backlog_of(rows: Sequence[TicketRow], now: datetime) -> Backlog:
    """The backlog of these live tickets."""
    oldest = min(rows, key=lambda row: row.opened_at, default=None)
    return Backlog(
        open=len(rows),
        overdue=sum(1 for row in rows if is_overdue(row, now)),
        unassigned=sum(1 for row in rows if not row.assignee),
        oldest=oldest.number if oldest else "",
        oldest_for=now - oldest.opened_at if oldest else now - now,
    )


def live_rows(redis: Client) -> list[TicketRow]:
    """The row of every live ticket, earliest deadline first."""
    live = redis.zrange(keys.LIVE, 0, -1)
    return [load(TicketRow, raw) for raw in (redis.hmget(keys.TICKET_ROWS, live) if live else []) if raw]
