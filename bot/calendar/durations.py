"""How much time a promise allows: business hours, business days or calendar time. Nothing is counted here."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

EXAMPLES = '"4 business hours", "90 minutes", "2 business days" or "24 calendar hours"'
"""What is allowed, for error messages."""

_WRITTEN = re.compile(r"(?P<amount>-?\d+)\s*(?P<way>[a-z]+)?\s+(?P<unit>[a-z]+?)s?", re.ASCII)
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_LONGEST = timedelta(days=3660)


class CountingMode(StrEnum):
    """How a duration is counted."""

    BUSINESS_TIME = "business time"  # only while the desk is open
    BUSINESS_DAYS = "business days"  # the same time of day, that many open days later
    CALENDAR_TIME = "calendar time"  # every minute, open or closed


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time and how it's counted: `days` for business days, `length` for the other two."""

    counting: CountingMode
    length: timedelta = timedelta()
    days: int = 0

    def __post_init__(self) -> None:
        if self.days < 0 or self.length < timedelta():
            raise ValueError("a duration can't be negative")
        if self.length > _LONGEST or self.days > _LONGEST.days:
            raise ValueError("a duration can't be longer than ten years")

    @property
    def is_zero(self) -> bool:
        """Whether it's “0 minutes”: at once."""
        return not (self.days or self.length)

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read a text such as “4 business hours”; ValueError if it isn't one.

        Without “calendar”, “business” (or “working”) is meant. A calendar day is 24 hours; a business day is
        the desk's own.
        """
        written = _WRITTEN.fullmatch(text.strip().lower())
        way = (written["way"] or "business") if written else ""
        unit = written["unit"] if written else ""
        if not written or unit not in _SECONDS or way not in ("business", "working", "calendar"):
            raise ValueError("not a duration")
        amount = int(written["amount"])
        if abs(amount) * _SECONDS[unit] > _LONGEST.total_seconds():
            raise ValueError("a duration can't be longer than ten years")
        if way == "calendar":
            return cls(CountingMode.CALENDAR_TIME, amount * timedelta(seconds=_SECONDS[unit]))
        if unit == "day":
            return cls(CountingMode.BUSINESS_DAYS, days=amount)
        return cls(CountingMode.BUSINESS_TIME, amount * timedelta(seconds=_SECONDS[unit]))

    def __str__(self) -> str:
        """As `parse` reads it, in the largest unit that fits evenly."""
        if self.counting is CountingMode.BUSINESS_DAYS:
            return f"{self.days} business {'day' if self.days == 1 else 'days'}"
        way = self.counting.split()[0]
        seconds = int(self.length.total_seconds())
        unit = next((u for u in ("hour", "minute") if seconds and seconds % _SECONDS[u] == 0), "second")
        amount = seconds // _SECONDS[unit]
        return f"{amount} {way} {unit if amount == 1 else unit + 's'}"
