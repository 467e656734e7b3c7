"""Why a promise is due when it is: as JSON, and as a panel that can be used without a mouse."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]
WHATSAPP = "whatsapp:+33612345678"


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk with lunch, nights and weekends, on a Monday at ten."""
    return StoreDesk(redis, tmp_path, policy="premium.toml")


def asked(desk: StoreDesk, ticket_id: str, query: str, locale: str = "en") -> dict:
    browser = desk.browser(desk.agent(f"{locale.title()} Ruiz", locale=locale))
    return browser.get(f"/inbox/api/tickets/{ticket_id}/explain?{query}").json


def test_the_stretches_end_where_the_promise_is_due_and_sum_to_what_was_promised(desk: StoreDesk) -> None:
    told = asked(desk, desk.open_ticket(priority="medium"), "target=resolution&turn=1")
    assert told["promised"] == "60 open hours"
    assert told["counted_seconds"] == 60 * 3600
    assert sum(each["seconds"] for each in told["stretches"] if each["counted"]) == 60 * 3600
    assert told["stretches"][-1]["to"] == told["due_at"]
    assert sum(line["counted_seconds"] for line in told["lines"]) == 60 * 3600
    assert any("lines" in line for line in told["lines"])


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "night, weekend"), ("fr", "nuit, week-end"), ("es", "noche, fin de semana")],
)
def test_reasons_are_told_in_the_language_of_the_agent(desk: StoreDesk, locale: str, words: str) -> None:
    told = asked(desk, desk.open_ticket(priority="medium"), "target=resolution", locale)
    assert words in [line["words"] for line in told["lines"]]


def test_time_on_hold_is_named_and_not_counted(desk: StoreDesk) -> None:
    ticket_id, ana = desk.open_ticket(priority="medium"), desk.agent("Ana").agent_id
    desk.clock.advance(minutes=30)
    desk.wiring.desk.act(ticket_id, "hold", ana)
    desk.clock.advance(hours=1)
    held = asked(desk, ticket_id, "target=resolution")
    assert (held["due_at"], held["standing"], held["counted_seconds"]) == (None, "on_hold", 1800)
    assert held["lines"][-1]["words"] == "on hold, waiting on the customer"
    assert "clock stops" in held["notes"][-1]
    desk.wiring.desk.act(ticket_id, "release", ana)
    free = asked(desk, ticket_id, "target=resolution")
    assert (free["counted_seconds"], free["used_seconds"]) == (60 * 3600, 1800)


def test_days_are_explained_in_words_and_whatsapps_window_is_no_part_of_them(desk: StoreDesk) -> None:
    told = asked(desk, desk.open_ticket(WHATSAPP, priority="medium"), "target=first_response")
    [note] = told["notes"]
    assert "open days later" in note


def test_what_was_used_stops_with_the_answer(desk: StoreDesk) -> None:
    ticket_id = desk.open_ticket(priority="medium")
    desk.clock.advance(minutes=90)
    desk.wiring.desk.act(ticket_id, "reply", desk.agent("Ana").agent_id, text="It works again")
    desk.clock.advance(days=3)
    told = asked(desk, ticket_id, "target=first_response")
    assert (told["standing"], told["used_seconds"]) == ("met", 5400)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("target=review", 404),
        ("target=resolution&turn=2", 404),
        ("target=", 404),
        ("", 404),
        ("target=resolution&turn=x", 400),
        ("target=resolution&turn=-1", 400),
        ("target=resolution&turn=²", 400),
        ("target=resolution&turn=9999999999", 400),
    ],
)
def test_a_promise_that_was_not_made_cannot_be_explained(desk: StoreDesk, query: str, status: int) -> None:
    browser = desk.browser(desk.agent("Ana"))
    answer = browser.get(f"/inbox/api/tickets/{desk.open_ticket(priority='medium')}/explain?{query}")
    assert answer.status_code == status
    assert "words" in answer.json


def test_neither_can_one_of_a_ticket_that_is_not_there(desk: StoreDesk) -> None:
    answer = desk.browser(desk.agent("Ana")).get("/inbox/api/tickets/none/explain?target=resolution")
    assert answer.status_code == 404


def test_the_panel_opens_by_keyboard_and_esc_gives_the_focus_back(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(priority="medium")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    button = page.locator(".promises li", has_text="Solution").get_by_role("button", name="Why?")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Solution: why by")
    expect(panel.get_by_text("60 open hours")).to_be_visible()
    expect(panel.locator(".sum b")).to_have_text("60 h")
    fold = panel.locator("details").first
    expect(fold.locator("ol")).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.get_by_text("midday break")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_the_panel_fits_a_phone(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(priority="medium")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}", width=390, height=844)
    page.locator("#toggle-details").click()
    page.get_by_role("button", name="Why?").last.click()
    panel = page.get_by_role("dialog").filter(has=page.locator("#why-lines"))
    expect(panel).to_be_visible()
    assert page.evaluate("document.querySelector('#why').scrollWidth <= innerWidth")


def test_a_desk_out_of_reach_says_so_and_opens_nothing(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(priority="medium")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.route("**/explain**", lambda route: route.abort())
    page.get_by_role("button", name="Why?").first.click()
    expect(page.locator(".notice.bad")).to_be_visible()
    expect(page.locator("#why")).to_be_hidden()


def test_the_clock_of_the_panel_is_the_desks_whatever_the_browsers_is(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(priority="medium")
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}", timezone_id="Asia/Tokyo")
    page.get_by_role("button", name="Why?").last.click()
    opened = desk.clock() + timedelta(hours=1)  # Zurich, in winter
    expect(page.locator("#why-lines .times").first).to_contain_text(f"{opened:%H:%M} – 12:00")
