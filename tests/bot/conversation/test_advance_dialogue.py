"""What people say beside an answer: questions back, corrections, refusals, “not yet”; and what was understood."""

import pytest

from tests.fixtures.conversation_script import policy, talk

TO_THE_NAME = "en> my screen is black all day\nbot< What’s your name"
TO_THE_SUMMARY = """
    en> my screen is black all day
    > Catherine Moss
    > Alder Foods
    > low
    bot< Ready to send?
"""


@pytest.mark.parametrize(
    ("words", "act", "answered"),
    [
        ("why do you need that?", "why", "So the team knows who they’re talking to"),
        ("how long will this take?", "how_long", "We aim to answer between"),
        ("does it cost anything?", "cost", "Support is free"),
        ("are you a robot?", "bot", "I’m an assistant, not a person"),
        ("are you open on Saturdays?", "hours", "We’re open 24/7"),
        ("what did I write so far?", "repeat", "Description: my screen is black all day"),
        ("pourquoi vous me demandez ça ?", "why", "So the team knows"),
        ("¿cuánto van a tardar?", "how_long", "We aim to answer between"),
    ],
)
def test_a_question_back_is_answered_and_ours_asked_again_in_other_words(words, act, answered):
    talking = talk(f"""
        {TO_THE_NAME}
        > {words}
        acts< {act}
        bot< {answered} | What should we call you?
        > Catherine Moss
        bot< Which company
    """)
    assert talking.conversation.answers["description"].value == "my screen is black all day"
    assert talking.conversation.misses == 0


def test_a_question_back_and_the_answer_in_one_message_are_both_taken():
    talking = talk(f"{TO_THE_NAME}\n> Catherine Moss. Is it free?\nbot< Support is free")
    assert talking.conversation.answers["name"].value == "Catherine Moss"
    assert talking.conversation.asking == "company"


def test_a_question_back_under_the_summary_sends_nothing():
    talk(f"""
        {TO_THE_SUMMARY}
        > how long will it take?
        bot< If you send it now, we aim to answer by | Ready to send, or is something wrong?
        buttons< Send it, Edit, Cancel request
        > yes please
        opens< description=my screen is black all day
    """)


# Refusals


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("I'd rather not give my name", "no_name"),
        ("je préfère ne pas dire mon nom", "no_name"),
        ("prefiero no decir mi nombre", "no_name"),
    ],
)
def test_no_name_is_respected_and_nothing_is_added_to_the_story(words, act):
    talking = talk(f"{TO_THE_NAME}\n> {words}\nacts< {act}\nbot< we’ll do without it | Which company")
    assert talking.conversation.answers["name"].value == ""
    assert talking.conversation.answers["description"].value == "my screen is black all day"


@pytest.mark.parametrize(
    "words", ["I'm just a private customer", "on n’a pas de société", "no tenemos empresa"]
)
def test_no_company_is_respected(words):
    talking = talk(f"{TO_THE_NAME}\n> Ana\n> {words}\nbot< How urgent")
    assert talking.conversation.answers["company"].value == ""


# Corrections


def test_several_details_are_corrected_at_once_and_the_story_stays():
    talk(f"""
        {TO_THE_SUMMARY}
        > actually make it high, and it's Katherine with a K
        acts< change
        bot< Done, I’ve changed it | 1. Name: Katherine Moss | 5. Priority: High
        > no wait, the company is Beech Ltd
        bot< 2. Company: Beech Ltd
        > send
        opens< name=Katherine Moss; company=Beech Ltd; priority=high; description=my screen is black all day
    """)


def test_an_earlier_answer_is_corrected_in_words_while_another_is_asked():
    talk(f"""
        {TO_THE_NAME}
        > Catherine Moss
        > sorry, my name is Katherine Moss
        bot< Done, I’ve changed it. | Who are you with
        > Alder Foods
        > low
        bot< 1. Name: Katherine Moss | 2. Company: Alder Foods | 4. Description: my screen is black all day
    """)


def test_what_is_wrong_is_asked_for_when_only_its_name_is_told():
    talk(f"""
        {TO_THE_SUMMARY}
        > the company is wrong
        bot< Which company
        > Beech Ltd
        bot< 2. Company: Beech Ltd
    """)


# The summary


@pytest.mark.parametrize(
    "words", ["don't send it yet", "attendez, n’envoyez pas encore", "espere, no la envíe todavía"]
)
def test_not_yet_never_sends(words):
    talk(f"""
        {TO_THE_SUMMARY}
        > {words}
        bot< I haven’t sent it
        > ok now send it
        opens< name=Catherine Moss
    """)


def test_a_second_wish_beside_a_yes_reaches_the_team():
    talk(f"""
        {TO_THE_SUMMARY}
        > yes send it. And please have someone ring our shop in Ghent before noon.
        opens< description=my screen is black all day ⏎ And please have someone ring our shop in Ghent before noon.
    """)


def test_words_that_cannot_be_placed_are_never_lost():
    talk(f"""
        {TO_THE_SUMMARY}
        > there is a crack in the glass
        bot< I’ve added that to your description. | Ready to send?
        > send
        opens< description=my screen is black all day ⏎ there is a crack in the glass
    """)


# What was understood


@pytest.mark.parametrize(
    ("script", "acts"),
    [
        ("en> my screen is black all day", "story"),
        (f"{TO_THE_NAME}\n> Ana", "answer"),
        (f"{TO_THE_SUMMARY}\n> send it please", "send"),
        (f"{TO_THE_NAME}\n> let me talk to one of your colleagues", "person"),
        (f"{TO_THE_SUMMARY}\n> make it urgent", "change"),
        (f"{TO_THE_NAME}\nphoto>", ""),
        (f"{TO_THE_NAME}\nsticker>", ""),
    ],
)
def test_each_step_tells_what_was_understood(script, acts):
    talk(f"{script}\nacts< {acts}")


def test_an_angry_story_is_met_with_a_word_of_regret():
    talk("en> This is a disgrace!! Your kiosk has eaten my third card today\nbot< I’m sorry about that")


def test_how_long_has_no_answer_for_paid_work():
    talk(
        """
        en> please bring back the customers that we deleted by mistake
        > how long will it take?
        bot< no fixed time
        """,
        policy("demo"),
    )


def test_the_summary_invites_files_until_one_came():
    talk(f"""
        {TO_THE_SUMMARY}
        bot< You can add a photo or a file | Ready to send?
        photo>
        bot< Got your file | Attachments: 1 file
        > yes send it
        opens< files=1
    """)


def test_a_code_where_the_company_was_asked_is_looked_up_and_never_shown():
    talk(
        """
        en> my mails bounce since this morning with error 550
        > Luc Moreau
        bot< Which company
        > GV-4417
        secret<
        bot< Acme SA
        """,
        policy("premium"),
    )


def test_yes_is_no_language_for_the_emergency_line_and_the_choice_is_shown_again():
    talk(
        """
        es> todos sus servidores están caídos, la red entera no responde, urgente
        > Luz Marín
        > GV-4417
        buttons< Français, English, During opening hours
        > sí
        buttons< Français, English, During opening hours
        """,
        policy("premium"),
    )


def test_what_is_told_at_length_about_the_urgency_is_kept_for_the_team():
    talking = talk("""
        en> I cannot open the invoices page of the app
        > Ana Ruiz
        > Acme
        > since this morning nobody at either counter can take a single payment any more
    """)
    assert "single payment" in talking.conversation.answers["description"].value


def test_a_first_name_alone_does_not_shorten_the_profile_s():
    talk(
        """
        en> hi it's Emma, the app is slow when I open an invoice
        > Acme
        > low
        bot< Name: Emma Stone
        """,
        profile="Emma Stone",
    )
