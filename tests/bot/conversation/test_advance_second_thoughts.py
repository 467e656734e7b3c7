"""Second thoughts: giving up in any words, adding to the story, putting a date right, and codes in the wrong place."""

import pytest

from bot.model.conversation import Stage
from tests.fixtures.conversation_script import policy, talk

TO_THE_SUMMARY = """
    en> Since Monday my screen is black all day
    > Catherine Moss
    > Alder Foods
    > low
    bot< Ready to send?
"""


@pytest.mark.parametrize(
    "words", ["don't send anything", "please do not open a ticket", "no need to send it now"]
)
def test_nothing_is_sent_against_a_wish(words):
    talking = talk(f"{TO_THE_SUMMARY}\n> {words}\n> {words}\n> yes, cancel it")
    assert talking.conversation.tickets == ()


def test_ok_beside_words_that_mean_no_yes_sends_nothing():
    talking = talk(f"{TO_THE_SUMMARY}\n> ok, I'll look at it with my colleague first")
    assert talking.conversation.tickets == ()
    assert talking.conversation.stage is Stage.REVIEWING


@pytest.mark.parametrize(
    ("words", "story"),
    [
        ("add that it beeps as well", "Since Monday my screen is black all day\nIt beeps as well"),
        ("it was Tuesday, not Monday", "Since Tuesday my screen is black all day"),
        (
            "add that it beeps, and it was Friday not Monday",
            "Since Friday my screen is black all day\nIt beeps",
        ),
    ],
)
def test_facts_are_added_and_dates_put_right_at_the_summary(words, story):
    talking = talk(f"{TO_THE_SUMMARY}\n> {words}\nbot< Ready to send?\n> yes")
    assert talking.effects
    assert next(e for e in talking.effects if hasattr(e, "details")).details["description"].value == story


@pytest.mark.parametrize("words", ["leave it then, I'll ask them", "no thanks", "forget it", "no"])
def test_a_request_that_is_out_of_scope_is_given_up_in_any_words(words):
    talking = talk(
        f"""
        en> Can you change the booking plugin that another company wrote for our WordPress site?
        bot< we don’t change other companies’ apps
        > {words}
        bot< Cancelled
    """,
        policy("premium"),
    )
    assert talking.conversation.draft_id == ""


@pytest.mark.parametrize("words", ["sorry, wrong number", "oops wrong chat, that was for my brother"])
def test_a_wrong_number_begins_no_request(words):
    talking = talk(f"en> {words}\nbot< No problem. Write here whenever you need us.")
    assert talking.conversation.draft_id == ""


@pytest.mark.parametrize("words", ["GV-4417", "it's GV-4417", "our code: GV-4417", "Acme Ltd, GV-4417"])
def test_a_code_at_the_wrong_question_is_looked_up_and_never_shown(words):
    talking = talk(
        f"""
        en> my server is slow since noon
        > Ana Ruiz
        bot< Which company
        > {words}
        secret<
    """,
        policy("premium"),
    )
    assert "4417" not in talking.told()
    assert talking.conversation.account_id == "acme"
    assert all("4417" not in detail.value for detail in talking.conversation.answers.values())


def test_a_story_beside_the_name_is_kept():
    talking = talk("""
        en> Hi, before I start: does it cost anything to write here?
        bot< Support is free
        > We paid our invoice twice and the shop still says unpaid. Hope Adeyemi, Larkspur Physio
    """)
    assert "still says unpaid" in talking.conversation.answers["description"].value
