"""What makes a page pleasant: its weight, its speed with a full list, contrast, names for those who listen."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from store.agents.agent import Role
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]

HEAVIEST = 150 * 1024  # bytes, uncompressed
FULL = 200  # rows

PROBES = ROOT / "tests/fixtures/page_probes"


def probe(page: Page, name: str) -> Any:
    """What the probe of that name finds on the page."""
    return page.evaluate((PROBES / f"{name}.js").read_text(encoding="utf-8"))


def weight(page: Page) -> int:
    """How many bytes the page and its assets are, unpacked; not what its scripts ask for later."""
    return sum(probe(page, "sizes"))


def longest_task(trace: list[dict[str, Any]]) -> float:
    """How many ms of processor time the longest task of a page's main thread took."""
    main = {(e["pid"], e["tid"]) for e in trace if e.get("args") == {"name": "CrRendererMain"}}
    tasks = [
        e["tdur"] for e in trace if e["name"] == "RunTask" and (e["pid"], e["tid"]) in main if "tdur" in e
    ]
    return max(tasks) / 1000


def lively(desk: StoreDesk) -> str:
    """A desk where something of everything happened; the ticket where most of it did."""
    ana, ben = desk.agent("Ana Ruiz"), desk.agent("Ben Moor")
    for n, priority in enumerate(("low", "medium", "urgent")):
        desk.open_ticket(f"whatsapp:+3361234000{n}", priority=priority, name=f"Customer {n}")
    ticket_id = desk.open_ticket()
    work = desk.wiring.desk
    work.act(ticket_id, "claim", ana.agent_id)
    work.act(ticket_id, "reply", ana.agent_id, text="See https://status.example.org, please")
    work.act(ticket_id, "note", ben.agent_id, text="Known trouble")
    work.act(ticket_id, "tag", ana.agent_id, tags=["login"])
    desk.wiring.presence.mark_present(ticket_id, ben.agent_id, is_typing=True)
    desk.clock.advance(minutes=3)
    return ticket_id


@pytest.mark.parametrize("path", ["/inbox/", "/overview/", "/inbox/replies"])
def test_a_page_with_all_it_loads_weighs_less_than_150_kb(desk: StoreDesk, visit: Visit, path: str) -> None:
    lively(desk)
    page = visit(desk.agent("Max Keller", Role.MANAGER), path)
    page.wait_for_load_state("networkidle")
    assert 5_000 < weight(page) < HEAVIEST


def test_assets_are_kept_by_browsers_until_they_change(desk: StoreDesk) -> None:
    page = desk.browser().get("/sign-in").text
    url = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    with desk.browser().get(url) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/css"
    with desk.browser().get("/inbox/static/older/shared/base.css") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
    with desk.browser().get("/inbox/static/x/../../pages.py") as answer:
        assert answer.status_code in (302, 404)


def test_two_hundred_tickets_scroll_and_change_without_a_stutter(desk: StoreDesk, visit: Visit) -> None:
    desk.open_ticket("telegram:42")
    for n in range(1001, 1000 + FULL):
        desk.customer_writes(f"telegram:{n}", "English please")
        desk.customer_writes(f"telegram:{n}", "/human")
    page = visit(desk.agent("Ana Ruiz"), "/inbox/")
    expect(page.locator("#rows > li")).to_have_count(FULL)
    assert weight(page) < HEAVIEST
    page.context.browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    for _ in range(30):
        page.keyboard.press("j")
    with page.expect_response(lambda answer: "/tickets?view=" in answer.url):
        desk.customer_writes("telegram:42", "one more thing")
    page.mouse.move(400, 400)
    for _ in range(10):
        page.mouse.wheel(0, 400)
    trace = json.loads(page.context.browser.stop_tracing())["traceEvents"]
    assert longest_task(trace) < 200, "ms in which the page did not answer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_text_can_be_read_and_every_control_has_a_name(
    desk: StoreDesk, visit: Visit, scheme: str, width: int
) -> None:
    ticket_id = lively(desk)
    manager = desk.agent("Max Keller", Role.MANAGER)
    for path in (
        "/sign-in?lang=en",
        "/inbox/",
        f"/inbox/ticket/{ticket_id}",
        "/overview/",
        "/inbox/password",
    ):
        page = visit(None if "sign-in" in path else manager, path, width=width, color_scheme=scheme)
        page.wait_for_load_state("networkidle")
        assert probe(page, "faint") == [], path
        assert probe(page, "nameless") == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = visit(manager, f"/inbox/ticket/{ticket_id}", width=1440, color_scheme=scheme)
    page.keyboard.press("n")
    page.keyboard.type("only for us")
    assert probe(page, "faint") == []


def test_where_the_keyboard_is_can_be_seen(desk: StoreDesk, visit: Visit) -> None:
    ticket_id = lively(desk)
    page = visit(desk.agent("Ana Ruiz"), f"/inbox/ticket/{ticket_id}")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert probe(page, "focus_seen"), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_the_time_left_goes_from_calm_to_amber_to_red(desk: StoreDesk, visit: Visit) -> None:
    desk.open_ticket(priority="high")
    ana = desk.agent("Ana Ruiz")
    tones = []
    for _ in range(3):
        page = visit(ana, "/inbox/")
        left = page.locator("#rows .left")
        expect(left).not_to_be_empty()
        tones.append((left.get_attribute("data-tone"), left.inner_text()))
        desk.clock.advance(seconds=210 if len(tones) == 1 else 120)
    assert [tone for tone, _ in tones] == ["calm", "warn", "late"]
    assert tones[2][1].startswith("−")
