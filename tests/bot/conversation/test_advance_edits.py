"""A message edited while a request is in progress: the request, its summary and the ticket say the new words."""

from dataclasses import replace

import pytest

from bot.messages.inbound import DetectedLanguage
from bot.model.conversation import Stage
from tests.fixtures.conversation_script import Talk, policy

FIRST = "my app stays blank all day"
ENGLISH = DetectedLanguage("en", is_sure=True, is_sentence=True)


def talk_until(stage: Stage) -> Talk:
    talk = Talk(policy())
    talk.send(text=FIRST, message_id="first", heard=ENGLISH)
    for words in ("Ana", "Acme", "1", "the till", "2", "1"):
        if talk.conversation.stage is stage and stage is Stage.REVIEWING:
            break
        if stage is Stage.ASKING:
            break
        talk.send(text=words)
    return talk


def edit(talk: Talk, text: str, message_id: str = "first") -> None:
    talk.send(text=text, message_id=message_id, is_edit=True)


def description(talk: Talk) -> str:
    return talk.conversation.answers["description"].value


def test_while_we_ask_the_new_words_are_noted_in_silence() -> None:
    talk = talk_until(Stage.ASKING)
    edit(talk, "my app stays grey all week")
    assert talk.told() == ""
    assert description(talk) == "my app stays grey all week"
    talk.send(text="/human")
    assert "grey all week" in str(talk.effects)


def test_at_the_summary_it_is_shown_again() -> None:
    talk = talk_until(Stage.REVIEWING)
    assert talk.conversation.stage is Stage.REVIEWING
    edit(talk, "my app stays grey all week")
    assert "grey all week" in talk.told()
    assert "blank" not in talk.told()
    edit(talk, "my app is fine but slow")
    assert "fine but slow" in talk.told(), "as often as they like"


def test_only_the_words_of_that_message_change() -> None:
    talk = Talk(policy())
    talk.send(text=FIRST, message_id="first", heard=ENGLISH)
    before = description(talk)
    answers = talk.conversation.answers
    both = replace(answers["description"], value=f"{before}\nand the scale")
    talk.conversation = replace(
        talk.conversation,
        answers={**answers, "description": both},
        words={**talk.conversation.words, "second": "and the scale"},
    )
    edit(talk, "and the printer", "second")
    assert description(talk) == f"{before}\nand the printer"


@pytest.mark.parametrize("message_id", ["another", ""])
def test_an_edit_of_a_message_that_is_not_in_the_request_changes_nothing(message_id: str) -> None:
    talk = talk_until(Stage.ASKING)
    edit(talk, "something else entirely", message_id)
    assert description(talk) == FIRST


def test_the_first_message_may_be_edited_while_we_ask_for_the_language() -> None:
    talk = Talk(policy())
    talk.send(text=FIRST, message_id="first")
    assert talk.conversation.stage is Stage.LANGUAGE
    edit(talk, "my app stays grey all week")
    talk.send(text="1")
    assert description(talk) == "my app stays grey all week"


def test_a_request_that_was_opened_keeps_its_words() -> None:
    talk = talk_until(Stage.ASKING)
    talk.send(text="/human")
    edit(talk, "my app stays grey all week")
    assert talk.conversation.words == {}
    assert "description" not in talk.conversation.answers
