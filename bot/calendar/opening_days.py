"""What each day of a desk is: open from when to when, or closed and why. Local dates only, no instants."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from bot.calendar.holidays import holidays_in
from bot.messages.localized import LocalizedText

MINUTES_A_DAY = 24 * 60

_WRITTEN = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)", re.ASCII)


class DayKind(StrEnum):
    """Why a day has the hours that it has."""

    USUAL = "usual"  # the hours of its weekday, perhaps none
    HOLIDAY = "holiday"  # a public holiday of the desk's country or region
    SPECIAL = "special"  # the desk's own closed day, half day or extra day


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From opening to closing on one day, in minutes after midnight on the wall clock."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError("an interval opens before it closes, between 00:00 and 24:00")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The interval written as “09:00-12:30”; ValueError when it is not one."""
        written = _WRITTEN.fullmatch(text.strip())
        if not written:
            raise ValueError(f"not an interval: {text!r}")
        from_hour, from_minute, to_hour, to_minute = (int(part) for part in written.groups())
        return cls(from_hour * 60 + from_minute, to_hour * 60 + to_minute)

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


ALL_DAY = (Interval(0, MINUTES_A_DAY),)


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its intervals in order (none: closed), why, and the name of its holiday or special day."""

    intervals: tuple[Interval, ...]
    kind: DayKind = DayKind.USUAL
    name: LocalizedText | None = None


@dataclass(frozen=True)
class OpenDays:
    """The hours of a desk: its week (Monday first), its holidays, its own dates.

    `regions` are countries or country and region (`PT`, `CH-GE`). `dates` stand above `yearly` (month and
    day, every year), these above the holidays, and these above the week.
    """

    week: tuple[tuple[Interval, ...], ...]
    regions: tuple[str, ...] = ()
    dates: Mapping[date, Day] = field(default_factory=dict)
    yearly: Mapping[tuple[int, int], Day] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        if not any(self.week):
            raise ValueError("a calendar needs at least one open hour in its week")

    @property
    def is_always_open(self) -> bool:
        """True for a desk that never closes, 24 hours on all of 365 days."""
        is_exempt = bool(self.regions or self.dates or self.yearly)
        return not is_exempt and all(day == ALL_DAY for day in self.week)

    def day(self, on: date) -> Day:
        """What the desk does on that local date."""
        own = self.dates.get(on) or self.yearly.get((on.month, on.day))
        if own:
            return own
        for region in self.regions:
            name = holidays_in(region, on.year).get(on)
            if name:
                return Day((), DayKind.HOLIDAY, name)
        return Day(self.week[on.weekday()])
