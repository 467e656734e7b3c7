"""Tells the desk's opening hours, from its calendar."""

from datetime import datetime, timedelta

from bot.calendar.business_calendar import BusinessCalendar
from bot.calendar.opening_days import DayKind, Interval
from bot.messages import phrases_intake
from bot.messages.outgoing import OpeningHours, SpecialDayHours, Timestamp, Translatable

AHEAD = 14
"""Days ahead for which we mention hours that differ from the usual week."""


def describe_opening_hours(calendar: BusinessCalendar, now: datetime) -> tuple[Translatable, ...]:
    """The weekly hours, the coming days that differ, and whether the desk is open `now`."""
    if calendar.is_always_open:
        return (Translatable(phrases_intake.ALWAYS_OPEN),)
    days = tuple(_as_text(day) for day in calendar.open_days.week)
    hours = phrases_intake.OUR_HOURS(hours=OpeningHours(days, _special_days(calendar, now)))
    opens = Timestamp(calendar.next_opening(now))
    return hours, Translatable(phrases_intake.OPEN_NOW) if calendar.is_open(
        now
    ) else phrases_intake.CLOSED_NOW(opens=opens)


def _special_days(calendar: BusinessCalendar, now: datetime) -> tuple[SpecialDayHours, ...]:
    today = now.astimezone(calendar.zone).date()
    dates = [today + timedelta(days=ahead) for ahead in range(AHEAD)]
    found = [(on, calendar.day(on)) for on in dates]
    week = calendar.open_days.week
    return tuple(
        SpecialDayHours(on, _as_text(day.intervals), day.name)
        for on, day in found
        if day.kind is not DayKind.USUAL and day.intervals != week[on.weekday()]
    )


def _as_text(intervals: tuple[Interval, ...]) -> tuple[str, ...]:
    return tuple(map(str, intervals))
