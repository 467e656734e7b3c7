"""The desk as its managers see it: what is overdue, what soon will be, how today's promises were kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot import ladder
from bot.facts import Fact, Happened
from bot.policy import Policy
from bot.ticket import Ticket
from store import keys
from store.client import Client
from store.codec import load
from store.kept import Promise, Share, promises, shares
from store.rows import Row

SOON = timedelta(hours=1)
ALERTS_SHOWN = 50
OVERDUE_SHOWN = 100


@dataclass(slots=True)
class Figures:
    """How one priority stands now, and how its promises were kept today."""

    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    answered_in_time: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """A promise that was missed, and who has seen to it."""

    ticket_id: str
    number: str
    contact_name: str
    subject: str
    priority: str
    assignee: str
    target: str
    turn: int
    missed_at: datetime
    acknowledged_by: str = ""
    acknowledged_name: str = ""  # of somebody who is not of the inbox, as their channel told it
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Weeks:
    """How promises of one sort were kept, this week so far and last week."""

    this: Share = field(default_factory=Share)
    last: Share = field(default_factory=Share)


@dataclass(frozen=True)
class Overview:
    """One look at the whole desk."""

    by_priority: dict[str, Figures]
    overdue: Sequence[Row]
    due_soon: Sequence[Row]
    alerts: Sequence[Alert] = field(default=())
    kept_by_target: Mapping[str, Weeks] = field(default_factory=dict)
    kept_by_priority: Mapping[str, Weeks] = field(default_factory=dict)


def overview(redis: Client, policy: Policy, now: datetime) -> Overview:
    """The overview at `now`; “today” is the desk's own day."""
    figures = {priority.key: Figures() for priority in reversed(policy.priorities)}
    live = [raw.decode() for raw in redis.zrange(keys.LIVE, 0, -1)]
    rows = _rows(redis, live)
    overdue = [row for row in rows if row.due_at and row.due_at < now]
    soon = [row for row in rows if row.due_at and now <= row.due_at <= now + SOON]
    for name, some in (("open", rows), ("overdue", overdue), ("due_soon", soon)):
        for row in some:
            figure = figures.setdefault(row.priority, Figures())
            setattr(figure, name, getattr(figure, name) + 1)
    _count_answers(redis, figures, now.astimezone(policy.calendar.zone))
    this, last = _weeks(redis, policy, now)
    return Overview(
        figures,
        overdue[:OVERDUE_SHOWN],
        soon[:OVERDUE_SHOWN],
        _alerts(redis),
        _by_weeks(this, last, lambda promise: promise.target),
        _by_weeks(this, last, lambda promise: promise.priority),
    )


def _weeks(redis: Client, policy: Policy, now: datetime) -> tuple[list[Promise], list[Promise]]:
    """The promises of this week, from the desk's own Monday on, and of last week."""
    today = now.astimezone(policy.calendar.zone).date()
    monday = today - timedelta(days=today.weekday())
    starts = [
        datetime.combine(day, time(), policy.calendar.zone) for day in (monday - timedelta(days=7), monday)
    ]
    return promises(redis, starts[1], now + timedelta(seconds=1)), promises(redis, *starts)


def _by_weeks(
    this: Sequence[Promise], last: Sequence[Promise], by: Callable[[Promise], str]
) -> dict[str, Weeks]:
    now, before = shares(this, by), shares(last, by)
    return {key: Weeks(now.get(key, Share()), before.get(key, Share())) for key in {**now, **before}}


def _count_answers(redis: Client, figures: dict[str, Figures], now: datetime) -> None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    given = [
        raw.decode().split("|") for raw in redis.zrangebyscore(keys.ANSWERED, midnight.timestamp(), "+inf")
    ]
    answers = [(parts[4], parts[3]) for parts in given if parts[1] in ("first_response", "next_response")]
    for priority, in_time in answers:
        figure = figures.setdefault(priority, Figures())
        figure.answered += 1
        figure.answered_in_time += in_time == "1"


def _alerts(redis: Client) -> list[Alert]:
    missed = [raw.decode().split("|") for raw in redis.zrevrange(keys.ALERTS, 0, ALERTS_SHOWN - 1)]
    ids = list(dict.fromkeys(parts[0] for parts in missed))
    raws = redis.mget([keys.ticket(ticket_id) for ticket_id in ids]) if ids else []
    tickets = {ticket.ticket_id: ticket for ticket in (load(Ticket, raw) for raw in raws if raw)}
    return [_alert(tickets[t], target, turn) for t, target, turn, *_ in missed if t in tickets]


def _alert(ticket: Ticket, target: str, turn: str) -> Alert:
    about = ladder.about_turn(ticket, target, turn)
    missed, seen = _last(about, Happened.MISSED), ladder.acknowledgement(about)
    return Alert(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        contact_name=ticket.contact_name,
        subject=ticket.subject,
        priority=ticket.priority,
        assignee=ticket.assignee,
        target=target,
        turn=int(turn),
        missed_at=datetime.fromisoformat(missed.data["due_at"]) if missed else ticket.opened_at,
        acknowledged_by=seen.by if seen else "",
        acknowledged_name=seen.data.get("name", "") if seen else "",
        acknowledged_at=seen.at if seen else None,
    )


def _last(facts: Iterable[Fact], kind: Happened) -> Fact | None:
    return next((fact for fact in reversed(list(facts)) if fact.kind is kind), None)


def _rows(redis: Client, ticket_ids: Sequence[str]) -> list[Row]:
    raws = redis.hmget(keys.ROWS, list(ticket_ids)) if ticket_ids else []
    return [load(Row, raw) for raw in raws if raw]
