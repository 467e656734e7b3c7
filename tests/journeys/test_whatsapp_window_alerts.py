"""Alerts to a manager on WhatsApp whose window is shut: one template a day, then all that waited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.model.ticket_events import TicketEventKind
from sandbox.control_client import Phone, Sandbox
from tests.fixtures.alerted_managers import AlertingDesk
from tests.fixtures.paths import POLICIES
from tests.fixtures.whatsapp_templates import policy_with, table, waiting_templates

NUMBER = "+351961000000"


@pytest.fixture
def desk(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[AlertingDesk]:
    desk = AlertingDesk(redis, redis_url, Sandbox(sandbox_url), tmp_path, ALERTS=f"whatsapp:{NUMBER}")
    sids = table(waiting_templates(desk.sandbox))
    desk.restart(policy_with(POLICIES / "demo.toml", tmp_path, f"[whatsapp]\nalert_waiting = {sids}"))
    yield desk
    desk.close()


def manager(desk: AlertingDesk) -> Phone:
    """One who has never written to the desk."""
    return desk.sandbox.add("whatsapp", "Paula", number=NUMBER)


def texts(desk: AlertingDesk, phone: Phone) -> list[str]:
    return [str(message["text"]) for message in desk.new_messages(phone)]


def test_a_manager_who_never_wrote_is_asked_to_and_then_reads_the_alert(desk: AlertingDesk) -> None:
    phone = manager(desk)
    ticket = desk.overdue()
    [asked] = texts(desk, phone)
    assert f"#{ticket.number}" in asked
    assert "Overdue" not in asked
    phone.press(phone.messages()[-1]["id"], "Show it to me")
    [alert] = texts(desk, phone)
    assert alert.startswith("⏰ Overdue")
    assert ticket.number in alert


def test_several_alerts_cost_one_template_and_come_once_each(desk: AlertingDesk) -> None:
    phone = manager(desk)
    numbers = {desk.overdue().number, desk.overdue().number}
    assert len(texts(desk, phone)) == 1
    phone.say("what is it?")
    told = texts(desk, phone)
    for number in numbers:
        assert len([text for text in told if f"#{number}" in text and "Overdue" in text]) == 1
    desk.pass_time(minutes=1)
    assert [text for text in texts(desk, phone) if "Overdue" in text] == []


def test_one_whose_window_has_shut_is_asked_again_and_misses_nothing(desk: AlertingDesk) -> None:
    phone = desk.whatsapp_manager(NUMBER)
    desk.clock.advance(hours=25)
    desk.sandbox.set_clock(advance_seconds=25 * 3600)
    first = desk.overdue()
    [asked] = texts(desk, phone)
    assert first.number in asked
    second = desk.overdue()
    assert texts(desk, phone) == []
    phone.press(phone.messages()[-1]["id"], "Show it to me")
    told = "\n".join(texts(desk, phone))
    assert first.number in told
    assert second.number in told


def test_a_warning_alone_costs_no_template(desk: AlertingDesk) -> None:
    phone = manager(desk)
    ticket_id = desk.open_ticket_in()
    desk.pass_time(minutes=3, seconds=5)
    assert desk.events(ticket_id, TicketEventKind.WARNED)
    assert texts(desk, phone) == []
