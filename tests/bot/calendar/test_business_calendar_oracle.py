"""The calendar against a naive minute-by-minute count: more than 10,000 generated cases, all equal."""

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

PLACES = [  # zone, and days a little before its clocks change, or the year does
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


def test_every_generated_case_equals_the_count_of_single_minutes(machine_zone):
    dice, compared = random.Random(f"business time in {machine_zone}"), 0
    while compared < CASES:
        calendar, oracle, first = generated_desk(dice)
        compared += sum(agrees(calendar, oracle, first, dice) for _ in range(20))
    assert compared >= CASES


def agrees(calendar, oracle, first, dice):
    """Whether the case lay inside the oracle's window; AssertionError where the two differ."""
    start, breaks = generated_start(first, dice), ()
    if dice.random() < 0.5:
        breaks = generated_breaks(start, dice)
    amount, days = dice.choice([1, 7, 30, 59, 60, 61, 240, 481, 720, 1440, 2000]), dice.randint(1, 4)
    try:
        wanted = (
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
    assert found == wanted, (calendar.zone, calendar.open_days, start, amount, days, breaks)
    return True


def generated_desk(dice):
    zone, starts, region = dice.choice(PLACES)
    first = dice.choice(starts)
    week = generated_week(dice)
    regions = (region,) if region and dice.random() < 0.5 else ()
    days = [first + timedelta(days=dice.randrange(WINDOW)) for _ in range(dice.choice([0, 0, 2, 5]))]
    dates = {on: dice.choice([[], [(540, 720)], generated_intervals(dice)]) for on in days}
    calendar = BusinessCalendar(ZoneInfo(zone), OpenDays(
        week=tuple(as_intervals(day) for day in week),
        regions=regions,
        dates={on: Day(as_intervals(hours), DayKind.SPECIAL) for on, hours in dates.items()},
    ))  # fmt: skip
    closed = holidays_of(regions, first)

    def hours(on):
        return dates[on] if on in dates else [] if on in closed else week[on.weekday()]

    return calendar, MinuteByMinute(zone, hours, first, WINDOW), first


def generated_week(dice):
    if dice.random() < 0.15:
        return [[(0, 1440)]] * 7
    usual, weekend = generated_intervals(dice), dice.choice([[], [], [(600, 780)], [(0, 1440)]])
    week = [usual] * 5 + [weekend] * 2
    if dice.random() < 0.3:
        week[dice.randrange(7)] = generated_intervals(dice)
    return week


def generated_intervals(dice):
    """Mostly hours that people keep; sometimes hours in which the clocks change; up to 24:00."""
    if dice.random() < 0.5:
        return dice.choice(
            [[(540, 1260)], [(540, 720), (810, 1080)], [(1320, 1440)], [(0, 360), (1200, 1440)]]
        )
    earliest, latest = dice.choice([(0, 70), (60, 130), (110, 190), (110, 190), (0, 1440)])
    edges = sorted(dice.sample(range(earliest, latest + 1), dice.choice([2, 4, 6])))
    return list(zip(edges[::2], edges[1::2], strict=True))


def generated_start(first, dice):
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    step = dice.choice([1, 30, 60])
    return midnight + timedelta(days=1, minutes=step * dice.randrange(12 * 1440 // step))


def generated_breaks(start, dice):
    """Up to three holds, before, around and after one another."""
    breaks = []
    for _ in range(dice.randint(1, 3)):
        begins = start + dice.choice([1, 30, 60]) * dice.randint(-60, 80) * MINUTE
        breaks.append((begins, begins + dice.choice([0, 1, 45, 300, 1500, 3000]) * MINUTE))
    return tuple(breaks)


def as_intervals(pairs):
    return tuple(Interval(opens, closes) for opens, closes in pairs)


def holidays_of(regions, first):
    closed = set()
    for region in regions:
        country, _, part = region.partition("-")
        closed |= set(country_holidays(country, subdiv=part or None, years=[first.year, first.year + 1]))
    return closed
