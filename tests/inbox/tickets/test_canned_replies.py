"""Canned replies, from the page where they are written to the composer where they are used."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]


def test_a_reply_is_written_once_and_used_in_the_customers_language(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket(words="Bonjour, ça ne marche pas", locale="en français svp", name="Marie")
    ana = desk.agent("Ana Ruiz")
    page = visit(ana, "/inbox/replies")
    page.get_by_label("Name").fill("On it")
    page.get_by_label("English").fill("We are on it, {name}.")
    page.get_by_label("Français").fill("Nous regardons, {name} ({number}). {agent}")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("summary", has_text="On it")).to_be_visible()

    page.goto(f"/inbox/ticket/{ticket_id}")
    page.locator("#words").press_sequentially("Merci. /on")
    expect(page.get_by_role("option", name="On it")).to_be_visible()
    page.keyboard.press("Enter")

    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    expect(page.locator("#words")).to_have_value(f"Merci. Nous regardons, Marie (#{number}). Ana")
    expect(page.locator("#canned")).to_be_hidden()


def test_a_slash_within_a_word_offers_nothing_and_escape_leaves_it_a_slash(
    desk: StoreDesk, visit: Visit
) -> None:
    desk.wiring.canned.save("hello", {"en": "Hello {name}"})
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{desk.open_ticket()}")
    page.locator("#words").press_sequentially("either/or")
    expect(page.locator("#canned")).to_be_hidden()
    page.locator("#words").fill("")
    page.locator("#words").press_sequentially("/hel")
    expect(page.locator("#canned [role=option]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#canned")).to_be_hidden()
    expect(page.locator("#words")).to_have_value("/hel")
    expect(page.locator("#words")).to_be_focused()


def test_a_gap_that_nobody_knows_is_refused_and_what_was_written_stays(desk: StoreDesk) -> None:
    client = desk.browser(desk.agent("Ana Ruiz"))
    page = client.get("/inbox/replies").text
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    form = {"csrf": token, "name": "Oops", "text-en": "Dear {nmae}"}
    answer = client.post("/inbox/replies", data=form)
    assert answer.status_code == 422
    assert "{nmae} isn’t known" in answer.text
    assert "Dear {nmae}" in answer.text
    assert desk.wiring.canned.all() == []
