"""Ticket filters by priority, channel, language, agent, age and deadline. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from store.tickets.ticket_list import TicketRow

SOON = timedelta(hours=1)
UNASSIGNED = "nobody"
"""In place of an agent's id: unassigned tickets."""


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """The conditions on a ticket; "" for none."""

    priority: str = ""
    channel: str = ""
    language: str = ""
    agent: str = ""  # an agent's id, or NOBODY
    age: str = ""  # one of AGES
    due: str = ""  # “soon”: due within the hour


NO_FILTER = TicketFilter()


def matcher(wanted: TicketFilter, now: datetime, zone: tzinfo) -> Callable[[TicketRow], bool]:
    """Whether a row matches at `now`; ages are in days of `zone`."""
    age_of = age_grouper(now, zone)
    tests: list[Callable[[TicketRow], bool]] = []
    if wanted.priority:
        tests.append(lambda row: row.priority == wanted.priority)
    if wanted.channel:
        tests.append(lambda row: row.channel == wanted.channel)
    if wanted.language:
        tests.append(lambda row: row.locale == wanted.language)
    if wanted.agent:
        tests.append(lambda row: (row.assignee or UNASSIGNED) == wanted.agent)
    if wanted.age:
        tests.append(lambda row: age_of(row.opened_at) == wanted.age)
    if wanted.due:
        tests.append(lambda row: is_due_soon(row, now))
    return lambda row: all(test(row) for test in tests)


def is_overdue(row: TicketRow, now: datetime) -> bool:
    """Whether one of its deadlines is missed."""
    return row.due_at is not None and row.due_at < now


def is_due_soon(row: TicketRow, now: datetime) -> bool:
    """Whether one of its deadlines is due within the hour."""
    return row.due_at is not None and now <= row.due_at <= now + SOON


AGE_GROUPS = ("today", "1-2", "3-7", "older")
_YOUNGEST = (0, -2, -7)  # first day of each age but the last, in days from today


def age_grouper(now: datetime, zone: tzinfo) -> Callable[[datetime], str]:
    """The age of a ticket at `now`, by the time it was opened."""
    today = now.astimezone(zone).date()
    starts = [datetime.combine(today + timedelta(days=days), time(), zone) for days in _YOUNGEST]
    limits = [(start.timestamp(), age) for start, age in zip(starts, AGE_GROUPS, strict=False)]

    def age_of(opened_at: datetime) -> str:
        instant = opened_at.timestamp()
        return next((age for start, age in limits if instant >= start), AGE_GROUPS[-1])

    return age_of
