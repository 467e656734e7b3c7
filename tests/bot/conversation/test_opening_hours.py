"""“Are you open on Saturday?” is answered from the calendar; work that only mentions hours is not."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.business_calendar import BusinessCalendar, always_open
from bot.calendar.opening_days import Day, DayKind, Interval, OpenDays
from bot.conversation.opening_hours import describe_opening_hours
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import OpeningHours, SpecialDayHours, Timestamp
from bot.reading.acts import ActKind
from bot.reading.read import read
from bot.reading.situations import Situation
from tests.fixtures.conversation_script import policy, talk

BEGUN = "en> my app stays blank all day"
DAY = (Interval.parse("09:00-12:30"), Interval.parse("13:30-18:00"))
WRITTEN = ("09:00-12:30", "13:30-18:00")
MONDAY_NOON = datetime(2026, 12, 21, 11, 0, tzinfo=UTC)  # 12:00 in Paris
SUNDAY = datetime(2026, 12, 20, 11, 0, tzinfo=UTC)
EXTRA = Day(
    (Interval.parse("09:00-12:00"),),
    DayKind.SPECIAL,
    LocalizedText("Stocktaking", "Inventaire", "Inventario"),
)


@pytest.fixture
def calendar() -> BusinessCalendar:
    days = OpenDays((DAY,) * 5 + ((), ()), regions=("FR",), dates={date(2026, 12, 26): EXTRA})
    return BusinessCalendar(ZoneInfo("Europe/Paris"), days)


@pytest.mark.parametrize(
    "text",
    [
        "Are you open on Saturday?",
        "hello, are you open today?",
        "what time do you close on Fridays",
        "When do you open tomorrow?",
        "What are your opening hours?",
        "opening hours please",
        "Bonjour, vous êtes ouverts le samedi ?",
        "Êtes-vous ouvert pendant les jours fériés ?",
        "vos horaires svp",
        "quels sont vos horaires d'ouverture ?",
        "À quelle heure fermez-vous ce soir ?",
        "Hola, ¿abren los sábados?",
        "¿A qué hora cierran hoy?",
        "¿Cuál es su horario?",
        "están abiertos mañana por la tarde",
    ],
)
def test_who_only_asks_for_the_hours_is_understood(text: str) -> None:
    assert read(text, Situation.START, policy()).has(ActKind.HOURS)


@pytest.mark.parametrize(
    "text",
    [
        "the app does not open on Saturday",
        "are you open to a refund?",
        "please open a ticket",
        "open",
        "Saturday",
        "tomorrow",
        "hello",
        "my opening hours are wrong on the page",
        "le magasin affiche de mauvais horaires",
        "la page des horaires est vide",
        "no abren el archivo",
        "demain matin",
        "el sábado",
        "",
    ],
)
def test_work_is_no_question_about_hours(text: str) -> None:
    assert not read(text, Situation.START, policy()).has(ActKind.HOURS)


def test_the_week_the_days_that_differ_and_now_are_told(calendar: BusinessCalendar) -> None:
    hours, now = describe_opening_hours(calendar, MONDAY_NOON)
    told = hours.params["hours"]
    assert isinstance(told, OpeningHours)
    assert told.week == (WRITTEN,) * 5 + ((), ())
    christmas, extra, new_year = told.unusual
    assert (christmas.on, christmas.intervals) == (date(2026, 12, 25), ())
    assert extra == SpecialDayHours(date(2026, 12, 26), ("09:00-12:00",), EXTRA.name)
    assert new_year.on == date(2027, 1, 1)
    assert now.phrase.text == "We’re open now."


def test_a_holiday_on_a_day_that_is_closed_anyway_is_not_told(calendar: BusinessCalendar) -> None:
    assumption = datetime(2026, 8, 10, 8, 0, tzinfo=UTC)  # 15 August 2026 is a Saturday
    told = describe_opening_hours(calendar, assumption)[0].params["hours"]
    assert isinstance(told, OpeningHours)
    assert told.unusual == ()


def test_a_closed_desk_says_when_it_opens(calendar: BusinessCalendar) -> None:
    _, now = describe_opening_hours(calendar, SUNDAY)
    assert now.params["opens"] == Timestamp(datetime(2026, 12, 21, 8, 0, tzinfo=UTC))


def test_a_desk_that_never_closes_says_so() -> None:
    (told,) = describe_opening_hours(always_open(ZoneInfo("UTC")), SUNDAY)
    assert told.phrase.text == "We’re open 24/7."


def test_asked_first_it_is_answered_and_is_no_description() -> None:
    talk("""
        en> are you open on Saturday?
        bot< We’re open 24/7. | What happens exactly
        en> my screen stays blank all day
        bot< What’s your name
        > /human
        opens< a person; description=my screen stays blank all day
    """)


def test_asked_in_the_middle_it_is_answered_and_the_question_asked_again() -> None:
    talking = talk(
        f"""
        {BEGUN}
        > Are you open on Saturday?
        bot< Our hours: | Monday to Friday: 9:00–18:00 | We’re open now. | What should we call you?
        > Ana
        > /hours
        bot< We’re open now. | Which company
        > what are your opening hours?
        bot< Our hours: | Who are you with
        """,
        policy("weekday-desk"),
    )
    assert talking.conversation.answers["description"].value == "my app stays blank all day"


def test_a_page_called_opening_hours_is_an_answer() -> None:
    talk("""
        en> it stopped working this morning
        > Ana
        > skip
        > 1
        > the opening hours page
        bot< How urgent
    """)


def test_with_a_live_ticket_it_is_answered_and_the_agent_sees_it() -> None:
    talk(f"""
        {BEGUN}
        > /human
        > are you open on Saturday?
        bot< We’re open 24/7
        thanks<
        in< ticket 1
        > /hours
        bot< We’re open 24/7
    """)
