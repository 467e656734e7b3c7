"""Formats times, days and durations the way people say them, in the given time zone.

The results fit inside sentences such as these: “we aim to reply by %(due)s”,
“nous comptons vous répondre d’ici %(due)s”, “nuestro objetivo es responderle antes de %(due)s”;
“we open %(opens)s”, “nous ouvrons %(opens)s”, “abrimos %(opens)s”.
"""

from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from babel.core import Locale
from babel.units import format_unit

from bot.messages.localized import LOCALES

NEAR_DAYS = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "fr": {-1: "hier", 0: "aujourd’hui", 1: "demain"},
    "es": {-1: "ayer", 0: "hoy", 1: "mañana"},
}
NO_BREAK = "\u00a0"


def format_moment(at: datetime, locale: str, zone: tzinfo, now: datetime, *, is_latest: bool = False) -> str:
    """“tomorrow at 10:30”, “mardi à 10 h 30”, “el martes a las 10:30”; a deadline: “10:30 tomorrow”."""
    locale = known_locale(locale)
    local = at.astimezone(zone)
    day, hour = format_day(at, locale, zone, now), format_time(at, locale, zone)
    if locale == "es":
        article = "la" if local.hour == 1 else "las"
        of = f"de {day}".replace("de el ", "del ")
        return f"{article}{NO_BREAK}{hour} {of}" if is_latest else f"{day} a {article}{NO_BREAK}{hour}"
    if locale == "fr":
        return f"{hour} {day}" if is_latest and day == NEAR_DAYS["fr"][0] else f"{day} à{NO_BREAK}{hour}"
    return f"{hour} {day}" if is_latest and day in NEAR_DAYS["en"].values() else f"{day} at {hour}"


def format_day(at: datetime, locale: str, zone: tzinfo, now: datetime) -> str:
    """“today”, “Tuesday” within six days, else “Tuesday 3 March”, with the year if it isn't this year."""
    locale = known_locale(locale)
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    ahead = (day - today).days
    if ahead in NEAR_DAYS[locale]:
        return NEAR_DAYS[locale][ahead]
    if 0 < ahead <= 6:
        return _weekday(day, locale)
    return full_day(day, locale, is_other_year=day.year != today.year)


def format_time(at: datetime, locale: str, zone: tzinfo) -> str:
    """“9:05”, in French “9 h 05” or “9 h”; a 24-hour clock in all three languages."""
    local = at.astimezone(zone)
    return format_hour(local.hour, local.minute, locale)


def format_hour(hour: int, minute: int, locale: str) -> str:
    """Format a time of day like `format_time`; the hour is 24 at the end of a day."""
    if known_locale(locale) != "fr":
        return f"{hour}:{minute:02}"
    hours = f"{hour}{NO_BREAK}h"
    return f"{hours}{NO_BREAK}{minute:02}" if minute else hours


def format_duration(length: timedelta, locale: str) -> str:
    """“42 min”, “1 h 20 min”, “7 h”, “2 days”: without a sign, rounded to a sensible unit."""
    locale = known_locale(locale)
    gap = NO_BREAK if locale == "fr" else " "
    minutes = max(1, round(abs(length).total_seconds() / 60))
    if minutes < 60:
        return f"{minutes}{gap}min"
    if minutes < 6 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours}{gap}h{gap}{rest}{gap}min" if rest else f"{hours}{gap}h"
    if minutes < 36 * 60:
        return f"{round(minutes / 60)}{gap}h"
    return format_unit(round(minutes / 1440), "duration-day", length="long", locale=locale)


def known_locale(locale: str) -> str:
    """Return `locale` if it's one of ours, otherwise English."""
    return locale if locale in LOCALES else "en"


def _weekday(day: date, locale: str) -> str:
    name = day_and_month_names(locale)[0][day.weekday()]
    return f"el {name}" if locale == "es" else name


def full_day(day: date, locale: str, *, is_other_year: bool = False) -> str:
    """“Tuesday 3 March”, “le mardi 3 mars”, “el martes 3 de marzo”."""
    weekday, month = _weekday(day, locale), day_and_month_names(locale)[1][day.month]
    if locale == "es":
        return f"{weekday} {day.day} de {month}" + (f" de {day.year}" if is_other_year else "")
    year = f" {day.year}" if is_other_year else ""
    if locale == "fr":
        return f"le {weekday} {'1er' if day.day == 1 else day.day} {month}{year}"
    return f"{weekday} {day.day} {month}{year}"


@cache
def day_and_month_names(locale: str) -> tuple[dict[int, str], dict[int, str]]:
    """Weekdays from Monday = 0, months from January = 1."""
    parsed = Locale.parse(locale)
    return dict(parsed.days["format"]["wide"]), dict(parsed.months["format"]["wide"])
