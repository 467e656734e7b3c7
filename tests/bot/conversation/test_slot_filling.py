"""Several answers in one message; nothing taken that might be meant otherwise."""

import pytest

from bot.conversation.slot_filling import fill_slots
from bot.messages.inbound import Address
from bot.model.conversation import Conversation
from tests.fixtures.conversation_script import policy

NOBODY = Conversation("c0ffee", Address("telegram", "42"))


def found(text: str, name: str = "demo") -> dict[str, str]:
    desk = policy(name)
    gathered = fill_slots(text, desk.questions, NOBODY, desk)
    return {key: detail.value for key, detail in gathered.details.items()}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("it is urgent!", {"priority": "urgent"}),
        ("c’est urgent, notre accès est coupé", {"priority": "urgent"}),
        ("prioridad alta, la pantalla está negra", {"priority": "high"}),
        ("Priority: high", {"priority": "high"}),
        ("- Priorité : Élevée\n- Nom : Zoé", {"priority": "high", "name": "Zoé"}),
        ("no hurry at all, the menu is odd", {"priority": "low"}),
        ("I need a copy of my invoice", {"category": "account"}),
        ("not urgent", {}),
        ("pas urgent du tout", {}),
        ("urgent or low priority?", {}),
        ("my phone is low on battery", {}),
        ("help, the invoice page crashes", {}),
        ("please restore what we had", {}),
        ("Name:", {}),
        ("Name: ", {}),
        ("http://name: x", {}),
        ("Priority: purple", {}),
        ("12:30: it fell over", {}),
        (("word " * 100) + "urgent", {}),
        ("", {}),
    ],
)
def test_only_what_is_unmistakable_is_taken(text, answers):
    assert found(text) == answers


def test_an_outage_is_never_declared_for_the_customer():
    assert found("there was a network outage in our infrastructure", "premium") == {}
    assert found("our website needs a new certificate", "premium") == {}


def test_labelled_lines_leave_the_rest_and_a_code_is_kept_apart():
    desk = policy("premium")
    text = "The mail is late\nCode: AB-1\nName: Ana\nURL: https://a.example"
    gathered = fill_slots(text, desk.questions, NOBODY, desk)
    assert (gathered.rest, gathered.code) == ("The mail is late\nURL: https://a.example", "AB-1")
