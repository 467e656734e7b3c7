"""When reports are due, and what stretch each tells of."""

from datetime import UTC, date, datetime

from bot.alerts.report_schedule import due_reports, next_due_at
from bot.policy.policy import load_policy
from tests.fixtures.paths import POLICIES

WEEKDAYS = load_policy(POLICIES / "weekday-desk.toml").calendar  # 9 to 18 in Paris, Monday to Friday
ALWAYS = load_policy(POLICIES / "demo.toml").calendar


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026, when Paris is an hour ahead of UTC; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour - 1, minute, tzinfo=UTC)


def told(now: datetime, calendar=WEEKDAYS) -> list[tuple[str, date]]:  # type: ignore[no-untyped-def]
    return [(one.kind, one.day) for one in due_reports(calendar, now)]


def test_before_the_desk_opens_nothing_is_due() -> None:
    assert told(at(3, 8, 59)) == []


def test_at_the_opening_the_day_and_the_week_are_told() -> None:
    assert told(at(3, 9)) == [("daily", date(2026, 3, 3)), ("weekly", date(2026, 3, 2))]


def test_a_day_tells_from_the_opening_before() -> None:
    monday = due_reports(WEEKDAYS, at(9, 9))[0]
    assert (monday.since, monday.until) == (at(6, 9), at(9, 9))


def test_a_week_tells_from_monday_to_monday() -> None:
    week = due_reports(WEEKDAYS, at(9, 9))[1]
    assert (week.since, week.until) == (
        datetime(2026, 3, 1, 23, tzinfo=UTC),
        datetime(2026, 3, 8, 23, tzinfo=UTC),
    )


def test_on_a_closed_day_nothing_is_due() -> None:
    assert told(at(7, 12)) == []
    assert next_due_at(WEEKDAYS, at(7, 12)) == at(9, 9)


def test_the_same_report_has_the_same_name_all_day() -> None:
    assert told(at(3, 9)) == told(at(3, 23, 59))


def test_a_desk_that_never_closes_has_its_report_in_the_morning() -> None:
    assert told(at(3, 7, 59), ALWAYS) == []
    assert told(at(3, 8), ALWAYS)[0] == ("daily", date(2026, 3, 3))


def test_the_hour_stays_through_a_change_of_clocks() -> None:
    assert next_due_at(WEEKDAYS, at(28, 12)) == datetime(2026, 3, 30, 7, tzinfo=UTC)
