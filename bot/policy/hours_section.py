"""The `[hours]` of a policy: what an author writes, and the business calendar that it makes."""

import re
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, PlainSerializer, PlainValidator, model_validator

from bot.calendar.business_calendar import BusinessCalendar, always_open
from bot.calendar.holidays import region_problem, regions_allowed
from bot.calendar.opening_days import Day, DayKind, Interval, OpenDays
from bot.policy.field_types import Section, Text, Zone, validation_error

_INTERVAL_ALLOWED = 'such as "09:00-18:00", the opening first, from "00:00" to "24:00"'
_DATE_ALLOWED = 'a date such as 2026-12-24, or "12-24" for every year'
_LEAP_YEAR = 2024


def _interval(given: Any) -> Interval:
    if isinstance(given, Interval):
        return given
    try:
        return Interval.parse(given if isinstance(given, str) else repr(given))
    except ValueError as error:
        raise validation_error(f"{given!r} is not an interval of a day", _INTERVAL_ALLOWED) from error


def _in_order(given: tuple[Interval, ...]) -> tuple[Interval, ...]:
    ordered = tuple(sorted(given))
    for first, second in pairwise(ordered):
        if second.opens < first.closes:
            raise validation_error(f"{first} and {second} overlap", "intervals that do not overlap")
    return ordered


def _own_date(given: Any) -> date | str:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        if re.fullmatch(r"\d\d-\d\d", str(given)):
            date.fromisoformat(f"{_LEAP_YEAR}-{given}")
            return str(given)
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise validation_error(f"there is no such date: {given!s}", _DATE_ALLOWED) from error


def _region(given: Any) -> str:
    problem = region_problem(str(given))
    if problem:
        raise validation_error(problem, regions_allowed(str(given)))
    return str(given)


OneInterval = Annotated[Interval, PlainValidator(_interval), PlainSerializer(str)]
Intervals = Annotated[tuple[OneInterval, ...], AfterValidator(_in_order)]
SpecialDate = Annotated[date | str, PlainValidator(_own_date), PlainSerializer(str)]
Region = Annotated[str, PlainValidator(_region)]


class Week(Section):
    """The open intervals of each weekday; a day that is not given is closed."""

    every_day: Intervals | None = Field(
        default=None, description="For the days that nothing else here names."
    )
    weekdays: Intervals | None = Field(
        default=None, description="Monday to Friday, where the day itself is not given."
    )
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
    """A day with hours of its own: closed, half open, or open though it would be closed."""

    date: SpecialDate = Field(description='One date, or `"12-24"` for every year.')
    open: Intervals = Field(default=(), description="Its hours; none given: closed all day.")
    name: Text | None = Field(default=None, description="What the day is called, for those who ask why.")


class Hours(Section):
    """When the desk is open. Only open time counts towards a target."""

    zone: Zone = Field(description="The desk's time zone, by its IANA name.")
    always_open: bool = Field(default=False, strict=True, description="Around the clock, every day.")
    week: Week = Field(default=Week(), description="The hours of each weekday.")
    holidays: tuple[Region, ...] = Field(
        default=(), description="Closed on the public holidays of these: `PT`, or with a region `CH-GE`."
    )
    dates: tuple[SpecialDay, ...] = Field(
        default=(), description="The desk's own days; they stand above the rest."
    )

    @model_validator(mode="after")
    def _is_sometimes_open(self) -> Self:
        if self.always_open and (any(self.week.days()) or self.holidays or self.dates):
            raise validation_error(
                "a desk that is always open has no other hours", "always_open, or hours, not both"
            )
        if not self.always_open and not any(self.week.days()):
            raise validation_error(
                "the desk is never open", "always_open = true, or one interval or more in [hours.week]"
            )
        return self

    def calendar(self) -> BusinessCalendar:
        """The calendar that counts by these hours."""
        if self.always_open:
            return always_open(self.zone)
        days = {day.date: Day(day.open, DayKind.SPECIAL, day.name) for day in self.dates}
        open_days = OpenDays(
            week=self.week.days(),
            regions=self.holidays,
            dates={on: day for on, day in days.items() if isinstance(on, date)},
            yearly={_month_and_day(on): day for on, day in days.items() if isinstance(on, str)},
        )
        return BusinessCalendar(self.zone, open_days)


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
