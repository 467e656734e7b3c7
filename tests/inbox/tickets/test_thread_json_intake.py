"""The conversation that led to a ticket is one line in the agents' thread, shown and hidden by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from store.agents.agent import Agent
from tests.fixtures.store_desk import StoreDesk

STORY = "Our receipt printer prints nothing since this morning"


@pytest.fixture
def ana(desk: StoreDesk) -> Agent:
    return desk.agent("Ana Costa")


@pytest.fixture
def ticket_id(desk: StoreDesk) -> str:
    """A ticket opened in a conversation that took its time, with one message since."""
    for words in ("English please", STORY, "Emma Stone", "Acme", "medium", "yes, send it"):
        desk.customer_writes("telegram:42", words)
        desk.clock.advance(seconds=20)
    desk.customer_writes("telegram:42", "any news?")
    return desk.conversation("telegram:42").ticket_id


def items(desk: StoreDesk, ana: Agent, ticket_id: str) -> list[dict[str, object]]:
    shown = desk.browser(ana).get(f"/inbox/api/tickets/{ticket_id}").get_json()["ticket"]["items"]
    return [item for item in shown if item["type"] == "message"]


def test_what_came_before_the_ticket_is_marked_and_nothing_since(
    desk: StoreDesk, ana: Agent, ticket_id: str
) -> None:
    shown = items(desk, ana, ticket_id)
    texts = {str(item["text"]): item["is_intake"] for item in shown}
    assert texts[STORY] is True
    assert texts["any news?"] is False
    assert sum(bool(item["is_intake"]) for item in shown) >= 8


def test_the_line_is_opened_and_closed_by_keyboard(
    visit: Callable[..., Page], ana: Agent, ticket_id: str
) -> None:
    page = visit(ana, f"/inbox/ticket/{ticket_id}")
    thread = page.locator("#thread")
    toggle = thread.get_by_role("button", name="messages, show")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(thread.get_by_text(STORY, exact=True)).to_have_count(0)
    expect(thread.get_by_text("any news?")).to_be_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    expect(thread.get_by_text(STORY, exact=True)).to_be_visible()
    closing = thread.get_by_role("button", name="messages, hide")
    expect(closing).to_be_focused()
    page.keyboard.press("Space")
    expect(thread.get_by_text(STORY, exact=True)).to_have_count(0)
    expect(toggle).to_be_focused()
