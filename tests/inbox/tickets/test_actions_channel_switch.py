"""An agent offers the other app, and reads where the customer is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from tests.fixtures.agent_client import post_action
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]

TWILIO = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "0" * 32,
    "TWILIO_WHATSAPP_NUMBER": "+15005550006",
}


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk on both channels."""
    return StoreDesk(redis, tmp_path, **TWILIO)


@pytest.fixture
def alone(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk on Telegram only."""
    return StoreDesk(redis, tmp_path)


def offered(desk: StoreDesk, ticket_id: str) -> list[str]:
    facts = desk.wiring.queries.ticket(ticket_id).ticket.facts
    return [fact.data["to"] for fact in facts if fact.kind.value == "passage_offered"]


def test_the_other_channel_is_offered_and_the_thread_says_so(desk: StoreDesk) -> None:
    ticket_id, client = desk.open_ticket(), desk.browser(desk.agent("Ana Ruiz"))
    shown = client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]
    assert shown["contact"]["ways"] == ["whatsapp"]
    code, answer = post_action(desk, client, f"{ticket_id}/offer-whatsapp")
    assert code == 200
    events = [item["words"] for item in answer["ticket"]["items"] if item["type"] == "event"]
    assert "Ana Ruiz offered to continue on WhatsApp" in events
    assert offered(desk, ticket_id) == ["whatsapp"]


def test_the_channel_where_they_are_is_not_offered(desk: StoreDesk) -> None:
    ticket_id, client = desk.open_ticket(), desk.browser(desk.agent("Ana Ruiz"))
    assert post_action(desk, client, f"{ticket_id}/offer-telegram")[0] == 409
    assert offered(desk, ticket_id) == []


def test_a_desk_on_one_channel_offers_none(alone: StoreDesk) -> None:
    ticket_id, client = alone.open_ticket(), alone.browser(alone.agent("Ana Ruiz"))
    assert client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]["contact"]["ways"] == []
    assert post_action(alone, client, f"{ticket_id}/offer-whatsapp")[0] == 409


def test_nothing_is_offered_through_a_window_that_is_shut(desk: StoreDesk) -> None:
    """The link would have expired when they read it."""
    ticket_id, client = desk.open_ticket("whatsapp:+447700900123"), desk.browser(desk.agent("Ana Ruiz"))
    desk.clock.advance(hours=25)
    client = desk.browser(desk.agent("Ana Ruiz"))
    assert client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]["contact"]["ways"] == []
    assert post_action(desk, client, f"{ticket_id}/offer-telegram")[0] == 409


def test_a_solved_ticket_offers_nothing(desk: StoreDesk) -> None:
    ticket_id, client = desk.open_ticket(), desk.browser(desk.agent("Ana Ruiz"))
    post_action(desk, client, f"{ticket_id}/resolve")
    assert post_action(desk, client, f"{ticket_id}/offer-whatsapp")[0] == 409


def test_the_button_stands_with_the_customer_and_its_press_is_told(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    expect(page.get_by_role("button", name="Offer Telegram")).to_have_count(0)
    page.get_by_role("button", name="Offer WhatsApp").click()
    expect(page.locator(".event", has_text="Ana Ruiz offered to continue on WhatsApp")).to_be_visible()
