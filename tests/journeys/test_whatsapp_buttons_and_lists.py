"""Buttons and lists on WhatsApp through content templates; whatever way it is answered, the answer is the same."""

from pathlib import Path
from typing import Any

import pytest

from bot.messages.thread import DeliveryStatus
from sandbox.control_client import Phone
from store.agents.agent import Role
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.whatsapp_templates import policy_with, template


def form(kind: str, count: int) -> dict[str, Any]:
    """A template for so many choices, as docs/going-live.md says to make it."""
    numbers = [(2 * n + 2, 2 * n + 3) for n in range(count)]
    if kind == "buttons":
        actions = [{"title": f"{{{{{label}}}}}", "id": f"{{{{{name}}}}}"} for label, name in numbers]
        return {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    items = [{"item": f"{{{{{label}}}}}", "id": f"{{{{{name}}}}}"} for label, name in numbers]
    return {"twilio/list-picker": {"body": "{{1}}", "button": "Choose", "items": items}}


def choices(desk: SandboxDesk) -> str:
    """Buttons for one to three, lists up to ten, as the policy writes them."""
    written = ["[whatsapp]"]
    for count in range(1, 11):
        kind = "buttons" if count <= 3 else "list"
        sid = template(desk.sandbox, "en", form(kind, count), is_approved=False)
        sids = f'{{ en = "{sid}", fr = "{sid}", es = "{sid}" }}'
        written.append(f'[[whatsapp.choices]]\nkind = "{kind}"\noptions = {count}\ncontent_sid = {sids}')
    return "\n".join(written)


@pytest.fixture
def phone(desk: SandboxDesk, tmp_path: Path) -> Phone:
    desk.restart(policy_with(POLICIES / "demo.toml", tmp_path, choices(desk)))
    return desk.phone("whatsapp", "Emma", country="GB")


def asked(desk: SandboxDesk, phone: Phone) -> dict[str, Any]:
    """Up to the first question with four choices; the message that asks it."""
    for text in ("hello, the app does not work", "Stone Ltd"):
        desk.say(phone, text)
    return phone.messages()[-1]


def labels(message: dict[str, Any]) -> list[str]:
    return [button["label"] for row in message["buttons"] for button in row]


def test_four_priorities_are_a_list_and_the_chosen_one_counts(desk: SandboxDesk, phone: Phone) -> None:
    shown = asked(desk, phone)
    assert shown["list_button"] == "Choose"
    assert labels(shown) == ["Low", "Medium", "High", "Urgent"]
    assert "1 Low – A question or an idea" in shown["text"]
    phone.press(shown["id"], "High")
    desk.run_jobs()
    assert "5. Priority: High" in phone.messages()[-1]["text"]


@pytest.mark.parametrize("answer", ["3", "High", "hihg", "important"])
def test_a_number_or_words_count_as_the_button_does(desk: SandboxDesk, phone: Phone, answer: str) -> None:
    asked(desk, phone)
    [told] = desk.say(phone, answer)
    assert "5. Priority: High" in told


def test_up_to_three_choices_are_buttons(desk: SandboxDesk, phone: Phone) -> None:
    asked(desk, phone)
    desk.say(phone, "High")
    shown = phone.messages()[-1]
    assert shown["list_button"] == ""
    assert 1 <= len(labels(shown)) <= 3
    phone.press(shown["id"], labels(shown)[0])
    desk.run_jobs()
    assert "is open, priority High" in phone.messages()[-1]["text"]


def test_stars_are_given_with_a_list(desk: SandboxDesk, phone: Phone) -> None:
    desk.say(phone, "hello, nothing works, I need a person")
    desk.say(phone, "/human")
    ticket_id = desk.wiring.queries.rows("open")[0].ticket_id
    desk.wiring.desk.act(ticket_id, "resolve", desk.wiring.agents.add("Ana", "ana", Role.AGENT).agent_id)
    desk.run_jobs()
    shown = phone.messages()[-1]
    phone.press(shown["id"], "Very happy")
    desk.run_jobs()
    facts = desk.wiring.queries.ticket(ticket_id).ticket.facts
    assert [fact.data["stars"] for fact in facts if fact.kind.value == "rated"] == ["5"]


def test_a_template_that_twilio_does_not_know_becomes_numbered_lines(
    desk: SandboxDesk, tmp_path: Path
) -> None:
    sids = '{ en = "HX%s", fr = "HX%s", es = "HX%s" }' % (("0" * 32,) * 3)
    written = f'[[whatsapp.choices]]\nkind = "list"\noptions = 4\ncontent_sid = {sids}'
    desk.restart(policy_with(POLICIES / "demo.toml", tmp_path, written))
    phone = desk.phone("whatsapp", "Emma", country="GB")
    shown = asked(desk, phone)
    assert "1 Low" in shown["text"]
    assert labels(shown) == []


@pytest.mark.parametrize("code", [63022, 63013, 63021])
def test_buttons_that_whatsapp_turns_down_later_become_numbered_lines_once(
    desk: SandboxDesk, phone: Phone, code: int
) -> None:
    desk.say(phone, "hello, the app does not work")
    desk.sandbox.fault("fail_receipt", channel="whatsapp", method="receipt", code=code)
    before = len(phone.messages())
    desk.say(phone, "Stone Ltd")
    desk.run_jobs()
    told = [m for m in phone.messages()[before:] if m["from"] == "desk"]
    assert len(told) == 1
    assert "1 Low" in told[0]["text"]
    assert labels(told[0]) == []
    entry_ids = [key.decode().removeprefix("outbox:") for key in desk.redis.keys("outbox:*")]
    assert {desk.entry(entry_id).status for entry_id in entry_ids} == {DeliveryStatus.DELIVERED}


def test_somebody_who_cannot_be_reached_is_tried_once_with_buttons_or_without(
    desk: SandboxDesk, phone: Phone
) -> None:
    desk.say(phone, "hello, the app does not work")
    desk.sandbox.ask("DELETE", "/control/calls")
    desk.sandbox.fault(
        "error", channel="whatsapp", method="Messages.create", status=400, code=63024, count=None
    )
    desk.say(phone, "Stone Ltd")
    desk.run_jobs()
    assert len([c for c in desk.sandbox.calls(name="Messages.create") if c["direction"] == "asked"]) == 1
