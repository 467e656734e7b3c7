"""Decides when the managers' reports are due and what period they cover, in the desk's time zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar.business_calendar import BusinessCalendar

EARLIEST = time(6)
ROUND_THE_CLOCK = time(8)
"""A desk that opens earlier than this, or never closes, gets its report at this time."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """One report: its kind, its day, and the period that it covers."""

    kind: str  # daily, weekly
    day: date
    since: datetime
    until: datetime


def due_reports(calendar: BusinessCalendar, now: datetime) -> list[DueReport]:
    """The reports that are due today, whether they were sent or not."""
    today = now.astimezone(calendar.zone).date()
    opens_at = opening_time(calendar, today)
    if opens_at is None or now < opens_at:
        return []
    found = [DueReport("daily", today, _day_before(calendar, today), opens_at)]
    monday = today - timedelta(days=today.weekday())
    starts_at = datetime.combine(monday, time(), calendar.zone)
    return [*found, DueReport("weekly", monday, starts_at - timedelta(days=7), starts_at)]


def next_due_at(calendar: BusinessCalendar, now: datetime) -> datetime:
    """When the next report is due."""
    day = now.astimezone(calendar.zone).date()
    for _ in range(400):
        opens_at = opening_time(calendar, day)
        if opens_at is not None and opens_at > now:
            return opens_at
        day += timedelta(days=1)
    return now + timedelta(days=1)


def opening_time(calendar: BusinessCalendar, day: date) -> datetime | None:
    """When the desk opens on that local date; None if it's closed."""
    intervals = calendar.day(day).intervals
    if not intervals:
        return None
    at = time(*divmod(intervals[0].opens, 60))
    return datetime.combine(day, ROUND_THE_CLOCK if at < EARLIEST else at, calendar.zone)


def _day_before(calendar: BusinessCalendar, day: date) -> datetime:
    """The last opening before that of `day`."""
    for back in range(1, 60):
        opens_at = opening_time(calendar, day - timedelta(days=back))
        if opens_at is not None:
            return opens_at
    return datetime.combine(day - timedelta(days=1), time(), calendar.zone)
