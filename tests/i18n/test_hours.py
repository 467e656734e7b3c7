"""A desk's hours as a door tells them, in three languages."""

from datetime import date

from bot.messages.localized import LocalizedText
from bot.messages.outgoing import OpeningHours, SpecialDayHours
from i18n.hours import format_hours

LUNCH, MORNING = ("09:00-12:30", "13:30-18:00"), ("09:00-12:00",)
CHRISTMAS = SpecialDayHours(date(2026, 12, 25), (), LocalizedText("Christmas Day", "Noël", "Navidad"))
DESK = OpeningHours((*(LUNCH,) * 5, MORNING, ()), (CHRISTMAS, SpecialDayHours(date(2027, 1, 2), MORNING)))


def lines(hours: OpeningHours, locale: str) -> list[str]:
    return format_hours(hours, locale).replace("\u00a0", " ").replace("\u202f", " ").splitlines()


def test_days_that_are_alike_are_told_together_in_english() -> None:
    assert lines(DESK, "en") == [
        "Monday to Friday: 9:00–12:30, 13:30–18:00",
        "Saturday: 9:00–12:00",
        "Sunday: closed",
        "Friday 25 December: closed (Christmas Day)",
        "Saturday 2 January: 9:00–12:00",
    ]


def test_in_french_and_in_spanish() -> None:
    assert lines(DESK, "fr") == [
        "Lundi à vendredi : 9 h – 12 h 30, 13 h 30 – 18 h",
        "Samedi : 9 h – 12 h",
        "Dimanche : fermé",
        "Le vendredi 25 décembre : fermé (Noël)",
        "Le samedi 2 janvier : 9 h – 12 h",
    ]
    assert lines(DESK, "es") == [
        "Lunes a viernes: 9:00–12:30, 13:30–18:00",
        "Sábado: 9:00–12:00",
        "Domingo: cerrado",
        "El viernes 25 de diciembre: cerrado (Navidad)",
        "El sábado 2 de enero: 9:00–12:00",
    ]


def test_two_days_are_joined_and_whole_days_and_the_end_of_a_day_have_words() -> None:
    week = OpeningHours((("00:00-24:00",), ("08:00-24:00",), (), (), LUNCH, (), ()))
    assert lines(week, "en") == [
        "Monday: all day",
        "Tuesday: 8:00–24:00",
        "Wednesday and Thursday: closed",
        "Friday: 9:00–12:30, 13:30–18:00",
        "Saturday and Sunday: closed",
    ]
    assert lines(week, "fr")[2] == "Mercredi et jeudi : fermé"
    assert lines(week, "es")[0] == "Lunes: todo el día"


def test_a_holiday_that_is_named_in_english_alone_goes_unnamed_elsewhere() -> None:
    name = LocalizedText("Boxing Day", "Boxing Day", "Boxing Day")
    hours = OpeningHours(DESK.week, (SpecialDayHours(date(2026, 12, 26), (), name),))
    assert lines(hours, "en")[-1] == "Saturday 26 December: closed (Boxing Day)"
    assert lines(hours, "fr")[-1] == "Le samedi 26 décembre : fermé"
