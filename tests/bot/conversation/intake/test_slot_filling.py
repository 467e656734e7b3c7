"""Several answers in one message; nothing taken that might be meant otherwise."""

import pytest

from bot.conversation.intake.slot_filling import fill_slots, infer_choices
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
        ("Priority: high", {"priority": "high"}),
        ("- Priorité : Élevée\n- Nom : Zoé", {"priority": "high", "name": "Zoé"}),
        ("Hi, I'm Ana Ruiz from Acme. It prints nothing.", {"name": "Ana Ruiz", "company": "Acme"}),
        ("it is urgent!", {}),
        ("my phone is low on battery", {}),
        ("help, the invoice page crashes", {}),
        ("Name:", {}),
        ("Name: ", {}),
        ("http://name: x", {}),
        ("Priority: purple", {}),
        ("12:30: it fell over", {}),
        ("", {}),
    ],
)
def test_labelled_lines_and_introductions_are_taken(text, answers):
    assert found(text) == answers


def inferred(text: str, name: str = "demo") -> dict[str, str]:
    desk = policy(name)
    meant = infer_choices(text, desk.questions, NOBODY, desk)
    return {key: detail.value for key, detail in meant.items()}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("on est complètement bloqués, la caisse ne s’ouvre plus", {"category": "fault", "priority": "urgent"}),
        ("no hurry at all: how do I change the logo on the kiosk?", {"category": "question", "priority": "low"}),
        ("you charged our card twice this month", {"category": "account"}),
        ("restauren por favor las reservas que borramos por error", {"category": "technical_service"}),
        ("photo upload fails in the app", {"category": "fault"}),
        ("it stopped working this morning", {}),
        ("my phone is low on battery", {"category": "fault"}),
        ("", {}),
    ],
)  # fmt: skip
def test_category_and_priority_are_inferred_only_where_they_are_plain(text, answers):
    assert inferred(text) == answers


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("the whole network is down, nothing answers", "infrastructure"),
        ("could you design a web site for our bakery?", "web_site"),
        ("our mailbox on your server refuses every message", "diagnosis"),
        ("mi página en vuestro servidor no carga", "diagnosis"),
    ],
)
def test_scope_follows_the_meaning_and_not_one_common_word(text, key):
    assert inferred(text, "premium")["category"] == key


def test_labelled_lines_leave_the_rest_and_a_code_is_kept_apart():
    desk = policy("premium")
    text = "The mail is late\nCode: AB-1\nName: Ana\nURL: https://a.example"
    gathered = fill_slots(text, desk.questions, NOBODY, desk)
    assert (gathered.rest, gathered.code) == ("The mail is late\nURL: https://a.example", "AB-1")
