"""What is left of a message once the acts that were handled are taken away."""

import pytest

from bot.reading.acts import DIGRESSIONS, ActKind
from bot.reading.read import read
from bot.reading.remaining_text import is_story, says_nothing, without
from bot.reading.situations import Situation
from tests.fixtures.conversation_script import policy

DEMO = policy("demo")


def left(text: str, situation: Situation, *kinds: ActKind) -> str:
    return without(read(text, situation, DEMO), kinds, text)


def test_a_question_back_leaves_the_story():
    text = "Are you open on Saturday? The ticket printer prints only blank paper."
    assert left(text, Situation.START, *DIGRESSIONS) == "The ticket printer prints only blank paper."


def test_a_story_alone_is_left_as_it_was_written():
    text = "The ticket printer  prints only blank paper,\nand the drawer stays shut."
    assert left(text, Situation.START, *DIGRESSIONS) == text


@pytest.mark.parametrize(
    "text", ["what did I write so far", "Why do you ask me that?", "thanks, how long will it take?"]
)
def test_nothing_is_left_of_a_mere_question(text):
    assert left(text, Situation.NAME, *DIGRESSIONS, ActKind.THANKS) == ""


def test_what_stands_beside_a_yes_is_left():
    text = "Yes, send it please. And have the invoice sent to our new office in Ghent."
    assert (
        left(text, Situation.SUMMARY, ActKind.SEND) == "And have the invoice sent to our new office in Ghent."
    )


@pytest.mark.parametrize("text", ["hello", "good morning", "help me please", "merci beaucoup", "👋", ""])
def test_a_greeting_says_nothing(text):
    assert says_nothing(read(text, Situation.START, DEMO))


def test_a_story_says_something():
    text = "the blue screen came back after lunch"
    reading = read(text, Situation.START, DEMO)
    assert not says_nothing(reading)
    assert is_story(reading, text)
    assert not is_story(read("why?", Situation.NAME, DEMO), "why?")
