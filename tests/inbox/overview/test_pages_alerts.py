"""Managers see on the overview what was missed and how promises were kept, and answer for it there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from redis import Redis

from bot.model.ticket_events import TicketEventKind
from jobs.clock import Clock
from store.agents.agent import Agent, Role
from tests.fixtures.store_desk import StoreDesk

Visit = Callable[..., Page]


@pytest.fixture
def manager(desk: StoreDesk) -> Agent:
    return desk.agent("Max Keller", Role.MANAGER)


def missed(desk: StoreDesk, address: str = "telegram:42") -> str:
    """A request whose first answer is overdue."""
    ticket = desk.open_ticket(address)
    desk.clock.advance(minutes=4, seconds=1)
    desk.wiring.deadline_check.check(ticket)
    return ticket


def test_the_button_acknowledges_and_the_page_says_who(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    ticket = missed(desk)
    page = visit(manager, "/overview/")
    alert = page.locator("#alerts > li").filter(has_text="First answer")
    alert.get_by_role("button", name="Acknowledge").click()
    expect(alert).to_contain_text("handled by Max Keller")
    expect(alert.get_by_role("button")).to_have_count(0)
    facts = desk.wiring.queries.ticket(ticket).ticket.facts
    assert [fact.by for fact in facts if fact.kind is TicketEventKind.ACKNOWLEDGED] == [manager.agent_id]


def test_kept_promises_stand_beside_those_of_last_week(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    ana = desk.agent("Ana").agent_id
    for address in ("telegram:1", "telegram:2"):
        desk.wiring.desk.act(desk.open_ticket(address), "reply", ana, text="done")
    missed(desk, "telegram:3")
    desk.clock.advance(days=7)
    desk.wiring.desk.act(desk.open_ticket("telegram:4"), "reply", ana, text="done")
    page = visit(manager, "/overview/")
    table = page.get_by_role("region", name="Promises kept")
    row = table.get_by_role("row", name="First answer")
    expect(row.get_by_role("cell").nth(0)).to_have_text("1 of 1")
    expect(row.get_by_role("cell").nth(1)).to_have_text("2 of 3")
    expect(table.get_by_role("row", name="High")).to_contain_text("2 of 3")


def test_before_anything_fell_due_the_table_says_so(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    page = visit(manager, "/overview/")
    expect(page.get_by_role("region", name="Promises kept")).to_contain_text("No promise has fallen due yet.")


def test_an_agent_cannot_acknowledge_for_the_managers(desk: StoreDesk) -> None:
    ticket = missed(desk)
    body = {"ticket": ticket, "target": "first_response", "turn": "1"}
    answer = desk.browser(desk.agent("Ana")).post("/overview/api/acknowledge", json=body)
    assert answer.status_code in (400, 403)
    assert not [
        f for f in desk.wiring.queries.ticket(ticket).ticket.facts if f.kind is TicketEventKind.ACKNOWLEDGED
    ]


def test_the_overview_lists_what_a_digest_had_folded(desk: StoreDesk, manager: Agent, redis: Redis) -> None:
    for n in range(12):
        desk.open_ticket(f"telegram:{n + 1}")
    desk.clock.advance(minutes=4, seconds=1)
    Clock(redis, desk.wiring.job_queue, desk.clock).sweep()
    for row in desk.wiring.queries.rows("open"):
        desk.wiring.deadline_check.check(row.ticket_id)
    seen = desk.wiring.queries.overview(desk.clock())
    assert len([alert for alert in seen.alerts if alert.target == "first_response"]) == 12


def test_a_storm_is_counted_and_acknowledged_at_once(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    tickets = [missed(desk, f"telegram:{n}") for n in range(12)]
    page = visit(manager, "/overview/")
    alerts = page.get_by_role("region", name="Alerts")
    expect(alerts.locator("header .count")).to_have_text("12")
    expect(page.get_by_role("region", name="Overdue now").locator("header .count")).to_have_text("12")
    alerts.get_by_role("button", name="Acknowledge all 12").click()
    expect(alerts.get_by_role("button")).to_have_count(0)
    expect(alerts.locator("header .count")).to_have_text("")
    for ticket in tickets:
        facts = desk.wiring.queries.ticket(ticket).ticket.facts
        assert [fact.by for fact in facts if fact.kind is TicketEventKind.ACKNOWLEDGED] == [manager.agent_id]


def test_one_alert_needs_no_button_for_all(desk: StoreDesk, manager: Agent, visit: Visit) -> None:
    missed(desk)
    page = visit(manager, "/overview/")
    expect(page.locator("#alerts > li")).to_have_count(1)
    expect(page.locator("#acknowledge-all")).to_be_hidden()
