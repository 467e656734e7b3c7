"""Choosing: by button, number, name, a near miss of it, or in passing; and what happens when nothing is chosen."""

import pytest

from tests.fixtures.conversation_script import policy, talk

TO_THE_CATEGORY = """
    en> my app stays blank all day
    > Ana
    > skip
    bot< What is it about?
"""

TO_THE_SUMMARY = """
    en> my screen is black all day
    > Ana
    > skip
    > 1
    > app
    > 1
    > no
"""


@pytest.mark.parametrize(
    "words",
    [
        "1", "1.", "1)", "#1", "1️⃣", "option 1", "the first one", "un", "le premier", "uno", "１",
        "Something fails", "SOMETHING FAILS!", "somthing fails", "une panne", "algo no funciona", "Algo no funciona",
        "bug", "panne", "avería", "averia", "I think it is a bug", "c'est une panne", "Something fails please",
    ],
)  # fmt: skip
def test_a_choice_is_understood_however_it_is_written(words):
    talk(f"""
        {TO_THE_CATEGORY}
        > {words}
        bot< Which page, device
    """)


@pytest.mark.parametrize("words", ["9", "0", "bug or question", "not a bug", "xyz", "👍", "?", "99999999999"])
def test_what_chooses_nothing_is_asked_again_kindly(words):
    talk(f"""
        {TO_THE_CATEGORY}
        > {words}
        bot< Please choose one of these | What is it about?
        buttons< Something fails, A question, Account and billing, Technical service
    """)


def test_after_two_misses_a_person_is_offered_and_after_four_comes():
    talk(f"""
        {TO_THE_CATEGORY}
        > xx
        > yy
        buttons< Something fails, A question, Account and billing, Technical service, Talk to a person
        > zz
        > qq
        opens< a person; name=Ana; description=my app stays blank all day
        > and now?
        joins<
        bot<
    """)


def test_a_story_where_a_choice_was_asked_is_kept():
    talk(f"""
        {TO_THE_CATEGORY}
        > it turns green when I shake it
        bot< I have added that to your description | What is it about?
        > 1
        > app
        > low
        > no
        > send
        opens< description=my app stays blank all day ⏎ it turns green when I shake it
    """)


def test_the_button_of_an_earlier_question_corrects_its_answer():
    talk(f"""
        {TO_THE_CATEGORY}
        > 1
        tap> category=question
        bot< Which page
        > app
        > low
        > no
        > send
        opens< category=question
    """)


def test_a_button_that_is_nobodys_changes_nothing():
    talk(f"""
        {TO_THE_CATEGORY}
        tap> category=made_up
        bot< What is it about?
        tap> drop
        bot< What is it about?
        tap> rate:77:5
        bot< What is it about?
        > 1
        tap> Send it
        bot< Which page
    """)


@pytest.mark.parametrize("words", ["I don't know", "je ne sais pas", "no lo sé", "no idea"])
def test_who_does_not_know_how_urgent_it_is_gets_the_usual_priority(words):
    talk(f"""
        {TO_THE_CATEGORY}
        > 1
        > app
        > {words}
        bot< add a photo
        > no
        bot< 6. Priority: Medium
    """)


def test_another_answer_in_the_same_message_is_taken_too():
    talk(f"""
        {TO_THE_CATEGORY}
        > billing, and it is urgent
        > app
        bot< add a photo
    """)


@pytest.mark.parametrize(
    "words", ["skip", "passer", "ninguna", "non merci", "I don't have one", "je n'en ai pas"]
)
def test_what_is_not_required_may_be_skipped(words):
    talk(f"""
        en> my app stays blank all day
        > Ana
        > {words}
        bot< What is it about?
    """)


def test_what_is_required_is_asked_once_more_when_skipped():
    talk(f"""
        {TO_THE_CATEGORY}
        > 1
        > skip
        bot< For example: the invoices page | A few more words
        > skip
        bot< How urgent
    """)


def test_a_priority_beyond_the_plan_is_refused_kindly():
    talk(
        """
        en> Please advise: which size do we need
        > Ana
        > Acme
        > ST-1000
        > my service
        > the shop
        bot< How urgent
        buttons< Low, Medium, High
        > urgent
        bot< not part of your plan | How urgent
        > high
        bot< add a photo
        """,
        policy("premium"),
    )


@pytest.mark.parametrize(
    ("wish", "asked"),
    [("change the name", "What is your name"), ("modifier le nom", "What is your name"),
     ("cambiar la empresa", "Which company")],
)  # fmt: skip
def test_an_earlier_answer_is_corrected_by_its_name_while_something_else_is_asked(wish, asked):
    talk(f"""
        en> my screen is black all day
        > Ana
        > Acme
        > 1
        bot< Which page, device
        > {wish}
        bot< {asked}
        > Zoé
        bot< Which page, device
    """)


def test_a_line_that_was_not_given_yet_cannot_be_changed():
    talk("""
        en> my screen is black all day
        bot< What is your name
        > change the priority
        bot< Which company
    """)


@pytest.mark.parametrize(
    "text",
    ["no company", "I don’t have a company", "jsuis un particulier", "sin empresa", "no tengo empresa"],
)
def test_people_without_a_company_are_understood(text):
    talk(f"""
        en> my screen is black all day
        > Ana
        > {text}
        bot< What is it about
        > 1
        > app
        > 1
        > no
        bot< 2. Company: none
    """)


@pytest.mark.parametrize("text", ["yes", "wait", "who is this", "are you kidding me", "espere", "attendez"])
def test_what_is_no_name_is_asked_once_more(text):
    talk(f"""
        en> my screen is black all day
        bot< What is your name
        > {text}
        bot< What is your name
        > Mike
        bot< Which company
    """)


@pytest.mark.parametrize("text", ["vas-y envoie", "go ahead", "please send it", "dale mandalo", "allez-y"])
def test_the_summary_is_sent_in_words_of_everyday(text):
    talk(f"""
        {TO_THE_SUMMARY}
        > {text}
        opens< name=Ana
    """)


def test_who_calls_out_under_the_summary_is_asked_shortly_and_adds_nothing():
    talk(f"""
        {TO_THE_SUMMARY}
        > is anyone there??
        bot< Shall I send your request?
        > yes
        opens< description=my screen is black all day
    """)
