"""Commands at every step, with a slash, as plain words and in common phrases; a person always comes."""

import pytest

from tests.fixtures.conversation_script import talk

BEGUN = "en> it stopped working this morning"
STEPS = {
    "before anything": "",
    "which language": "> app 12",
    "a name": BEGUN,
    "a company": f"{BEGUN}\n> Ana",
    "a choice": f"{BEGUN}\n> Ana\n> skip",
    "what is affected": f"{BEGUN}\n> Ana\n> skip\n> 1",
    "how urgent": f"{BEGUN}\n> Ana\n> skip\n> 1\n> app",
    "the summary": f"{BEGUN}\n> Ana\n> skip\n> 1\n> app\n> low",
    "which line": f"{BEGUN}\n> Ana\n> skip\n> 1\n> app\n> low\ntap> Edit",
    "a yes or no": f"{BEGUN}\n> Ana\n> /cancel",
    "another language": f"{BEGUN}\nfr> je m’appelle Paul\nfr> la société Dupont",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "word",
    [
        "/human", "je voudrais parler à quelqu’un", "speak to a person", "un agente por favor",
        "let me talk to one of your colleagues", "passez-moi donc un de vos collègues",
        "prefiero que me atienda una persona de verdad",
    ],
)  # fmt: skip
def test_a_person_is_always_brought_with_whatever_is_known(step, word):
    talk(f"""
        {STEPS[step]}
        > {word}
        opens< a person
        bot<
        > are you there?
        joins<
    """)


def test_a_person_asked_for_before_the_language_gets_the_words_that_were_held():
    talk("""
        > app 12 pdf
        > /human
        opens< a person; description=app 12 pdf
        language< en
        in< ticket 1
    """)


def test_what_follows_the_command_goes_with_it():
    talk("""
        > /human my screen is black
        opens< a person; description=my screen is black
    """)


def test_the_first_words_of_who_asks_for_a_person_are_the_description():
    talk("""
        fr> je veux parler à un conseiller svp
        opens< a person; description=je veux parler à un conseiller svp
    """)


def test_a_person_asked_for_twice_opens_one_ticket():
    talking = talk("""
        en> speak to a person
        opens< a person
        > /human
        joins<
        bot< The team already has #K4-101
    """)
    assert len(talking.conversation.tickets) == 1


def test_a_person_asked_for_while_another_request_is_begun_opens_that_one_too():
    talk("""
        en> speak to a person
        > /new
        > the second matter is about doors
        > /human
        opens< a person; description=the second matter is about doors
        in< ticket 2
    """)


@pytest.mark.parametrize("step", ["a name", "a choice", "how urgent", "the summary", "which line"])
@pytest.mark.parametrize("word", ["/help", "comment ça marche ?", "/ayuda"])
def test_help_tells_how_and_asks_the_same_question_again(step, word):
    talking = talk(STEPS[step])
    before = talking.told().rpartition(" / ")[2]
    talking.play(f"> {word}")
    talking.play("bot< Just tell us in your own words | /human")
    assert before in talking.told()


@pytest.mark.parametrize("step", ["a name", "a choice", "how urgent", "the summary"])
def test_status_is_told_and_the_question_asked_again(step):
    talking = talk(STEPS[step])
    before = talking.told().rpartition(" / ")[2]
    talking.play("> /status")
    talking.play("status<")
    assert before in talking.told()


@pytest.mark.parametrize(
    "word",
    [
        "/cancel",
        "annuler",
        "cancelar",
        "never mind",
        "/annuler",
        "stop",
        "please cancel my request, I don't need it any more",
        "laissez tomber, ça n’a plus d’importance",
        "mejor déjelo, ya no hace falta",
    ],
)
def test_cancelling_asks_once_and_drops(word):
    talk(f"""
        {STEPS["a choice"]}
        > {word}
        bot< Cancel this request?
        buttons< Continue, Cancel request
        > oui
        bot< Cancelled
        in< ticket 1
        en> our printer prints grey stripes
        bot< How urgent
        in< ticket 2
    """)


def test_cancelling_can_be_taken_back():
    talk(f"""
        {STEPS["a choice"]}
        > /cancel
        tap> Continue
        bot< What’s it about?
    """)


def test_cancelling_twice_means_it():
    talk(f"""
        {STEPS["a choice"]}
        > /cancel
        > /cancel
        bot< Cancelled
    """)


def test_an_answer_instead_of_yes_or_no_goes_on():
    talk(f"""
        {STEPS["a choice"]}
        > /cancel
        > a question
        bot< Which page, device
    """)


def test_there_may_be_nothing_to_cancel_or_to_go_back_to():
    talk("""
        en> speak to a person
        desk> closes
        > /cancel
        bot< nothing to cancel
        > /back
        bot< nothing to go back to
    """)


@pytest.mark.parametrize(
    "word",
    [
        "/back", "retour", "volver", "go back", "atrás", "revenir en arrière",
        "please go back to the question before", "je veux revenir à la question d’avant",
    ],
)  # fmt: skip
def test_back_asks_the_last_question_again(word):
    talk(f"""
        {STEPS["a choice"]}
        > 1
        bot< Which page
        > {word}
        bot< What’s it about?
        > {word}
        bot< Which company
        > {word}
        bot< What’s your name
        > {word}
        bot< This is the first question. | What’s your name
        > Bea
        > Beta
        > 2
        > app
        > low
        bot< 1. Name: Bea | 2. Company: Beta | 3. About: A question
    """)


def test_back_from_the_summary_asks_the_last_question():
    talk(f"""
        {STEPS["the summary"]}
        > /back
        bot< How urgent
        > high
        bot< Priority: High
    """)


def test_back_from_changing_a_line_shows_the_summary():
    talk(f"""
        {STEPS["the summary"]}
        > change 1
        > /back
        bot< 1. Name: Ana
    """)


def test_a_new_request_over_a_begun_one_is_confirmed():
    talk(f"""
        {STEPS["a choice"]}
        > /new
        bot< Continue with it?
        > sí
        bot< What’s it about?
        > nouvelle demande
        tap> Start over
        bot< How can we help?
        in< ticket 2
        > something is wrong since yesterday
        bot< What’s it about?
        in< ticket 2
    """)


def test_new_with_words_begins_with_them():
    talk("""
        en> speak to a person
        > /new the door of the office squeaks
        bot< Let’s start a new request. | What’s your name
        in< ticket 2
    """)


def test_start_greets_and_its_payload_is_kept():
    talking = talk("""
        en!> english
        > /start promo-7
        bot< How can we help?
    """)
    assert talking.conversation.funnel["start"] == "promo-7"


def test_start_while_a_ticket_is_open_says_so():
    talk("""
        en> speak to a person
        > /start
        bot< Hello again. We’re working on #K4-101
        > the line is dead too
        joins<
    """)


def test_an_unknown_command_is_only_words():
    talk(f"""
        {BEGUN}
        > /frobnicate
        bot< Which company
    """)


def test_a_plain_word_that_names_a_choice_is_that_choice():
    talk(f"""
        {BEGUN}
        > Ana
        > Stop Ltd
        bot< What’s it about?
        > ayuda
        bot< Which page, device
    """)


@pytest.mark.parametrize(
    ("name", "company"), [("Will Cancel", "Back & Sons"), ("Ana Stop", "Agente Libre SL")]
)
def test_a_name_that_sounds_like_a_command_is_a_name(name, company):
    talking = talk(f"{BEGUN}\n> {name}\nbot< Which company\n> {company}\nbot< What’s it about?")
    assert talking.conversation.answers["name"].value == name
    assert talking.conversation.answers["company"].value == company


@pytest.mark.parametrize("word", ["back", "help", "new"])
def test_a_plain_word_while_somebody_is_being_talked_to_is_for_them(word):
    talk(f"""
        en> speak to a person
        > {word}
        joins<
        bot<
    """)


def test_cancelling_while_a_ticket_is_open_asks_whether_to_close_it():
    talk("""
        en> speak to a person
        fr> annulez ma demande svp
        joins<
        bot< Close #K4-101?
        buttons< Close it, Keep it open
        tap> Keep it open
        bot< #K4-101 stays open
    """)


def test_asking_for_news_shows_the_status_and_reaches_the_agent():
    talk("""
        en> speak to a person
        fr> où en est ma demande ?
        status<
        joins<
    """)
