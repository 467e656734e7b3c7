"""Known answers before a request, and codes that are named on the way."""

import pytest

from bot.policy.policy import Policy
from bot.policy.policy_errors import PolicyError
from tests.fixtures.conversation_script import policy, talk
from tests.fixtures.paths import POLICIES


def test_a_known_answer_is_offered_once_and_ends_it_when_it_helps():
    talking = talk(
        """
        en> I forgot my password since monday
        bot< This might help | A new password for your account | Did that help?
        buttons< Yes, thanks, No, not really
        > yes, it helps
        bot< Great, glad that helped
        """,
        policy("premium"),
    )
    assert talking.conversation.draft_id == ""


@pytest.mark.parametrize("no", ["no", "No, not really", "cela ne m'aide pas", "no me ayuda", "2"])
def test_an_answer_that_does_not_help_is_not_offered_again(no):
    talk(
        f"""
        en> I forgot my password since monday
        bot< Did that help?
        > {no}
        bot< What’s your name
        > Ana Costa
        bot< Which company
        """,
        policy("premium"),
    )


def test_more_words_instead_of_a_yes_are_more_of_the_story():
    talking = talk(
        """
        fr> J’ai oublié mon mot de passe depuis hier
        bot< Did that help?
        > J’ai essayé, mais le lien ne vient jamais
        bot< What’s your name
        """,
        policy("premium"),
    )
    assert "le lien ne vient jamais" in talking.conversation.answers["description"].value


@pytest.mark.parametrize(
    "words",
    ["The server web-07 is very slow today", "it is not about dns at all", "a new password and a dns zone"],
)
def test_nothing_is_offered_that_was_not_surely_named(words):
    talking = talk(f"en> {words}", policy("premium"))
    assert "This might help" not in talking.told()


def test_a_person_asked_for_is_never_kept_waiting_by_an_answer():
    talk(
        """
        en> /human I forgot my password
        opens< a person
        """,
        policy("premium"),
    )


def test_a_desk_without_known_answers_offers_none():
    talking = talk("en> I forgot my password since monday")
    assert "This might help" not in talking.told()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("is_knowledge_first = true\n", ""), "these answers are never offered"),
        (('key = "dns"', 'key = "password"'), "already used by articles"),
        (('"dns", "nameserver"', '"new password", "nameserver"'), "already means"),
    ],
)
def test_answers_that_contradict_each_other_are_refused(change, said):
    text = (POLICIES / "premium.toml").read_text(encoding="utf-8").replace(*change)
    with pytest.raises(PolicyError, match=said):
        Policy.from_toml(text)


def test_knowledge_first_without_answers_is_refused():
    text = (POLICIES / "demo.toml").read_text(encoding="utf-8")
    with pytest.raises(PolicyError, match="no known answers"):
        Policy.from_toml("is_knowledge_first = true\n" + text)


# Codes


def test_a_code_in_the_first_words_is_looked_up_and_leaves_the_story_alone():
    talking = talk(
        """
        en> All our servers went dark and my support code is GV-4417
        secret<
        bot< found your account: Acme SA
        """,
        policy("premium"),
    )
    assert talking.effects[0].shown == "All our servers went dark and my support code is •••"
    assert "4417" not in str(talking.conversation)


def test_a_code_sent_before_the_language_is_known_is_hidden_and_used_afterwards():
    talking = talk(
        """
        > code: GV-4417
        secret<
        bot< Which language
        tap> English
        bot< found your account: Acme SA
        """,
        policy("premium"),
    )
    assert "4417" not in str(talking.conversation)


def test_an_error_code_is_no_secret():
    talking = talk("en> The page shows error code 50231 since monday", policy("premium"))
    assert not talking.effects[0].is_secret
    assert "50231" in talking.conversation.answers["description"].value


def test_an_unknown_code_on_a_live_ticket_is_answered_and_the_message_joins_it():
    talk(
        """
        en> /human the app is broken since monday
        opens< a person
        en> by the way, my support code is XX-9999
        joins<
        secret<
        bot< I can’t find that code
        """,
        policy("premium"),
    )


# The category first, where some requests are refused


@pytest.mark.parametrize("desk", ["premium", "field-service", "demo", "weekday-desk"])
def test_a_bare_hello_is_asked_what_happens(desk):
    talk("en> hello\nbot< Tell us in a few words", policy(desk))


def test_another_language_weighs_an_emergency_again():
    talk(
        """
        fr> Tous nos serveurs sont éteints, plus rien ne répond dans tout le centre
        > GV-4417
        bot< 3. About: Infrastructure down
        > /language español
        bot< emergency line is available in French and English
        buttons< Français, English, During opening hours
        """,
        policy("premium"),
    )
