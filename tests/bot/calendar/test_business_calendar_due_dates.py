"""When promises are due, as tables that a support manager can read and correct.

Times are the desk's local time; the desks are the four policies we ship.
"""

from datetime import datetime

import pytest

from bot.calendar.durations import Duration
from bot.policy.policy import load_policy
from tests.fixtures.paths import POLICIES

FIELD_SERVICE = [  # open 09:00 to 21:00 in Lisbon, Monday to Friday, not on Portugal's holidays
    ("Fri 20 Nov 2026 20:30", "4 business hours", "Mon 23 Nov 2026 12:30"),
    ("Fri 20 Nov 2026 09:00", "12 business hours", "Fri 20 Nov 2026 21:00"),
    ("Fri 20 Nov 2026 09:01", "12 business hours", "Mon 23 Nov 2026 09:01"),
    ("Fri 20 Nov 2026 21:00", "4 business hours", "Mon 23 Nov 2026 13:00"),
    ("Sat 21 Nov 2026 11:00", "4 business hours", "Mon 23 Nov 2026 13:00"),
    ("Wed 25 Nov 2026 03:00", "4 business hours", "Wed 25 Nov 2026 13:00"),
    ("Fri 20 Nov 2026 15:20", "1 business day", "Mon 23 Nov 2026 15:20"),
    ("Fri 20 Nov 2026 15:20", "2 business days", "Tue 24 Nov 2026 15:20"),
    ("Sun 22 Nov 2026 15:20", "1 business day", "Tue 24 Nov 2026 09:00"),
    ("Mon 23 Nov 2026 22:00", "1 business day", "Wed 25 Nov 2026 09:00"),
    ("Mon 30 Nov 2026 15:00", "1 business day", "Wed 02 Dec 2026 15:00"),  # 1 December: Restoration
    ("Mon 07 Dec 2026 20:00", "4 business hours", "Wed 09 Dec 2026 12:00"),  # 8 December: holiday
    ("Thu 24 Dec 2026 18:00", "24 business hours", "Tue 29 Dec 2026 18:00"),  # Christmas is a Friday
    ("Fri 27 Mar 2026 20:00", "2 business hours", "Mon 30 Mar 2026 10:00"),  # summer time begins
    ("Fri 23 Oct 2026 20:00", "2 business hours", "Mon 26 Oct 2026 10:00"),  # and ends
]

WEEKDAY_DESK = [  # open 09:00 to 18:00 in Paris, Monday to Friday, holidays worked
    ("Fri 20 Nov 2026 17:30", "1 business hour", "Mon 23 Nov 2026 09:30"),
    ("Fri 20 Nov 2026 23:00", "1 business hour", "Mon 23 Nov 2026 10:00"),
    ("Fri 20 Nov 2026 16:00", "4 business hours", "Mon 23 Nov 2026 11:00"),
    ("Mon 23 Nov 2026 09:00", "24 business hours", "Wed 25 Nov 2026 15:00"),
    ("Mon 23 Nov 2026 09:00", "72 business hours", "Wed 02 Dec 2026 18:00"),
    ("Thu 24 Dec 2026 17:00", "4 business hours", "Fri 25 Dec 2026 12:00"),
]

PREMIUM = [  # open 09:00 to 12:00 and 13:30 to 18:00 in Zurich, not on Geneva's holidays
    ("Mon 23 Nov 2026 11:30", "1 business hour", "Mon 23 Nov 2026 14:00"),  # lunch is not counted
    ("Mon 23 Nov 2026 12:15", "30 minutes", "Mon 23 Nov 2026 14:00"),
    ("Mon 23 Nov 2026 09:00", "3 business hours", "Mon 23 Nov 2026 12:00"),
    ("Mon 23 Nov 2026 17:45", "30 minutes", "Tue 24 Nov 2026 09:15"),
    ("Mon 23 Nov 2026 12:30", "1 business day", "Tue 24 Nov 2026 13:30"),
    ("Wed 09 Sep 2026 17:00", "2 business hours", "Fri 11 Sep 2026 10:00"),  # the Geneva fast
    ("Wed 30 Dec 2026 17:00", "2 business hours", "Mon 04 Jan 2027 10:00"),  # 31 December, New Year
    ("Mon 23 Nov 2026 17:45", "4 calendar hours", "Mon 23 Nov 2026 21:45"),
]

DEMO = [  # never closes
    ("Sat 21 Nov 2026 23:55", "15 minutes", "Sun 22 Nov 2026 00:10"),
    ("Sat 24 Oct 2026 23:00", "10 hours", "Sun 25 Oct 2026 08:00"),  # 25 hours in that day
    ("Sat 24 Oct 2026 23:00", "1 business day", "Sun 25 Oct 2026 23:00"),
    ("Sat 28 Mar 2026 02:30", "1 business day", "Sun 29 Mar 2026 03:30"),  # 02:30 is skipped that night
]

EVERY_ROW = [
    pytest.param(policy, *row, id=f"{policy}: {row[0]} + {row[1]}")
    for policy, rows in {
        "field-service": FIELD_SERVICE,
        "weekday-desk": WEEKDAY_DESK,
        "premium": PREMIUM,
        "demo": DEMO,
    }.items()
    for row in rows
]


@pytest.mark.parametrize(("policy", "asked", "promised", "due"), EVERY_ROW)
def test_a_promise_is_due_when_the_table_says(policy, asked, promised, due):
    calendar = load_policy(POLICIES / f"{policy}.toml").calendar
    assert local(calendar.add(at(asked, calendar.zone), Duration.parse(promised)), calendar.zone) == due


@pytest.mark.parametrize(
    ("policy", "now", "opens"),
    [
        ("field-service", "Fri 20 Nov 2026 20:59", "Fri 20 Nov 2026 20:59"),
        ("field-service", "Fri 20 Nov 2026 21:00", "Mon 23 Nov 2026 09:00"),
        ("field-service", "Mon 07 Dec 2026 22:00", "Wed 09 Dec 2026 09:00"),
        ("premium", "Mon 23 Nov 2026 12:00", "Mon 23 Nov 2026 13:30"),
        ("weekday-desk", "Sat 21 Nov 2026 08:00", "Mon 23 Nov 2026 09:00"),
        ("demo", "Sun 22 Nov 2026 04:00", "Sun 22 Nov 2026 04:00"),
    ],
)
def test_the_desk_says_when_it_opens_next(policy, now, opens):
    calendar = load_policy(POLICIES / f"{policy}.toml").calendar
    assert local(calendar.next_opening(at(now, calendar.zone)), calendar.zone) == opens


@pytest.mark.parametrize(
    ("policy", "now", "closes"),
    [
        ("premium", "Mon 23 Nov 2026 10:00", "Mon 23 Nov 2026 12:00"),
        ("premium", "Mon 23 Nov 2026 12:30", "Mon 23 Nov 2026 18:00"),
        ("field-service", "Sat 21 Nov 2026 08:00", "Mon 23 Nov 2026 21:00"),
    ],
)
def test_the_desk_says_when_it_closes(policy, now, closes):
    calendar = load_policy(POLICIES / f"{policy}.toml").calendar
    assert local(calendar.next_closing(at(now, calendar.zone)), calendar.zone) == closes


def test_a_desk_that_never_closes_has_no_closing():
    calendar = load_policy(POLICIES / "demo.toml").calendar
    assert calendar.next_closing(at("Sun 22 Nov 2026 04:00", calendar.zone)) is None


def at(text, zone):
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=zone)


def local(instant, zone):
    return instant.astimezone(zone).strftime("%a %d %b %Y %H:%M")
