"""The `[hours]` of a policy: what an author writes, and the business calendar it makes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise
from re import fullmatch
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator

from bot.calendar.business_calendar import BusinessCalendar, always_open
from bot.calendar.holidays import region_problem, regions_allowed
from bot.calendar.opening_days import Day, DayKind, Interval, OpenDays
from bot.policy.checks import Context, Mistake, each_once, mistake, validation_error
from bot.policy.field_types import Flag, Section, Text, Zone, parsed_by

_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def _in_order(given: tuple[Interval, ...]) -> tuple[Interval, ...]:
    ordered = tuple(sorted(given))
    for first, second in pairwise(ordered):
        if second.opens < first.closes:
            raise validation_error(f"{first} and {second} overlap", "intervals that do not overlap")
    return ordered


def _special_date(text: str) -> date | str:
    if fullmatch(r"\d\d-\d\d", text):
        _special_date(f"2024-{text}")  # a leap year has every date
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("no such date") from None


def _region(given: Any) -> str:
    problem = region_problem(str(given))
    if problem:
        raise validation_error(problem, regions_allowed(str(given)))
    return str(given)


_INTERVAL = 'such as "09:00-18:00", the opening first, from "00:00" to "24:00"'
_DATE = 'a date such as 2026-12-24, or "12-24" for every year'
OneInterval = Annotated[Interval, parsed_by(Interval.parse, _INTERVAL), PlainSerializer(str)]
Intervals = Annotated[tuple[OneInterval, ...], AfterValidator(_in_order)]
SpecialDate = Annotated[date | str, parsed_by(_special_date, _DATE), PlainSerializer(str)]
Region = Annotated[str, PlainValidator(_region)]


class Week(Section):
    """The opening hours of each weekday. Days that aren't listed are closed."""

    every_day: Intervals | None = Field(default=None, description="For all days that aren't listed here.")
    weekdays: Intervals | None = Field(default=None, description="For Monday to Friday, unless listed here.")
    monday: Intervals | None = None
    tuesday: Intervals | None = None
    wednesday: Intervals | None = None
    thursday: Intervals | None = None
    friday: Intervals | None = None
    saturday: Intervals | None = None
    sunday: Intervals | None = None

    def days(self) -> tuple[tuple[Interval, ...], ...]:
        """The intervals of the seven days, Monday first."""
        own = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday)
        usual = tuple(day if day is not None else self.weekdays for day in own)
        week = (*usual, self.saturday, self.sunday)
        return tuple(day if day is not None else self.every_day or () for day in week)


class SpecialDay(Section):
    """A date with its own hours: closed, open for part of the day, or open although it's usually closed."""

    date: SpecialDate = Field(description='One date, or `"12-24"` for every year.')
    open: Intervals = Field(default=(), description="Its hours; empty: closed all day.")
    name: Text | None = Field(default=None, description="What the day is called, for people who ask.")


class Hours(Section):
    """When the desk is open. Only open time counts towards a target."""

    zone: Zone = Field(description="The desk's time zone, by its IANA name.")
    always_open: Flag = Field(default=False, description="Around the clock, every day.")
    week: Week = Field(default=Week(), description="The hours of each weekday.")
    holidays: tuple[Region, ...] = Field(
        default=(), description="Closed on public holidays of these countries (`PT`) or regions (`CH-GE`)."
    )
    dates: Annotated[tuple[SpecialDay, ...], each_once("date")] = Field(
        default=(), description="Days with hours of their own, before all others."
    )

    @cached_property
    def calendar(self) -> BusinessCalendar:
        """The calendar that counts by these hours; ValueError if the week has none."""
        if self.always_open:
            return always_open(self.zone)
        days = {day.date: Day(day.open, DayKind.SPECIAL, day.name) for day in self.dates}
        open_days = OpenDays(
            week=self.week.days(),
            regions=self.holidays,
            dates={on: day for on, day in days.items() if isinstance(on, date)},
            yearly={(int(on[:2]), int(on[3:])): day for on, day in days.items() if isinstance(on, str)},
        )
        return BusinessCalendar(self.zone, open_days)

    def mistakes(self, read: Context) -> Iterator[Mistake]:
        """A desk that never opens, or that is always open and has hours too."""
        if self.always_open and (any(self.week.days()) or self.holidays or self.dates):
            yield mistake(
                (), "a desk that is always open has no other hours", "always_open, or hours, not both"
            )
        try:
            self.calendar.next_opening(_ANY_DAY)
        except ValueError:
            yield mistake((), "the desk is never open", "always_open = true, or hours in [hours.week]")
