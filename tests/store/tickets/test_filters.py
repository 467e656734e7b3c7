"""Ages count in days of the desk's own calendar; a filter lets through what it names, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.model.conversation import Status
from store.tickets.filters import NO_FILTER, UNASSIGNED, TicketFilter, age_grouper, matcher
from store.tickets.ticket_list import TicketRow

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)  # Monday 10:00 in Paris; clocks went forward on Sunday
ROW = TicketRow(
    ticket_id="a-1",
    number="K2-201",
    channel="whatsapp",
    contact_name="Marie",
    company="",
    subject="",
    locale="fr",
    status=Status.OPEN,
    priority="high",
    opened_at=NOW,
    updated_at=NOW,
    assignee="a1",
    due_at=NOW + timedelta(minutes=60),
)


@pytest.mark.parametrize(
    ("local", "age"),
    [
        ("2026-03-30T00:00", "today"),
        ("2026-03-29T23:59", "1-2"),
        ("2026-03-28T00:00", "1-2"),
        ("2026-03-27T23:59", "3-7"),
        ("2026-03-23T00:00", "3-7"),
        ("2026-03-22T23:59", "older"),
        ("2024-01-01T00:00", "older"),
    ],
)
def test_an_age_begins_at_midnight_on_the_desks_clock(local: str, age: str) -> None:
    assert age_grouper(NOW, PARIS)(datetime.fromisoformat(local).replace(tzinfo=PARIS)) == age


@pytest.mark.parametrize(
    "wanted",
    [
        NO_FILTER,
        TicketFilter(priority="high"),
        TicketFilter(channel="whatsapp"),
        TicketFilter(language="fr"),
        TicketFilter(agent="a1"),
        TicketFilter(age="today"),
        TicketFilter(due="soon"),
        TicketFilter("high", "whatsapp", "fr", "a1", "today", "soon"),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted: TicketFilter) -> None:
    assert matcher(wanted, NOW, PARIS)(ROW)


@pytest.mark.parametrize(
    "wanted",
    [
        TicketFilter(priority="low"),
        TicketFilter(channel="telegram"),
        TicketFilter(language="es"),
        TicketFilter(agent="a2"),
        TicketFilter(agent=UNASSIGNED),
        TicketFilter(age="older"),
        TicketFilter(age="no such age"),
        TicketFilter("high", "whatsapp", "fr", "a1", "3-7", "soon"),
    ],
)
def test_a_filter_keeps_back_the_others(wanted: TicketFilter) -> None:
    assert not matcher(wanted, NOW, PARIS)(ROW)


@pytest.mark.parametrize("minutes", [-1, 61])
def test_what_is_late_or_far_does_not_fall_due_soon(minutes: int) -> None:
    row = replace(ROW, due_at=NOW + timedelta(minutes=minutes))
    assert not matcher(TicketFilter(due="soon"), NOW, PARIS)(row)
    assert not matcher(TicketFilter(due="soon"), NOW, PARIS)(replace(ROW, due_at=None))


def test_nobody_has_what_has_no_assignee() -> None:
    assert matcher(TicketFilter(agent=UNASSIGNED), NOW, PARIS)(replace(ROW, assignee=""))
