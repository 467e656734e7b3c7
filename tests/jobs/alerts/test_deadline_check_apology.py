"""The one apology before a first answer will be late."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from bot.model.ticket_events import TicketEventKind
from tests.fixtures.clock import ManualClock
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import StoreDesk, alerting_desk

SORRY = "Sorry, #"


@pytest.fixture
def demo(redis: Redis, tmp_path: Path) -> StoreDesk:
    return alerting_desk(redis, tmp_path)


def sorry(one: StoreDesk, ticket_id: str) -> list[str]:
    return [text for text in one.messages_to_customer(ticket_id) if SORRY in text]


def own(folder: Path, old: str, new: str) -> Path:
    """The demo policy with one thing changed."""
    text = (ROOT / "policies" / "demo.toml").read_text()
    assert old in text
    path = folder / "own.toml"
    path.write_text(text.replace(old, new))
    return path


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
def test_it_comes_before_the_miss_with_a_new_aim_and_once(demo: StoreDesk, channel: str) -> None:
    ticket = demo.add_ticket(channel=channel)  # first answer within 4 minutes
    demo.pass_time(minutes=3, seconds=30)
    assert sorry(demo, ticket) == []
    demo.pass_time(seconds=10)
    [text] = sorry(demo, ticket)
    assert "We now aim to reply by 10:40 today." in text  # 10:34 and half of 4 minutes, in whole five minutes
    assert demo.events(ticket, TicketEventKind.MISSED) == []
    demo.pass_time(minutes=10)
    assert len(sorry(demo, ticket)) == 1


def test_who_was_answered_hears_no_apology(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    ana = demo.wiring.agents.add("Ana", "ana").agent_id
    demo.wiring.desk.act(ticket, "reply", ana, text="on it")
    demo.pass_time(minutes=6)
    assert sorry(demo, ticket) == []


def test_while_we_wait_on_the_customer_there_is_nothing_to_be_sorry_for(demo: StoreDesk) -> None:
    ticket = demo.add_ticket()
    demo.wiring.desk.act(ticket, "hold", "")
    demo.pass_time(minutes=6)
    assert sorry(demo, ticket) == []


def test_a_policy_may_keep_silent(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, own(tmp_path, "[alerts]", "[tells]\ndelay = false\n\n[alerts]"))
    ticket = one.add_ticket()
    one.pass_time(minutes=5)
    assert sorry(one, ticket) == []


def test_a_policy_sets_the_moment(redis: Redis, tmp_path: Path) -> None:
    one = alerting_desk(redis, tmp_path, own(tmp_path, "[alerts]\n", "[alerts]\napology_share = 0.5\n"))
    ticket = one.add_ticket()
    one.pass_time(minutes=2, seconds=5)
    assert len(sorry(one, ticket)) == 1


def test_nobody_is_written_to_while_the_desk_is_closed(redis: Redis, tmp_path: Path) -> None:
    evening = ManualClock(
        datetime(2026, 3, 2, 16, 50, tzinfo=UTC)
    )  # ten minutes before the premium desk closes
    one = alerting_desk(redis, tmp_path, "premium.toml", evening)
    ticket = one.add_ticket(one.wiring.policy.priorities[-1].key)
    due_at = next(
        d for d in one.wiring.queries.ticket(ticket).deadlines if d.target == "first_response"
    ).due_at
    assert due_at is not None
    while not sorry(one, ticket):
        one.skip_time(minutes=5)
        assert one.clock() < due_at
    assert one.wiring.policy.calendar.is_open(one.clock())
