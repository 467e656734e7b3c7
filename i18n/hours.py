"""Formats opening hours as on a shop door: one line for each run of days with the same hours."""

from collections.abc import Sequence
from itertools import groupby

from bot.messages.outgoing import OpeningHours, SpecialDayHours
from i18n.dates import day_and_month_names, format_hour, full_day

_NARROW = "\u202f"
_CLOSED = {"en": "closed", "fr": "fermé", "es": "cerrado"}
_ALL_DAY = {"en": "all day", "fr": "toute la journée", "es": "todo el día"}
_AND = {"en": "and", "fr": "et", "es": "y"}
_TO = {"en": "to", "fr": "à", "es": "a"}
_COLON = {"en": ": ", "fr": f"{_NARROW}: ", "es": ": "}
_DASH = {"en": "–", "fr": f"{_NARROW}–{_NARROW}", "es": "–"}

Intervals = Sequence[str]


def format_hours(hours: OpeningHours, locale: str) -> str:
    """Return a line for each run of weekdays, Monday first, and for each coming date with other hours."""
    runs = groupby(range(7), key=lambda day: hours.week[day])
    usual = [_line(_run(list(days), locale), intervals, locale) for intervals, days in runs]
    return "\n".join([*usual, *(_unusual(day, locale) for day in hours.unusual)])


def _run(days: list[int], locale: str) -> str:
    first, last = (day_and_month_names(locale)[0][day] for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return f"{first} {_AND[locale] if len(days) == 2 else _TO[locale]} {last}"


def _unusual(day: SpecialDayHours, locale: str) -> str:
    line = _line(full_day(day.on, locale), day.intervals, locale)
    name = day.name.in_(locale) if day.name else ""
    is_foreign = day.name is not None and locale != "en" and name == day.name.en
    return f"{line} ({name})" if name and not is_foreign else line


def _line(days: str, intervals: Intervals, locale: str) -> str:
    times = ", ".join(_interval(one, locale) for one in intervals) or _CLOSED[locale]
    return f"{days[0].upper()}{days[1:]}{_COLON[locale]}{times}"


def _interval(written: str, locale: str) -> str:
    ends = [tuple(map(int, end.split(":"))) for end in written.split("-")]
    if ends == [(0, 0), (24, 0)]:
        return _ALL_DAY[locale]
    return _DASH[locale].join(format_hour(hour, minute, locale) for hour, minute in ends)
