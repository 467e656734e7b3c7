"""The desk as its managers see it: what is overdue, what soon will be, how old it is, how promises were kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from bot.alerts.report import Backlog
from bot.policy.policy import Policy
from store import keys
from store.alerts.missed_targets import ALERTS_SHOWN, Alert, alerts, tickets_of
from store.codec import load
from store.inbox import sla_statistics
from store.inbox.sla_daily import Kept, Weeks, Window, weeks
from store.redis_client import Client
from store.tickets.filters import AGES, ages, is_overdue, is_soon
from store.tickets.ticket_list import Row

GROUPS: Mapping[str, Callable[[Row], str]] = {
    "channel": attrgetter("channel"),
    "language": attrgetter("locale"),
    "agent": attrgetter("assignee"),
}
"""By what tickets are told apart, beside their priority; the same names as in `kept.SORTS`."""


@dataclass(slots=True)
class Figures:
    """How tickets of one sort stand now; of a priority also how its answers of today were given."""

    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    answered_in_time: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Overview:
    """One look at the whole desk."""

    window: Window
    by_priority: dict[str, Figures]
    overdue: Sequence[Row]
    due_soon: Sequence[Row]
    backlog: Backlog
    by_age: Mapping[str, int]
    by_group: Mapping[str, Mapping[str, Figures]]
    alerts: Sequence[Alert] = field(default=())
    kept: Kept = field(default_factory=dict)

    @property
    def kept_by_target(self) -> Mapping[str, Weeks]:
        """How promises were kept, by target."""
        return self.kept.get("target", {})

    @property
    def kept_by_priority(self) -> Mapping[str, Weeks]:
        """How promises were kept, by priority."""
        return self.kept.get("priority", {})


def overview(redis: Client, policy: Policy, now: datetime, most_alerts: int = ALERTS_SHOWN) -> Overview:
    """The overview at `now`, in two round trips; “today” is the desk's own day."""
    window = Window(now, policy.calendar.zone)
    pipe = redis.pipeline(transaction=False)
    pipe.zrange(keys.LIVE, 0, -1)
    pipe.zrevrange(keys.ALERTS, 0, most_alerts - 1)
    sla_statistics.ask(pipe, window.starts[0], window.until)
    live, missed, answered, all_missed = pipe.execute()
    rows, tickets = _loaded(redis, live, tickets_of(missed))
    figures = {priority.key: Figures() for priority in reversed(policy.priorities)}
    _count(rows, attrgetter("priority"), now, figures)
    _count_answers(answered, figures, window)
    age_of = ages(now, window.zone)
    by_age = Counter(age_of(row.opened_at) for row in rows)
    return Overview(
        window=window,
        by_priority=figures,
        overdue=[row for row in rows if is_overdue(row, now)],
        due_soon=[row for row in rows if is_soon(row, now)],
        backlog=backlog_of(rows, now),
        by_age={age: by_age[age] for age in AGES},
        by_group={sort: _count(rows, by, now, {}) for sort, by in GROUPS.items()},
        alerts=alerts(missed, tickets),
        kept=weeks(sla_statistics.told(answered, all_missed), sla_statistics.SORTS, window),
    )


def _loaded(
    redis: Client, live: Sequence[bytes], tickets: Sequence[str]
) -> tuple[list[Row], list[bytes | None]]:
    """The rows of the live tickets, and those tickets as stored."""
    pipe = redis.pipeline(transaction=False)
    pipe.hmget(keys.ROWS, live or [b""])
    pipe.mget(tickets or [""])
    raws, found = pipe.execute()
    return [load(Row, raw) for raw in raws if raw], found


def _count(
    rows: Iterable[Row], by: Callable[[Row], str], now: datetime, figures: dict[str, Figures]
) -> dict[str, Figures]:
    for row in rows:
        figure = figures.setdefault(by(row), Figures())
        figure.open += 1
        figure.overdue += is_overdue(row, now)
        figure.due_soon += is_soon(row, now)
    return figures


def _count_answers(answered: sla_statistics.Scored, figures: dict[str, Figures], window: Window) -> None:
    since, _ = window.stretch("today")
    for answer in sla_statistics.answers_of_day(answered, since):
        figure = figures.setdefault(answer.priority, Figures())
        figure.answered += 1
        figure.answered_in_time += answer.is_kept


def backlog(redis: Client, now: datetime) -> Backlog:
    """The backlog at `now`."""
    return backlog_of(live_rows(redis), now)


def backlog_of(rows: Sequence[Row], now: datetime) -> Backlog:
    """The backlog that these live tickets are."""
    oldest = min(rows, key=lambda row: row.opened_at, default=None)
    return Backlog(
        open=len(rows),
        overdue=sum(1 for row in rows if is_overdue(row, now)),
        unassigned=sum(1 for row in rows if not row.assignee),
        oldest=oldest.number if oldest else "",
        oldest_for=now - oldest.opened_at if oldest else now - now,
    )


def live_rows(redis: Client) -> list[Row]:
    """The row of every live ticket, what falls due first on top."""
    live = redis.zrange(keys.LIVE, 0, -1)
    return [load(Row, raw) for raw in (redis.hmget(keys.ROWS, live) if live else []) if raw]
