"""Promises fall into the desk's own days and weeks, whatever the day is and whenever clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from store.inbox.sla_daily import Weeks, Window, weeks
from store.inbox.sla_statistics import SORTS, Promise, Share

PARIS = ZoneInfo("Europe/Paris")


def promise(local: str, *, is_kept: bool = True, agent: str = "a1") -> Promise:
    """A promise whose fate was known at that time in Paris."""
    at = datetime.fromisoformat(local).replace(tzinfo=PARIS).astimezone(UTC)
    return Promise("t-1", "first_response", "1", is_kept, "high", "whatsapp", "fr", agent, at)


def seen_from(local: str, *some: Promise) -> Weeks:
    """How these were kept, seen from that time in Paris."""
    window = Window(datetime.fromisoformat(local).replace(tzinfo=PARIS).astimezone(UTC), PARIS)
    return weeks(some, SORTS, window)["channel"].get("whatsapp", Weeks())


@pytest.mark.parametrize("day", ["03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"])
def test_last_week_is_whole_whatever_day_it_is(day: str) -> None:
    edges = [promise("2026-03-23T00:00"), promise("2026-03-29T23:59"), promise("2026-03-30T00:00")]
    seen = seen_from(f"2026-{day}T12:00", *edges)
    assert (seen.last, seen.this) == (Share(2, 2), Share(1, 1))


def test_each_day_is_counted_where_it_belongs() -> None:
    some = [
        promise("2026-03-30T00:00"),
        promise("2026-03-29T00:30", is_kept=False),
        promise("2026-03-17T00:00"),
    ]
    days = seen_from("2026-03-30T10:00", *some).days
    assert (len(days), days[13], days[12], days[0]) == (14, Share(1, 1), Share(0, 1), Share(1, 1))
    assert sum(day.total for day in days) == 3


def test_who_had_nothing_since_last_monday_is_left_out() -> None:
    window = Window(
        datetime(2026, 4, 5, 10, tzinfo=UTC), PARIS
    )  # a Sunday: its fourteen days begin on a Monday
    assert weeks([promise("2026-03-23T00:00")], SORTS, window)["agent"].keys() == {"a1"}
    window = Window(datetime(2026, 4, 6, 10, tzinfo=UTC), PARIS)
    assert weeks([promise("2026-03-29T12:00")], SORTS, window)["agent"] == {}


def test_every_sort_counts_every_promise() -> None:
    some = [promise("2026-03-30T09:00"), promise("2026-03-30T09:01", is_kept=False, agent="")]
    found = weeks(some, SORTS, Window(datetime(2026, 3, 30, 8, tzinfo=UTC), PARIS))
    assert set(found) == {"target", "priority", "channel", "language", "agent"}
    assert {sum(each.this.total for each in by_key.values()) for by_key in found.values()} == {2}
    assert found["agent"][""].this == Share(0, 1)
