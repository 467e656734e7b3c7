"""The calendar on days when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.business_calendar import BusinessCalendar, NeverOpensError, always_open
from bot.calendar.durations import Duration
from bot.calendar.opening_days import Day, DayKind, Interval, OpenDays


def open_daily(zone, *hours):
    intervals = tuple(Interval.parse(text) for text in hours)
    return BusinessCalendar(ZoneInfo(zone), OpenDays((intervals,) * 7))


def at(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_a_skipped_opening_time_moves_forward_by_the_gap():
    desk = open_daily("Europe/Paris", "02:30-06:00")
    assert desk.next_opening(at("2026-03-29 00:00", "Europe/Paris")) == at("2026-03-29 03:30", "Europe/Paris")


def test_an_opening_time_that_occurs_twice_means_the_first():
    desk = open_daily("Europe/Paris", "02:30-06:00")
    opening = desk.next_opening(at("2026-10-25 00:00", "Europe/Paris"))
    assert opening == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert desk.between(opening, opening + timedelta(days=1)) >= timedelta(hours=4, minutes=30)


def test_an_interval_reversed_by_the_clocks_is_empty_and_its_day_is_closed():
    desk = open_daily("Europe/Lisbon", "01:10-02:05")
    before, after = at("2026-03-28 12:00", "Europe/Lisbon"), at("2026-03-29 12:00", "Europe/Lisbon")
    assert desk.between(before, after) == timedelta(0)
    day_later = desk.add(at("2026-03-28 01:30", "Europe/Lisbon"), Duration.parse("1 business day"))
    assert day_later == at("2026-03-30 01:30", "Europe/Lisbon")


def test_two_intervals_that_overlap_because_of_the_clocks_count_once():
    desk = open_daily("Europe/Paris", "00:00-02:50", "03:10-03:20")
    midnight = at("2026-03-29 00:00", "Europe/Paris")
    assert desk.between(midnight, midnight + timedelta(days=1)) == timedelta(hours=2, minutes=50)


def test_a_day_is_23_or_25_hours_long_for_a_desk_that_never_closes():
    desk = always_open(ZoneInfo("Europe/Paris"))
    for on, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)):
        start = at(f"{on} 00:00", "Europe/Paris")
        due = desk.add(start, Duration.parse("1 business day"))
        assert due - start.astimezone(UTC) == timedelta(hours=hours)


def test_midnight_skipped_in_sao_paulo_opens_the_day_at_one():
    desk = open_daily("America/Sao_Paulo", "00:00-24:00")
    start = at("2018-11-03 12:00", "America/Sao_Paulo")
    assert desk.between(start, at("2018-11-04 12:00", "America/Sao_Paulo")) == timedelta(hours=23)


def test_half_an_hour_is_repeated_on_lord_howe():
    desk = open_daily("Australia/Lord_Howe", "01:00-03:00")
    start = at("2026-04-05 00:00", "Australia/Lord_Howe")
    assert desk.add(start, Duration.parse("150 minutes")) == at("2026-04-05 03:00", "Australia/Lord_Howe")


def test_a_desk_that_never_opens_because_of_holidays_says_so():
    closed = {(m, d): Day((), DayKind.SPECIAL) for m in range(1, 13) for d in range(1, 32)}
    desk = BusinessCalendar(ZoneInfo("UTC"), OpenDays(((Interval(540, 600),),) * 7, yearly=closed))
    with pytest.raises(NeverOpensError, match="doesn't open within 40 years"):
        desk.next_opening(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("week", [((),) * 7, ((Interval(0, 1440),),) * 6])
def test_a_week_without_hours_or_without_seven_days_is_refused(week):
    with pytest.raises(ValueError, match=r"one open hour|seven days"):
        OpenDays(week)


def test_naive_instants_and_distant_centuries_are_refused():
    desk = open_daily("Europe/Paris", "09:00-18:00")
    with pytest.raises(ValueError, match="aware"):
        desk.is_open(datetime(2026, 1, 1))  # noqa: DTZ001
    for year in (1900, 9999):
        with pytest.raises(ValueError, match="from 1970 to 2200"):
            desk.add(datetime(year, 6, 1, tzinfo=UTC), Duration.parse("1 hour"))


def test_special_days_come_before_yearly_ones_and_these_before_holidays():
    half, shut = Day((Interval(540, 720),), DayKind.SPECIAL), Day((), DayKind.SPECIAL)
    days = OpenDays(
        week=((Interval(540, 1080),),) * 7,
        regions=("PT",),
        dates={date(2026, 12, 25): half},
        yearly={(12, 25): shut, (12, 24): shut},
    )
    assert days.day(date(2026, 12, 25)) == half
    assert days.day(date(2027, 12, 25)) == shut
    assert days.day(date(2026, 12, 8)).kind is DayKind.HOLIDAY
    assert days.day(date(2026, 12, 9)).kind is DayKind.USUAL
