"""“typing…” on the phone while an agent writes: only where the policy wants it, as WhatsApp marks as read with it."""

from pathlib import Path

import pytest

from sandbox.control_client import Phone
from tests.fixtures.customer import Customer
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.whatsapp_templates import policy_with


def opened(desk: SandboxDesk, channel: str = "whatsapp") -> tuple[Phone, str]:
    customer = Customer(desk, channel=channel)
    return customer.phone, customer.ask_for_agent()


@pytest.fixture
def shown(desk: SandboxDesk, tmp_path: Path) -> SandboxDesk:
    desk.restart(policy_with(POLICIES / "demo.toml", tmp_path, "[whatsapp]\nis_typing_shown = true"))
    return desk


def test_the_customer_sees_that_an_agent_writes(shown: SandboxDesk) -> None:
    phone, ticket_id = opened(shown)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert phone.screen()["is_desk_typing"]


def test_it_is_asked_for_once_however_fast_they_type(shown: SandboxDesk) -> None:
    _, ticket_id = opened(shown)
    for _ in range(5):
        shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert len(shown.sandbox.calls(name="Typing.create")) == 1


def test_it_is_off_unless_the_policy_says_otherwise(desk: SandboxDesk) -> None:
    phone, ticket_id = opened(desk)
    desk.wiring.typing_indicator.agent_is_typing(ticket_id)
    desk.run_jobs()
    assert not phone.screen()["is_desk_typing"]
    assert desk.sandbox.calls(name="Typing.create") == []


def test_nothing_is_shown_while_the_window_is_shut(shown: SandboxDesk) -> None:
    _, ticket_id = opened(shown)
    shown.clock.advance(hours=25)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert shown.sandbox.calls(name="Typing.create") == []


def test_a_provider_that_refuses_it_troubles_nobody(shown: SandboxDesk) -> None:
    phone, ticket_id = opened(shown)
    shown.sandbox.fault("error", channel="whatsapp", method="Typing.create", status=500)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert not phone.screen()["is_desk_typing"]


def test_telegram_shows_it_too(shown: SandboxDesk) -> None:
    phone, ticket_id = opened(shown, "telegram")
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert phone.screen()["is_desk_typing"]
