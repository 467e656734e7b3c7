"""The list shows what its filters let through; each is a chip that can be removed, and they outlive a reload."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from store import keys
from store.inbox import queries
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]


@pytest.fixture
def tickets(desk: StoreDesk) -> dict[str, str]:
    """Three requests, of two languages, channels and priorities; one is Ana's."""
    found = {
        "fr": desk.open_ticket(
            "whatsapp:+33612340001", "L’application ne marche plus", locale="en français", name="Marie"
        ),
        "low": desk.open_ticket("whatsapp:+33612340002", priority="low", name="John"),
        "en": desk.open_ticket("telegram:42", name="Ada"),
    }  # fmt: skip
    desk.wiring.desk.act(found["en"], "claim", desk.agent("Ana Ruiz").agent_id)
    return found


def listed(desk: StoreDesk, query: str) -> Any:
    """What the list answers to Ana."""
    answer = desk.browser(desk.agent("Ana Ruiz")).get(f"/inbox/api/tickets?{query}")
    assert answer.status_code == 200
    return answer.json


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("view=open", {"fr", "low", "en"}),
        ("view=open&language=fr", {"fr"}),
        ("view=open&priority=low", {"low"}),
        ("view=open&channel=whatsapp", {"fr", "low"}),
        ("view=open&channel=whatsapp&priority=high", {"fr"}),
        ("view=open&agent=nobody", {"fr", "low"}),
        ("view=open&age=today", {"fr", "low", "en"}),
        ("view=open&age=older", set()),
        ("view=unassigned&language=en", {"low"}),
        ("view=solved&language=en", set()),
        ("view=open&priority=%3Cscript%3E", set()),
        ("view=open&agent=" + "x" * 5000, set()),
    ],
)
def test_filters_choose_among_the_tickets_of_a_view(
    desk: StoreDesk, tickets: dict[str, str], query: str, names: set[str]
) -> None:
    assert {row["id"] for row in listed(desk, query)["rows"]} == {tickets[name] for name in names}


def test_an_agents_own_id_is_a_filter(desk: StoreDesk, tickets: dict[str, str]) -> None:
    ana = desk.agent("Ana Ruiz").agent_id
    found = listed(desk, f"view=open&agent={ana}")
    assert [row["id"] for row in found["rows"]] == [tickets["en"]]
    assert found["filters"] == [{"name": "agent", "value": ana, "label": "Ana Ruiz"}]


def test_what_is_wanted_is_found_behind_thousands_of_others(desk: StoreDesk) -> None:
    ticket = desk.open_ticket("telegram:7", priority="low")
    redis = desk.wiring.redis
    row = redis.hget(keys.TICKET_ROWS, desk.open_ticket("telegram:8", priority="high"))
    for n in range(queries.SCAN_BATCH + 10):
        redis.hset(keys.TICKET_ROWS, f"x{n}", row)
    redis.zadd(keys.LIVE, {f"x{n}": n for n in range(queries.SCAN_BATCH + 10)})
    assert [one["id"] for one in listed(desk, "view=open&priority=low")["rows"]] == [ticket]


def test_chips_outlive_a_reload_and_can_be_removed(
    desk: StoreDesk, visit: Visit, tickets: dict[str, str]
) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open&channel=whatsapp&language=fr")
    rows, chips = page.locator("#rows > li"), page.locator("#filters li")
    expect(rows).to_have_count(1)
    page.reload()
    expect(chips).to_have_text(["WhatsApp", "French"])
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Remove the filter French").click()
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile(r"view=open&channel=whatsapp$"))
    page.get_by_role("button", name="Remove the filter WhatsApp").click()
    expect(rows).to_have_count(3)
    expect(chips).to_have_count(0)


def test_back_from_a_ticket_leads_to_the_same_filters(
    desk: StoreDesk, visit: Visit, tickets: dict[str, str]
) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open&priority=low")
    page.locator("#rows a").click()
    expect(page.locator("#head h2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"view=open&priority=low$"))
    page.locator("#view-unassigned").click()
    expect(page.locator("#rows > li")).to_have_count(2)
    expect(page.locator("#filters li")).to_have_count(0)
    page.go_back()
    expect(page.locator("#filters li")).to_have_text(["Low"])
    expect(page.locator("#rows > li")).to_have_count(1)


def test_a_change_does_not_bring_back_what_was_filtered_out(
    desk: StoreDesk, visit: Visit, tickets: dict[str, str]
) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open&language=fr")
    expect(page.locator("#rows > li")).to_have_count(1)
    with page.expect_response(lambda answer: "/tickets?view=open&language=fr" in answer.url):
        desk.customer_writes("telegram:42", "one more thing")
    expect(page.locator("#rows > li")).to_have_count(1)


def test_a_search_looks_everywhere_and_then_gives_the_filters_back(
    desk: StoreDesk, visit: Visit, tickets: dict[str, str]
) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open&priority=low")
    page.locator("#search").fill("Marie")
    expect(page.locator("#rows")).to_contain_text("Marie")
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("#search").fill("")
    expect(page.locator("#filters li")).to_have_text(["Low"])
    expect(page.locator("#rows")).to_contain_text("John")


def test_when_filters_let_nothing_through_the_list_says_so(
    desk: StoreDesk, visit: Visit, tickets: dict[str, str]
) -> None:
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open&age=older")
    expect(page.locator("#list-empty")).to_have_text("No request matches these filters.")


def test_a_filter_looks_at_the_whole_view_and_a_cut_list_says_so(
    desk: StoreDesk, tickets: dict[str, str]
) -> None:
    """30,000 requests in English fall due before the one in French."""
    row, due = desk.redis.hget(keys.TICKET_ROWS, tickets["en"]), desk.redis.zscore(keys.LIVE, tickets["en"])
    assert row is not None
    assert due is not None
    pipe = desk.redis.pipeline(transaction=False)
    names = [f"x{n}" for n in range(30_000)]
    pipe.hset(
        keys.TICKET_ROWS, mapping={name: row.replace(tickets["en"].encode(), name.encode()) for name in names}
    )
    pipe.zadd(keys.LIVE, dict.fromkeys(names, due - 1000))
    pipe.execute()
    french = listed(desk, "view=open&language=fr")
    assert [one["id"] for one in french["rows"]] == [tickets["fr"]]
    assert french["is_cut"] is False
    whole = listed(desk, "view=open")
    assert (len(whole["rows"]), whole["is_cut"], whole["counts"]["open"]) == (200, True, 30_003)
    ana = desk.browser(desk.agent("Ana Ruiz"))
    found = ana.get("/inbox/api/search?q=Ada").json
    assert (len(found["rows"]), found["is_cut"]) == (200, True)
    assert ana.get("/inbox/api/search?q=John").json["is_cut"] is False


def test_the_page_tells_that_a_list_is_cut(desk: StoreDesk, tickets: dict[str, str], visit: Visit) -> None:
    row = desk.redis.hget(keys.TICKET_ROWS, tickets["en"])
    assert row is not None
    for n in range(200):
        desk.redis.hset(keys.TICKET_ROWS, f"x{n}", row.replace(tickets["en"].encode(), f"x{n}".encode()))
        desk.redis.zadd(keys.LIVE, {f"x{n}": 1.0})
    page = visit(desk.agent("Ana Ruiz"), "/inbox/?view=open")
    expect(page.locator("#list-note")).to_have_text(
        "Only the first 200 are shown: search or filter for the others."
    )
    page.get_by_role("link", name="Unassigned").first.click()
    expect(page.locator("#list-note")).to_be_hidden()
