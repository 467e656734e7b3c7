"""Promises fall into the desk's own days and weeks, whatever the day is and whenever clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from store.inbox.sla_daily import ReportPeriod, WeeklySla, weekly_sla
from store.inbox.sla_statistics import DIMENSIONS, SlaRate, TargetResult

PARIS = ZoneInfo("Europe/Paris")


def promise(local: str, *, is_kept: bool = True, agent: str = "a1") -> TargetResult:
    """A promise whose fate was known at that time in Paris."""
    at = datetime.fromisoformat(local).replace(tzinfo=PARIS).astimezone(UTC)
    return TargetResult("t-1", "first_response", "1", is_kept, "high", "whatsapp", "fr", agent, at)


def seen_from(local: str, *some: TargetResult) -> WeeklySla:
    """How these were kept, seen from that time in Paris."""
    window = ReportPeriod(datetime.fromisoformat(local).replace(tzinfo=PARIS).astimezone(UTC), PARIS)
    return weekly_sla(some, DIMENSIONS, window)["channel"].get("whatsapp", WeeklySla())


@pytest.mark.parametrize("day", ["03-30", "03-31", "04-01", "04-02", "04-03", "04-04", "04-05"])
def test_last_week_is_whole_whatever_day_it_is(day: str) -> None:
    edges = [promise("2026-03-23T00:00"), promise("2026-03-29T23:59"), promise("2026-03-30T00:00")]
    seen = seen_from(f"2026-{day}T12:00", *edges)
    assert (seen.last, seen.this) == (SlaRate(2, 2), SlaRate(1, 1))


def test_each_day_is_counted_where_it_belongs() -> None:
    some = [
        promise("2026-03-30T00:00"),
        promise("2026-03-29T00:30", is_kept=False),
        promise("2026-03-17T00:00"),
    ]
    days = seen_from("2026-03-30T10:00", *some).days
    assert (len(days), days[13], days[12], days[0]) == (14, SlaRate(1, 1), SlaRate(0, 1), SlaRate(1, 1))
    assert sum(day.total for day in days) == 3


def test_who_had_nothing_since_last_monday_is_left_out() -> None:
    window = ReportPeriod(
        datetime(2026, 4, 5, 10, tzinfo=UTC), PARIS
    )  # a Sunday: its fourteen days begin on a Monday
    assert weekly_sla([promise("2026-03-23T00:00")], DIMENSIONS, window)["agent"].keys() == {"a1"}
    window = ReportPeriod(datetime(2026, 4, 6, 10, tzinfo=UTC), PARIS)
    assert weekly_sla([promise("2026-03-29T12:00")], DIMENSIONS, window)["agent"] == {}


def test_every_sort_counts_every_promise() -> None:
    some = [promise("2026-03-30T09:00"), promise("2026-03-30T09:01", is_kept=False, agent="")]
    found = weekly_sla(some, DIMENSIONS, ReportPeriod(datetime(2026, 3, 30, 8, tzinfo=UTC), PARIS))
    assert set(found) == {"target", "priority", "channel", "language", "agent"}
    assert {sum(each.this.total for each in by_key.values()) for by_key in found.values()} == {2}
    assert found["agent"][""].this == SlaRate(0, 1)
