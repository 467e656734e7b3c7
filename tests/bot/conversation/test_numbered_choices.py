"""A typed number presses the choice that it stands beside."""

import pytest

from bot.messages.inbound import Address
from bot.model.conversation import Conversation
from tests.fixtures.conversation_script import Talk, policy

ASKED_TWICE = """
    en> my screen is black all day
    > 12345
    > 55 66
    buttons< Talk to a person
"""


def _talk(channel: str, script: str) -> Talk:
    talking = Talk(policy(), conversation=Conversation("c0ffee", Address(channel, "42")))
    for number, line in enumerate(script.splitlines(), 1):
        if line.strip():
            talking.play(line.strip(), number)
    return talking


@pytest.mark.parametrize("typed", ["1", "1.", "nº 1", "1er", "1 Talk to a person"])
def test_the_number_beside_a_person_brings_one_where_any_words_are_an_answer(typed):
    _talk(
        "whatsapp",
        f"""
        {ASKED_TWICE}
        > {typed}
        opens< a person; description=my screen is black all day
    """,
    )


@pytest.mark.parametrize("typed", ["9", "one", "Ana Ruiz"])
def test_what_is_no_shown_number_is_no_press(typed):
    talking = _talk("whatsapp", f"{ASKED_TWICE}\n> {typed}")
    assert "a person" not in talking.told()


def test_buttons_without_numbers_leave_a_number_to_the_answer():
    script = """
        en> my screen is black all day
        > Ana Ruiz
        bot< company
        > 1
    """
    assert _talk("telegram", script).conversation.asking == "company"
    assert _talk("whatsapp", script).conversation.asking != "company"


@pytest.mark.parametrize(("typed", "chosen"), [("2", "medium"), ("la 2da", "medium"), ("le 4e", "urgent")])
def test_a_choice_is_pressed_by_its_number_on_both_channels(typed, chosen):
    for channel in ("whatsapp", "telegram"):
        talking = _talk(channel, f"en> my screen is black all day\n> Ana Ruiz\n> Alder Foods\n> {typed}")
        assert talking.conversation.answers["priority"].value == chosen


def test_numbers_shown_earlier_mean_nothing_once_the_request_is_open():
    talking = _talk("whatsapp", f"{ASKED_TWICE}\n> 1\n> 1")
    assert talking.conversation.shown == ()
    assert len(talking.conversation.tickets) == 1
