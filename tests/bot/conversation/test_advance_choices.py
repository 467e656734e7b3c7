"""Choosing: by button, number, name, a near miss of it, or in passing; and what happens when nothing is chosen."""

import pytest

from bot.model.conversation import Detail
from tests.fixtures.conversation_script import policy, talk

TO_THE_CATEGORY = """
    en> it stopped working this morning
    > Ana
    > skip
    bot< What’s it about?
"""

TO_THE_SUMMARY = """
    en> my screen is black all day
    > Ana
    > skip
    > low
    bot< Ready to send?
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
    talking = talk(f"{TO_THE_CATEGORY}\n> {words}\nacts< answer")
    assert talking.conversation.answers["category"].value == "fault"


@pytest.mark.parametrize("words", ["9", "0", "👍", "?", "99999999999", "Ottilie Brandt"])
def test_what_chooses_nothing_is_asked_again_in_other_words(words):
    talk(f"""
        {TO_THE_CATEGORY}
        > {words}
        bot< Which of these fits best?
        buttons< Something fails, A question, Account and billing, Paid data work
    """)


def test_after_two_misses_a_person_is_offered_and_after_three_comes():
    talk(f"""
        {TO_THE_CATEGORY}
        > 77
        bot< Which of these fits best?
        > 88
        bot< someone from the team can take over | What’s it about?
        buttons< Something fails, A question, Account and billing, Paid data work, Talk to a person
        > 99
        opens< a person; name=Ana; description=it stopped working this morning
        > and now?
        joins<
    """)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("printing gives an error each time", "fault"),
        ("l’appli plante dès que je l’ouvre", "fault"),
        ("quiero saber cómo se exporta la lista", "question"),
        ("you took the monthly fee twice", "account"),
        ("une facture d’abonnement que je ne comprends pas", "account"),
        ("please bring back the customers I deleted", "technical_service"),
    ],
)
def test_a_category_is_chosen_by_what_the_words_mean(words, key):
    talking = talk(f"{TO_THE_CATEGORY}\n> {words}\nacts< answer")
    assert talking.conversation.answers["category"].value == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("no hurry at all", "low"), ("rien ne presse", "low"), ("cuando puedan, no corre prisa", "low"),
        ("we can’t work at all", "urgent"), ("on est complètement bloqués", "urgent"),
        ("not urgent", "low"), ("Urgent", "urgent"), ("3", "high"),
    ],
)  # fmt: skip
def test_a_priority_is_chosen_by_what_the_words_mean(words, key):
    talking = talk(f"en> my screen is black all day\n> Ana\n> skip\nbot< How urgent is it?\n> {words}")
    assert talking.conversation.answers["priority"].value == key


@pytest.mark.parametrize("words", ["moyennement urgent", "plus ou moins urgent"])
def test_a_qualified_priority_is_not_the_one_it_names(words):
    talking = talk(f"fr> mon écran est noir toute la journée\n> Ana\n> skip\n> {words}")
    assert talking.conversation.answers.get("priority", Detail()).value != "urgent"


def test_a_story_where_a_choice_was_asked_is_kept_and_tells_the_choice():
    talk(f"""
        {TO_THE_CATEGORY}
        > our printer prints only half of each receipt
        bot< How urgent is it?
        > low
        > send
        opens< description=it stopped working this morning ⏎ our printer prints only half of each receipt
    """)


def test_the_button_of_an_earlier_question_corrects_its_answer():
    talk(f"""
        {TO_THE_CATEGORY}
        > 1
        tap> category=question
        bot< Which page
        > app
        > low
        > send
        opens< category=question
    """)


def test_a_button_that_is_nobodys_changes_nothing():
    talk(f"""
        {TO_THE_CATEGORY}
        tap> category=made_up
        bot< What’s it about?
        tap> drop
        bot< What’s it about?
        > 1
        tap> rate:77:5
        bot< Which page
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
        bot< 6. Priority: Medium
    """)


def test_another_answer_in_the_same_message_is_taken_too():
    talk(f"""
        {TO_THE_CATEGORY}
        > billing
        > the June bill, and my company is Acme Ltd
        bot< How urgent
    """)


@pytest.mark.parametrize(
    "words", ["skip", "passer", "ninguna", "non merci", "I don't have one", "je n'en ai pas"]
)
def test_what_is_not_required_may_be_skipped(words):
    talk(f"""
        en> my app stays blank all day
        > Ana
        > {words}
        bot< How urgent is it?
    """)


def test_what_they_would_rather_not_tell_stays_empty():
    talking = talk(f"""
        {TO_THE_CATEGORY}
        > 1
        bot< Which page, device
        > I'd rather not say
        bot< we’ll do without it | How urgent
    """)
    assert talking.conversation.answers["affected"].value == ""
    assert talking.conversation.answers["description"].value == "it stopped working this morning"


def test_a_priority_beyond_the_plan_is_refused_kindly():
    talk(
        """
        en> How do I point a second domain at our mailbox?
        > Ana
        > Acme
        > ST-1000
        bot< How urgent
        buttons< Low, Medium, High
        > urgent
        bot< isn’t included in your plan | Can you still work?
        > high
        bot< Priority: High
        """,
        policy("premium"),
    )


@pytest.mark.parametrize(
    ("wish", "asked"),
    [("change the name", "What’s your name"), ("modifier le nom", "What’s your name"),
     ("cambiar la empresa", "Which company")],
)  # fmt: skip
def test_an_earlier_answer_is_corrected_by_its_name_while_something_else_is_asked(wish, asked):
    talk(f"""
        en> my screen is black all day
        > Ana
        > Acme
        bot< How urgent
        > {wish}
        bot< {asked}
        > Zoé
        bot< How urgent
    """)


def test_a_line_that_was_not_given_yet_cannot_be_changed():
    talk("""
        en> my screen is black all day
        bot< What’s your name
        > change the priority
        bot< What should we call you?
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
        bot< How urgent
        > low
        bot< 2. Company: none
    """)


@pytest.mark.parametrize("text", ["yes", "wait", "are you kidding me", "hello", "one moment please"])
def test_what_is_no_name_is_asked_once_more(text):
    talk(f"""
        en> my screen is black all day
        bot< What’s your name
        > {text}
        bot< What should we call you?
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
        bot< Ready to send, or is something wrong?
        > yes
        opens< description=my screen is black all day
    """)
