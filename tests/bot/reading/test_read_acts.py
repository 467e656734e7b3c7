"""Acts: what a message does, wherever the conversation stands. All sentences are made up for these tests."""

import pytest

from bot.reading.acts import DIGRESSIONS, ActKind, Reading
from bot.reading.read import read
from bot.reading.read_acts import read_acts, read_parts
from bot.reading.situations import Situation, biases
from tests.fixtures.conversation_script import policy

DEMO = policy("demo")
ASKED = (Situation.NAME, Situation.COMPANY, Situation.PRIORITY, Situation.DESCRIPTION, Situation.SUMMARY)


def heard(text: str, situation: Situation) -> Reading:
    return read(text, situation, DEMO)


@pytest.mark.parametrize("situation", [Situation.START, *ASKED, Situation.OPEN, Situation.CONFIRM])
@pytest.mark.parametrize(
    "text",
    [
        "could I please speak to one of your colleagues",
        "je préfère parler à un vrai conseiller",
        "quiero que me atienda una persona",
    ],
)
def test_a_wish_for_a_person_is_heard_everywhere(text, situation):
    assert heard(text, situation).find(ActKind.PERSON).confidence >= 0.5


@pytest.mark.parametrize(
    ("text", "situation", "kind"),
    [
        ("why do you need to know that?", Situation.COMPANY, ActKind.WHY),
        ("pourquoi vous voulez savoir ça ?", Situation.NAME, ActKind.WHY),
        ("¿para qué necesitan ese dato?", Situation.COMPANY, ActKind.WHY),
        ("how long until someone answers me?", Situation.PRIORITY, ActKind.HOW_LONG),
        ("combien de temps ça va prendre ?", Situation.SUMMARY, ActKind.HOW_LONG),
        ("does this cost anything?", Situation.SUMMARY, ActKind.COST),
        ("¿esto se paga aparte?", Situation.NAME, ActKind.COST),
        ("am I talking to a robot?", Situation.NAME, ActKind.BOT),
        ("vous êtes un robot ?", Situation.COMPANY, ActKind.BOT),
        ("are you open on Sunday mornings?", Situation.NAME, ActKind.HOURS),
        ("¿a qué hora abren mañana?", Situation.START, ActKind.HOURS),
        ("I don't understand the question", Situation.COMPANY, ActKind.REPEAT),
        ("what have I told you so far?", Situation.PRIORITY, ActKind.RECAP),
        ("I'd rather not tell you my name", Situation.NAME, ActKind.REFUSE),
        ("je n’ai pas d’entreprise", Situation.COMPANY, ActKind.NONE),
        ("no tengo ningún código", Situation.CODE, ActKind.NONE),
        ("I really don't know", Situation.PRIORITY, ActKind.UNSURE),
        ("yes, go ahead and send it", Situation.SUMMARY, ActKind.SEND),
        ("oui c’est bon, envoyez", Situation.SUMMARY, ActKind.SEND),
        ("dale, mándala ya", Situation.SUMMARY, ActKind.SEND),
        ("please don't send it yet", Situation.SUMMARY, ActKind.HOLD),
        ("attendez avant d’envoyer", Situation.SUMMARY, ActKind.HOLD),
        ("todavía no la envíe", Situation.SUMMARY, ActKind.HOLD),
        ("go back to the previous question", Situation.PRIORITY, ActKind.BACK),
        ("forget it, cancel my request", Situation.COMPANY, ActKind.CANCEL),
        ("where is my ticket?", Situation.OPEN, ActKind.STATUS),
        ("you can close the ticket now", Situation.OPEN, ActKind.CLOSE),
        ("please reopen my ticket", Situation.SOLVED, ActKind.REOPEN),
        ("thank you so much for your help", Situation.OPEN, ActKind.THANKS),
        ("can we go on in French please?", Situation.NAME, ActKind.LANGUAGE),
        ("I want to open another ticket", Situation.OPEN, ActKind.NEW),
        ("which data do you store about me?", Situation.START, ActKind.MY_DATA),
        ("delete everything you have about me", Situation.START, ActKind.ERASE),
    ],
)
def test_acts_are_heard_in_words_of_their_own(text, situation, kind):
    assert heard(text, situation).has(kind)


@pytest.mark.parametrize(
    "text",
    [
        "The scanner at the counter reads every label twice and then beeps",
        "Depuis hier soir le planning des salles s’affiche en double sur la tablette",
        "Al imprimir el resumen del mes salen todas las columnas vacías",
    ],
)
def test_a_story_is_a_story_and_nothing_else(text):
    reading = heard(text, Situation.START)
    assert reading.has(ActKind.STORY)
    assert not reading.has(ActKind.PERSON, ActKind.CANCEL, ActKind.BACK, ActKind.CLOSE, *DIGRESSIONS)


@pytest.mark.parametrize(
    "text",
    [
        "When a customer asks to cancel, the booking page goes blank and they have to go back",
        "Le bouton « Envoyer » reste gris après que j’ai choisi la personne dans la liste",
    ],
)
def test_command_words_inside_a_story_are_part_of_it(text):
    reading = heard(text, Situation.DESCRIPTION)
    assert not reading.has(ActKind.CANCEL, ActKind.BACK, ActKind.SEND, ActKind.PERSON)


def test_one_message_may_hold_several_acts():
    reading = heard("Yes, please send it. How long will it take?", Situation.SUMMARY)
    assert reading.has(ActKind.SEND)
    assert reading.has(ActKind.HOW_LONG)


def test_sending_needs_a_summary():
    assert not heard("send it", Situation.NAME).has(ActKind.SEND)
    assert "send" not in biases(Situation.START)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "😀😀", "\x00", "a" * 20_000, "Z̷͝a̸l̴g̵o̶", "{0} %(x)s", "\u202eabc"]
)
def test_any_text_is_read(text):
    for situation in Situation:
        reading = heard(text, situation)
        assert all(0.0 <= act.confidence <= 1.001 for act in reading.acts)


def test_the_whole_message_comes_first_and_its_likelihoods_add_up_to_one():
    parts = read_parts("Hello there. It prints nothing, and it is urgent.", Situation.START)
    assert parts[0].size == "whole"
    assert {part.size for part in parts} == {"whole", "sentence", "clause"}
    assert all(abs(sum(part.likely.values()) - 1) < 1e-3 for part in parts)
    assert all(set(part.likely) <= set(biases(Situation.START)) for part in parts)


def test_no_parts_no_acts():
    assert read_acts(()) == ()
    assert Reading().find(ActKind.STORY) is None
    assert Reading().likely("story") == 0.0


def test_the_same_words_are_read_the_same_way_whatever_was_read_before():
    text = "the label printer stopped, can someone call me?"
    first = heard(text, Situation.START)
    for other in ("bonjour", "word " * 50, "¿cuánto cuesta?"):
        heard(other, Situation.SUMMARY)
    again = heard(text, Situation.START)
    assert [(act.kind, act.confidence) for act in first.acts] == [
        (act.kind, act.confidence) for act in again.acts
    ]
