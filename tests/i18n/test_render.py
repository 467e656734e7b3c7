"""Said things become words: dates, lengths, numbers, plurals, and what happens when a catalog fails."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Option, Outgoing, Param, TimeSpan, Timestamp, Translatable, say, say_n
from bot.messages.phrases_intake import FILES
from bot.messages.phrases_ticket import TICKET_OPENED
from i18n.render import render, render_outgoing

LISBON = ZoneInfo("Europe/Lisbon")
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)  # a Tuesday


def words(said: Param, locale: str = "en", now: datetime = NOON) -> str:
    return render(Translatable(say("%(it)s"), {"it": said}), locale, LISBON, now)


@pytest.mark.parametrize(
    ("ahead", "en", "fr", "es"),
    [
        (timedelta(hours=4, minutes=40), "today at 16:40", "aujourd’hui à 16 h 40", "hoy a las 16:40"),
        (timedelta(days=1), "tomorrow at 12:00", "demain à 12 h", "mañana a las 12:00"),
        (timedelta(days=-1), "yesterday at 12:00", "hier à 12 h", "ayer a las 12:00"),
        (timedelta(days=2), "Thursday at 12:00", "jeudi à 12 h", "el jueves a las 12:00"),
        (timedelta(days=6), "Monday at 12:00", "lundi à 12 h", "el lunes a las 12:00"),
        (
            timedelta(days=7),
            "Tuesday 10 March at 12:00",
            "le mardi 10 mars à 12 h",
            "el martes 10 de marzo a las 12:00",
        ),
        (
            timedelta(days=-3),
            "Saturday 28 February at 12:00",
            "le samedi 28 février à 12 h",
            "el sábado 28 de febrero a las 12:00",
        ),
        (
            timedelta(days=304, hours=1, minutes=5),
            "Friday 1 January 2027 at 13:05",
            "le vendredi 1er janvier 2027 à 13 h 05",
            "el viernes 1 de enero de 2027 a las 13:05",
        ),
    ],
)
def test_an_instant_is_told_the_way_people_say_it(ahead: timedelta, en: str, fr: str, es: str) -> None:
    told = {locale: words(Timestamp(NOON + ahead), locale) for locale in ("en", "fr", "es")}
    assert {locale: text.replace("\u00a0", " ") for locale, text in told.items()} == {
        "en": en,
        "fr": fr,
        "es": es,
    }


def test_one_o_clock_is_singular_in_spanish() -> None:
    assert words(Timestamp(NOON + timedelta(hours=13)), "es") == "mañana a la\u00a01:00"


@pytest.mark.parametrize(
    ("ahead", "en", "fr", "es"),
    [
        (timedelta(hours=4), "16:00 today", "16 h aujourd’hui", "las 16:00 de hoy"),
        (timedelta(hours=13), "1:00 tomorrow", "demain à 1 h", "la 1:00 de mañana"),
        (timedelta(days=2), "Thursday at 12:00", "jeudi à 12 h", "las 12:00 del jueves"),
    ],
)
def test_a_deadline_follows_by_before_or_d_ici(ahead: timedelta, en: str, fr: str, es: str) -> None:
    told = [words(Timestamp(NOON + ahead, is_latest=True), locale) for locale in ("en", "fr", "es")]
    assert [text.replace("\u00a0", " ") for text in told] == [en, fr, es]


def test_today_is_decided_in_the_zone_of_the_desk_and_not_in_utc() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in Lisbon
    assert words(Timestamp(late), now=late - timedelta(hours=4)) == "tomorrow at 0:30"


def test_an_instant_after_the_clocks_changed_is_told_in_summer_time() -> None:
    assert words(Timestamp(datetime(2026, 3, 30, 9, 0, tzinfo=UTC))) == "Monday 30 March at 10:00"


@pytest.mark.parametrize(
    ("length", "en"),
    [
        (timedelta(0), "1 min"),
        (timedelta(seconds=-12 * 60), "12 min"),
        (timedelta(minutes=42, seconds=10), "42 min"),
        (timedelta(minutes=59, seconds=40), "1 h"),
        (timedelta(minutes=80), "1 h 20 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=7, minutes=10), "7 h"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_length_of_time_is_told_no_finer_than_its_size_deserves(length: timedelta, en: str) -> None:
    assert words(TimeSpan(length)) == en


def test_days_have_a_plural_in_each_language() -> None:
    assert [words(TimeSpan(timedelta(days=2)), locale) for locale in ("en", "fr", "es")] == [
        "2 days",
        "2\u00a0jours",
        "2 días",
    ]


def test_numbers_are_grouped_as_each_language_groups_them() -> None:
    assert [words(12345, locale) for locale in ("en", "fr", "es")] == ["12,345", "12\u202f345", "12.345"]


def test_labels_and_nested_sentences_speak_the_language_of_the_reader() -> None:
    high = LocalizedText("High", "Élevée", "Alta")
    nested = Translatable(say("(%(inner)s)"), {"inner": high})
    assert words(nested, "es") == "(Alta)"


def test_the_count_chooses_the_plural() -> None:
    phrase = say_n("%(count)s unseen thing", "%(count)s unseen things")
    assert [render(Translatable(phrase, {"count": n}), "en", LISBON, NOON) for n in (0, 1, 2)] == [
        "0 unseen things",
        "1 unseen thing",
        "2 unseen things",
    ]


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    line = Translatable(say("Nobody ever translated %(what)s"), {"what": "this"})
    assert render(line, "fr", LISBON, NOON) == "Nobody ever translated this"


@pytest.mark.parametrize("locale", ["", "pt", "xx", "../../etc", "fr_FR"])
def test_a_language_that_is_not_ours_is_english(locale: str) -> None:
    assert words(Timestamp(NOON), locale) == "today at 12:00"


@pytest.mark.parametrize(
    ("text", "params", "told"),
    [
        ("Due %(due)s", {"other": "x"}, "Due …"),
        ("100% sure, %(name)s", {"name": "Ana"}, "100% sure, Ana"),
        ("100% of %(name", {"name": "Ana"}, "100% of %(name"),
        ("100%% of %(name)s", {"name": "%(name)s"}, "100% of %(name)s"),
        ("100 % of it", {}, "100 % of it"),
    ],
)
def test_a_broken_sentence_never_raises(text: str, params: dict[str, Param], told: str) -> None:
    assert render(Translatable(say(text), params), "es", LISBON, NOON) == told


def test_somebodys_own_words_are_left_alone() -> None:
    assert render("50 %(off)s «now»", "fr", LISBON, NOON) == "50 %(off)s «now»"


def test_a_message_keeps_its_shape_and_becomes_plain_words() -> None:
    lines: tuple[Line, ...] = (LocalizedText("Hi", "Bonjour", "Hola"), "", "K4")
    said = Outgoing(lines, (Option("p:high", LocalizedText("High", "Élevée", "Alta"), "!"),), quoted_id="7")
    told = render_outgoing(said, "fr", LISBON, NOON)
    assert told == Outgoing(("Bonjour", "", "K4"), (Option("p:high", "Élevée", "!"),), quoted_id="7")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "We aim to reply by 9:30 tomorrow."),
        ("fr", "Nous comptons vous répondre d’ici demain à 9 h 30."),
        ("es", "Nuestro objetivo es responderle antes de las 9:30 de mañana."),
    ],
)
def test_a_promise_is_a_natural_sentence_in_each_language(locale: str, told: str) -> None:
    due = Timestamp(NOON + timedelta(hours=21, minutes=30), is_latest=True)
    promise = Translatable(
        TICKET_OPENED, {"number": "K4", "priority": LocalizedText("High", "Élevée", "Alta"), "due": due}
    )
    assert render(promise, locale, LISBON, NOON).replace("\u00a0", " ").endswith(told)


def test_plurals_are_those_of_each_language() -> None:
    told = [render(Translatable(FILES, {"count": n}), "fr", LISBON, NOON) for n in (0, 1, 2)]
    assert told == ["0 fichier", "1 fichier", "2 fichiers"]
