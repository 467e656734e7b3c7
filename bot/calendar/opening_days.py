"""The opening hours of each date, and why it's closed. Local dates only, no instants."""

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
    """Where the hours of a day come from."""

    USUAL = "usual"  # the hours of its weekday
    HOLIDAY = "holiday"  # a public holiday of the desk's country or region
    SPECIAL = "special"  # a date with its own hours


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From opening to closing on one day, in minutes after midnight, local time."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError("an interval opens before it closes, between 00:00 and 24:00")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a text such as “09:00-12:30”; ValueError if it isn't one."""
        written = _WRITTEN.fullmatch(text.strip())
        if not written:
            raise ValueError("not an interval")
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
    """One date: its intervals in order (none if it's closed), why, and the name of the holiday or special day."""

    intervals: tuple[Interval, ...]
    kind: DayKind = DayKind.USUAL
    name: LocalizedText | None = None


@dataclass(frozen=True)
class OpenDays:
    """A desk's hours: its week (Monday first), public holidays and special days.

    `regions` are countries (`PT`) or regions (`CH-GE`). `dates` come before `yearly` (month and day), then
    holidays, then the week.
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
        """Whether the desk never closes."""
        is_exempt = bool(self.regions or self.dates or self.yearly)
        return not is_exempt and all(day == ALL_DAY for day in self.week)

    def day(self, on: date) -> Day:
        """The hours of that local date."""
        own = self.dates.get(on) or self.yearly.get((on.month, on.day))
        if own:
            return own
        for region in self.regions:
            name = holidays_in(region, on.year).get(on)
            if name:
                return Day((), DayKind.HOLIDAY, name)
        return Day(self.week[on.weekday()])
