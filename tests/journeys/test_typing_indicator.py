"""“typing…” on the phone while an agent writes: only where the policy wants it, as WhatsApp marks as read with it."""

from pathlib import Path

import pytest

from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import House
from tests.fixtures.whatsapp_templates import policy_with


def opened(house: House, channel: str = "whatsapp") -> tuple[object, str]:
    phone = house.customer(channel, "Emma", **({"country": "GB"} if channel == "whatsapp" else {}))
    house.say(phone, "hello, nothing works, I need a person")
    house.say(phone, "/human")
    return phone, house.wiring.queries.rows("open")[0].ticket_id


@pytest.fixture
def shown(house: House, tmp_path: Path) -> House:
    house.open(policy_with(POLICIES / "demo.toml", tmp_path, "[whatsapp]\nis_typing_shown = true"))
    return house


def test_the_customer_sees_that_an_agent_writes(shown: House) -> None:
    phone, ticket_id = opened(shown)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert phone.screen()["is_desk_typing"]


def test_it_is_asked_for_once_however_fast_they_type(shown: House) -> None:
    _, ticket_id = opened(shown)
    for _ in range(5):
        shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert len(shown.sandbox.calls(name="Typing.create")) == 1


def test_it_is_off_unless_the_policy_says_otherwise(house: House) -> None:
    phone, ticket_id = opened(house)
    house.wiring.typing_indicator.agent_is_typing(ticket_id)
    house.run_jobs()
    assert not phone.screen()["is_desk_typing"]
    assert house.sandbox.calls(name="Typing.create") == []


def test_nothing_is_shown_while_the_window_is_shut(shown: House) -> None:
    _, ticket_id = opened(shown)
    shown.clock.turn(hours=25)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert shown.sandbox.calls(name="Typing.create") == []


def test_a_provider_that_refuses_it_troubles_nobody(shown: House) -> None:
    phone, ticket_id = opened(shown)
    shown.sandbox.fault("error", channel="whatsapp", method="Typing.create", status=500)
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert not phone.screen()["is_desk_typing"]


def test_telegram_shows_it_too(shown: House) -> None:
    phone, ticket_id = opened(shown, "telegram")
    shown.wiring.typing_indicator.agent_is_typing(ticket_id)
    shown.run_jobs()
    assert phone.screen()["is_desk_typing"]
