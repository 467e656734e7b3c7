"""Quotes and temporary access in the inbox: what agents may do, see, and must not break."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from bot.model.account_csv import read_row
from bot.model.unit_of_work import Changes
from store.accounts.accounts import Accounts
from store.accounts.csv_import import AccountImporter
from tests.fixtures.agent_client import post_action
from tests.fixtures.clock import MONDAY
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]


def technical(desk: StoreDesk) -> str:
    return desk.open_ticket(words="My data of last week went away", category="technical_service")


@pytest.fixture
def premium(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk where access may be asked of customers with a plan."""
    return StoreDesk(redis, tmp_path, policy="premium.toml")


def test_an_agent_offers_a_price_which_waits_for_the_customer(desk: StoreDesk) -> None:
    ticket_id, client = technical(desk), desk.browser(desk.agent("Ana Ruiz"))
    code, answer = post_action(desk, client, f"{ticket_id}/quote", price="€ 240", terms="In 3 days", key="k1")
    ticket = answer["ticket"]
    assert code == 200
    assert (ticket["quote"]["price"], ticket["quote"]["state"]) == ("€ 240", "waiting")
    assert (ticket["status"], ticket["can"]["quote"]) == ("waiting", True)
    post_action(desk, client, f"{ticket_id}/quote", price="€ 240", terms="In 3 days", key="k1")
    view = desk.wiring.queries.ticket(ticket_id)
    assert [fact.kind.value for fact in view.ticket.facts].count("quoted") == 1


@pytest.mark.parametrize(("price", "code"), [("", 400), ("   ", 400), ("€" * 61, 400), (240, 400)])
def test_a_quote_needs_a_price_that_can_be_read(desk: StoreDesk, price: object, code: int) -> None:
    ticket_id, client = technical(desk), desk.browser(desk.agent("Ana Ruiz"))
    assert post_action(desk, client, f"{ticket_id}/quote", price=price)[0] == code
    assert desk.wiring.queries.ticket(ticket_id).ticket.quote is None


def test_an_accepted_price_is_not_changed_any_more(desk: StoreDesk) -> None:
    ticket_id, client = technical(desk), desk.browser(desk.agent("Ana Ruiz"))
    post_action(desk, client, f"{ticket_id}/quote", price="€ 240")
    desk.customer_writes("telegram:42", "I accept")
    code, answer = post_action(desk, client, f"{ticket_id}/quote", price="€ 900")
    assert (code, answer["error"]) == (409, "not-allowed")
    assert desk.wiring.queries.ticket(ticket_id).ticket.quote.price == "€ 240"


def test_a_solved_ticket_is_not_quoted(desk: StoreDesk) -> None:
    ticket_id, client = technical(desk), desk.browser(desk.agent("Ana Ruiz"))
    post_action(desk, client, f"{ticket_id}/resolve")
    assert post_action(desk, client, f"{ticket_id}/quote", price="€ 240")[0] == 409


def test_a_request_with_a_clock_shows_no_quote(desk: StoreDesk) -> None:
    client, ticket_id = desk.browser(desk.agent("Ana Ruiz")), desk.open_ticket()
    shown = client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]
    assert (shown["quote"], shown["access"], shown["can"]["quote"]) == (None, None, False)


def test_access_cannot_be_asked_where_it_is_not_offered(desk: StoreDesk) -> None:
    client, ticket_id = desk.browser(desk.agent("Ana Ruiz")), desk.open_ticket()
    assert post_action(desk, client, f"{ticket_id}/ask-access")[0] == 409
    assert post_action(desk, client, f"{ticket_id}/end-access")[0] == 200  # there is none: nothing happens
    facts = [fact.kind.value for fact in desk.wiring.queries.ticket(ticket_id).ticket.facts]
    assert not any(kind.startswith("access") for kind in facts)


def test_a_price_is_typed_and_sent_and_its_answer_appears(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = technical(desk)
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    page.get_by_role("button", name="Offer a price").click()
    page.get_by_label("Price").fill("€ 240 <b>net</b>")
    page.get_by_label("Terms").fill("Within 3 days")
    desk.customer_writes("telegram:42", "Any news?")  # a redraw must not take what was typed
    expect(page.locator("#thread .message", has_text="Any news?")).to_be_visible()
    expect(page.get_by_label("Price")).to_have_value("€ 240 <b>net</b>")
    page.get_by_role("button", name="Send the quote").click()
    expect(page.locator("#details .quote.waiting")).to_contain_text("€ 240 <b>net</b>")
    desk.customer_writes("telegram:42", "I accept the quote")
    expect(page.locator("#details .quote.accepted")).to_be_visible()
    expect(page.locator(".event", has_text="the customer accepted the quote")).to_be_visible()
    expect(page.get_by_role("button", name="Offer another price")).to_have_count(0)


def test_a_form_left_open_does_not_follow_to_another_ticket(desk: StoreDesk, visit: Visit) -> None:
    technical(desk)
    desk.open_ticket("telegram:43", "The till is broken", name="Ben Okri")
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    page.locator("#rows a", has_text="My data").click()
    page.get_by_role("button", name="Offer a price").click()
    page.get_by_label("Price").fill("€ 240")
    page.locator("#rows a", has_text="The till is broken").click()
    expect(page.locator("#details .customer")).to_contain_text("Ben Okri")
    expect(page.get_by_label("Price")).to_have_count(0)


def test_marks_tell_who_is_important_and_past_the_quota(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = desk.open_ticket()
    _mark(desk, ticket_id, is_vip=True, is_over_quota=True)
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    expect(page.locator("#rows .mark.vip")).to_have_text("VIP")
    expect(page.locator("#rows .mark.over_quota")).to_have_text("Past quota")


def test_access_is_asked_for_shown_and_ended(premium: StoreDesk) -> None:
    ticket_id, client = known(premium), premium.browser(premium.agent("Ana Ruiz"))
    code, answer = post_action(premium, client, f"{ticket_id}/ask-access")
    assert (code, answer["ticket"]["access"]) == (200, {"until": None, "is_asked": True})
    premium.customer_writes("telegram:42", "24 hours")
    shown = client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]
    assert shown["access"] == {"until": "2026-03-03T09:00:00+00:00", "is_asked": False}
    assert (shown["can"]["end_access"], shown["can"]["ask_access"]) == (True, False)
    _, answer = post_action(premium, client, f"{ticket_id}/end-access")
    assert (answer["ticket"]["access"], answer["ticket"]["can"]["end_access"]) == (None, False)


def test_the_list_says_who_is_important_and_past_the_quota(premium: StoreDesk) -> None:
    known(premium, used=30)
    row = premium.browser(premium.agent("Ana Ruiz")).get("/inbox/api/tickets?view=open").json["rows"][0]
    assert (row["is_vip"], row["is_over_quota"], row.get("is_emergency", False)) == (True, True, False)


def known(desk: StoreDesk, used: int = 0) -> str:
    """A request of somebody whose account has a plan and a VIP code, of which so many came this month."""
    wiring = desk.wiring
    accounts = Accounts(wiring.redis, wiring.settings.secret_key)
    cells = {"name": "Acme", "plan": "plus", "vip_code": "VIP-99", "addresses": "telegram:42"}
    batches = AccountImporter(wiring.redis, accounts, wiring.policy, "file", MONDAY.date())
    row = read_row(2, cells, wiring.policy)
    batches.import_rows([row])
    for n in range(used):
        accounts.count_request(row.account_id, "2026-03", f"other-{n}")
    return desk.open_ticket(
        "telegram:42", "My service is slow since this morning", category="diagnosis", priority="low"
    )


def _mark(desk: StoreDesk, ticket_id: str, **marks: bool) -> None:
    ticket = desk.wiring.queries.ticket(ticket_id).ticket.evolve(**marks)
    desk.wiring.desk._units.change(ticket_id, lambda _: Changes(tickets=(ticket,)))
