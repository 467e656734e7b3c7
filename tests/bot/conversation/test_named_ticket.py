"""A ticket number means that ticket: wherever it's named, or one of its messages is quoted."""

import pytest

from bot.conversation.effects import AddToTicket, Record
from tests.fixtures.conversation_script import Talk, policy, talk

TWO_TICKETS = """
    en> speak to a person
    > /new
    > the second screen is black
    > /human
    in< ticket 2
"""


@pytest.mark.parametrize(
    "words",
    [
        "#K4-101: still blocked",
        "k4 101 is still blocked",
        "about K4-101, we're still blocked",
        "toujours bloqué pour la K4–101",
        "sigue igual lo de K4101",
    ],
)
def test_a_message_joins_the_ticket_that_it_names(words):
    talk(f"""
        {TWO_TICKETS}
        > {words}
        joins<
        in< ticket 1
        > and the spare one too
        joins<
        in< ticket 1
    """)


@pytest.mark.parametrize("words", ["still blocked", "K4-999 is still blocked", "my K4-1010 printer is stuck"])
def test_a_message_that_names_none_of_their_tickets_joins_the_last_one(words):
    talk(f"""
        {TWO_TICKETS}
        > {words}
        joins<
        in< ticket 2
    """)


def test_a_solved_ticket_is_reopened_by_its_number():
    talk("""
        en> speak to a person
        desk> resolves
        > /new
        > the second screen is black
        > /human
        > K4-101 happens again
        reopens<
        in< ticket 1
    """)


def test_a_quoted_message_means_its_ticket():
    talking = talk(TWO_TICKETS)
    step = talking.send(text="still the same", quoted_id="77", quoted_thread_id="c0ffee-1")
    assert Record("c0ffee-1") in step.effects
    assert AddToTicket("c0ffee-1") in step.effects


def test_what_begins_with_a_live_tickets_number_doesnt_answer_a_question():
    talk("""
        en> speak to a person
        > /new
        > my till is broken since monday
        bot< What’s your name
        > K4-101: a colleague has the same
        bot< I’ve added that to #K4-101. / What’s your name?
        in< ticket 1
        joins<
        > Ana Ruiz
        bot< company
    """)


def test_a_number_inside_a_story_leaves_the_story_whole():
    talk("""
        en> speak to a person
        > /new
        > the till prints nothing, as in K4-101
        bot< What’s your name
        in< ticket 2
    """)


def _numbered(talking: Talk) -> list[str]:
    return [head.number for head in talking.conversation.tickets]


def test_the_script_numbers_tickets_as_the_desk_does():
    assert _numbered(talk(TWO_TICKETS, policy())) == ["K4-101", "K4-102"]
