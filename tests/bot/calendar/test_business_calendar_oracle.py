"""The calendar equals a minute-by-minute count in more than 10,000 generated cases."""

import os
import random
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays

from bot.calendar.business_calendar import BusinessCalendar
from bot.calendar.durations import Duration
from bot.calendar.opening_days import Day, DayKind, Interval, OpenDays
from tests.fixtures.business_time_oracle import MinuteByMinute

CASES = 3_400  # for each time zone of the machine: 10,200 in all
WINDOW = 26  # days
MINUTE = timedelta(minutes=1)

PLACES = [  # zone, and days shortly before its clocks or the year change
    ("Europe/Lisbon", [date(2026, 3, 21), date(2026, 10, 17), date(2026, 12, 20)], "PT"),
    ("Europe/Paris", [date(2026, 3, 22), date(2026, 10, 18), date(2027, 4, 25)], "FR"),
    ("America/New_York", [date(2026, 3, 1), date(2026, 10, 26), date(2026, 12, 18)], "US"),
    ("Australia/Lord_Howe", [date(2026, 3, 30), date(2026, 9, 27)], "AU-NSW"),
    ("Asia/Kolkata", [date(2026, 8, 10), date(2026, 12, 22)], "IN"),
    ("America/Sao_Paulo", [date(2018, 10, 28), date(2019, 2, 10)], "BR-SP"),  # the gap is at midnight
    ("America/Nuuk", [date(2026, 3, 22), date(2026, 10, 18)], ""),  # the gap ends at midnight
]


@pytest.fixture(params=["UTC", "America/New_York", "Australia/Lord_Howe"])
def machine_zone(request):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_every_generated_case_equals_a_minute_by_minute_count(machine_zone):
    rng, compared = random.Random(f"business time in {machine_zone}"), 0
    while compared < CASES:
        calendar, oracle, first = generated_desk(rng)
        compared += sum(agrees(calendar, oracle, first, rng) for _ in range(20))
    assert compared >= CASES


def agrees(calendar, oracle, first, rng):
    """Whether the case is inside the oracle's window; AssertionError if the two differ."""
    start, breaks = generated_start(first, rng), ()
    if rng.random() < 0.5:
        breaks = generated_breaks(start, rng)
    amount, days = rng.choice([1, 7, 30, 59, 60, 61, 240, 481, 720, 1440, 2000]), rng.randint(1, 4)
    try:
        expected = (
            oracle.add_minutes(start, amount, breaks),
            oracle.add_days(start, days, breaks),
            oracle.between(start, start + 3 * amount * MINUTE, breaks),
            oracle.next_opening(start),
            oracle.is_open(start),
        )
    except IndexError:
        return False
    found = (
        calendar.add(start, Duration.parse(f"{amount} minutes"), breaks),
        calendar.add(start, Duration.parse(f"{days} business days"), breaks),
        calendar.between(start, start + 3 * amount * MINUTE, breaks),
        calendar.next_opening(start),
        calendar.is_open(start),
    )
    assert found == expected, (calendar.zone, calendar.open_days, start, amount, days, breaks)
    return True


def generated_desk(rng):
    zone, starts, region = rng.choice(PLACES)
    first = rng.choice(starts)
    week = generated_week(rng)
    regions = (region,) if region and rng.random() < 0.5 else ()
    days = [first + timedelta(days=rng.randrange(WINDOW)) for _ in range(rng.choice([0, 0, 2, 5]))]
    dates = {on: rng.choice([[], [(540, 720)], generated_intervals(rng)]) for on in days}
    calendar = BusinessCalendar(ZoneInfo(zone), OpenDays(
        week=tuple(as_intervals(day) for day in week),
        regions=regions,
        dates={on: Day(as_intervals(hours), DayKind.SPECIAL) for on, hours in dates.items()},
    ))  # fmt: skip
    closed = holidays_of(regions, first)

    def hours(on):
        return dates[on] if on in dates else [] if on in closed else week[on.weekday()]

    return calendar, MinuteByMinute(zone, hours, first, WINDOW), first


def generated_week(rng):
    if rng.random() < 0.15:
        return [[(0, 1440)]] * 7
    usual, weekend = generated_intervals(rng), rng.choice([[], [], [(600, 780)], [(0, 1440)]])
    week = [usual] * 5 + [weekend] * 2
    if rng.random() < 0.3:
        week[rng.randrange(7)] = generated_intervals(rng)
    return week


def generated_intervals(rng):
    """Mostly ordinary hours; sometimes hours in which the clocks change; up to 24:00."""
    if rng.random() < 0.5:
        return rng.choice(
            [[(540, 1260)], [(540, 720), (810, 1080)], [(1320, 1440)], [(0, 360), (1200, 1440)]]
        )
    earliest, latest = rng.choice([(0, 70), (60, 130), (110, 190), (110, 190), (0, 1440)])
    edges = sorted(rng.sample(range(earliest, latest + 1), rng.choice([2, 4, 6])))
    return list(zip(edges[::2], edges[1::2], strict=True))


def generated_start(first, rng):
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    step = rng.choice([1, 30, 60])
    return midnight + timedelta(days=1, minutes=step * rng.randrange(12 * 1440 // step))


def generated_breaks(start, rng):
    """Up to three breaks, before, around and after each other."""
    breaks = []
    for _ in range(rng.randint(1, 3)):
        begins = start + rng.choice([1, 30, 60]) * rng.randint(-60, 80) * MINUTE
        breaks.append((begins, begins + rng.choice([0, 1, 45, 300, 1500, 3000]) * MINUTE))
    return tuple(breaks)


def as_intervals(pairs):
    return tuple(Interval(opens, closes) for opens, closes in pairs)


def holidays_of(regions, first):
    closed = set()
    for region in regions:
        country, _, part = region.partition("-")
        closed |= set(country_holidays(country, subdiv=part or None, years=[first.year, first.year + 1]))
    return closed
