"""When the managers' reports are due and what stretch each is about: at the desk's opening, in its own zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar.business_calendar import BusinessCalendar

EARLIEST = time(6)
ROUND_THE_CLOCK = time(8)
"""A desk that opens before `EARLIEST`, or never closes, has its report then."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """One report: its kind, the day that names it, and from when to when it tells."""

    kind: str  # daily, weekly
    day: date
    since: datetime
    until: datetime


def due_reports(calendar: BusinessCalendar, now: datetime) -> list[DueReport]:
    """The reports whose moment has come today; whether they were made is for the store to say."""
    today = now.astimezone(calendar.zone).date()
    opens_at = opening_time(calendar, today)
    if opens_at is None or now < opens_at:
        return []
    found = [DueReport("daily", today, _day_before(calendar, today), opens_at)]
    monday = today - timedelta(days=today.weekday())
    starts_at = datetime.combine(monday, time(), calendar.zone)
    return [*found, DueReport("weekly", monday, starts_at - timedelta(days=7), starts_at)]


def next_due_at(calendar: BusinessCalendar, now: datetime) -> datetime:
    """When there is next a report to make."""
    day = now.astimezone(calendar.zone).date()
    for _ in range(400):
        opens_at = opening_time(calendar, day)
        if opens_at is not None and opens_at > now:
            return opens_at
        day += timedelta(days=1)
    return now + timedelta(days=1)


def opening_time(calendar: BusinessCalendar, day: date) -> datetime | None:
    """When the desk opens on that local date; None when it does not."""
    intervals = calendar.day(day).intervals
    if not intervals:
        return None
    at = time(*divmod(intervals[0].opens, 60))
    return datetime.combine(day, ROUND_THE_CLOCK if at < EARLIEST else at, calendar.zone)


def _day_before(calendar: BusinessCalendar, day: date) -> datetime:
    """The opening before that of `day`."""
    for back in range(1, 60):
        opens_at = opening_time(calendar, day - timedelta(days=back))
        if opens_at is not None:
            return opens_at
    return datetime.combine(day - timedelta(days=1), time(), calendar.zone)
