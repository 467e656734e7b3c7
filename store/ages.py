"""How old what waits is, in days of the desk's own calendar: today, one or two days, up to a week, older. Pure."""

from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo

AGES = ("today", "1-2", "3-7", "older")
_YOUNGEST = (0, -2, -7)  # days from today of the first day of each age but the last


def ages(now: datetime, zone: tzinfo) -> Callable[[datetime], str]:
    """Tells the age of what was opened at an instant, seen from `now`."""
    today = now.astimezone(zone).date()
    starts = [datetime.combine(today + timedelta(days=days), time(), zone) for days in _YOUNGEST]
    limits = [(start.timestamp(), age) for start, age in zip(starts, AGES, strict=False)]

    def age_of(opened_at: datetime) -> str:
        instant = opened_at.timestamp()
        return next((age for start, age in limits if instant >= start), AGES[-1])

    return age_of
