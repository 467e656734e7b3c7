"""People who write in a language that we don't speak: told once in it, kept, and never talked to in circles."""

import pytest

from bot.messages.foreign_languages import FOREIGN_LANGUAGES
from bot.messages.localized import LOCALES
from tests.fixtures.conversation_script import Talk, policy, talk

PORTUGUESE = "Falamos espanhol, francês e inglês"


@pytest.mark.parametrize("code", sorted(FOREIGN_LANGUAGES))
def test_a_first_message_is_answered_in_its_own_language_with_ours_nearest_first_and_a_person(code):
    theirs = FOREIGN_LANGUAGES[code]
    talking = Talk(policy())
    talking.play(f"{code}> their words tell what happens here")
    talking.play(f"bot< {theirs.we_speak} | Which language do you prefer?")
    assert talking.payloads == (*(f"lang:{locale}" for locale in theirs.nearest), "human")
    assert talking.options[-1] == theirs.person
    assert talking.conversation.locale == ""
    assert not talking.conversation.answers


@pytest.mark.parametrize("code", sorted(FOREIGN_LANGUAGES))
def test_what_they_are_told_fits_a_phone(code):
    theirs = FOREIGN_LANGUAGES[code]
    assert sorted(theirs.nearest) == sorted(LOCALES)
    assert all(len(text) <= 100 for text in (theirs.we_speak, theirs.choose))
    assert len(theirs.person) <= 20


def test_the_second_message_is_answered_shorter_and_the_third_hands_over_with_all_words():
    talk(f"""
        pt> não consigo entrar na minha conta
        bot< {PORTUGUESE}
        pt> alguém pode ajudar?
        bot< Escolha um idioma
        buttons< Español, Français, English, Falar com uma pessoa
        pt> espero há uma hora
        opens< a person; description=não consigo entrar na minha conta ⏎ alguém pode ajudar? ⏎ espero há uma hora
        language< es
        pt> obrigado
        joins<
        bot<
    """)


def test_the_second_answer_does_not_repeat_the_first():
    talking = Talk(policy())
    talking.play("pl> nie mogę się zalogować")
    first = talking.told()
    talking.play("pl> czy jest tam ktoś?")
    assert FOREIGN_LANGUAGES["pl"].we_speak in first
    assert talking.told() == FOREIGN_LANGUAGES["pl"].choose


def test_the_person_button_opens_a_ticket_with_the_held_words():
    talk("""
        de> ich kann mich nicht anmelden
        tap> Zu einem Mitarbeiter
        opens< a person; description=ich kann mich nicht anmelden
        language< en
    """)


def test_a_person_may_be_asked_for_by_the_number_shown():
    talk("""
        de> ich kann mich nicht anmelden
        de> 4
        opens< a person; description=ich kann mich nicht anmelden
    """)


@pytest.mark.parametrize("wish", ["Zu einem Mitarbeiter", "bitte einen Mitarbeiter"])
def test_a_person_may_be_asked_for_in_their_own_words(wish):
    talk(f"""
        de> ich kann mich nicht anmelden
        de> {wish}
        opens< a person; description=ich kann mich nicht anmelden ⏎ {wish}
    """)


@pytest.mark.parametrize(
    ("answer", "locale"),
    [("1", "es"), ("3", "en"), ("espanhol", "es"), ("em inglês", "en"), ("français", "fr")],
)
def test_the_language_may_be_chosen_by_the_number_shown_or_by_its_name_in_theirs(answer, locale):
    talk(f"""
        pt> não consigo entrar na minha conta
        pt?> {answer}
        language< {locale}
        bot< Hi, this is
        in< ticket 1
    """)


def test_a_greeting_is_no_description():
    talk("""
        pt?> Bom dia
        tap> Español
        bot< How can we help?
    """)


def test_who_goes_on_in_one_of_our_languages_is_heard():
    talk("""
        nl> ik kan niet inloggen
        en> my app stays blank all day
        language< en
        bot< What’s your name
    """)


def test_what_looks_like_a_command_in_their_words_is_held_as_well():
    talk("""
        pt> cancelar
        bot< Falamos espanhol
        tap> Falar com uma pessoa
        opens< a person; description=cancelar
    """)


def test_an_unclear_answer_is_not_asked_about_for_ever():
    talk("""
        ar> لا أستطيع تسجيل الدخول
        > ???
        > 99
        > 🙃
        language< fr
    """)


def test_a_sentence_is_not_taken_as_a_name_but_kept_and_explained_once():
    talk("""
        en> my app stays blank all day
        de> ich verstehe die Frage nicht
        bot< Wir sprechen Englisch | What should we call you?
        de> was soll ich hier schreiben?
        bot< someone from the team can take over | What’s your name
        > Ana
        bot< Which company
        language< en
    """)


def test_a_third_sentence_in_place_of_a_name_hands_over():
    talk("""
        en> my app stays blank all day
        de> was ist gefragt?
        de> ich verstehe nicht
        de> bitte um Hilfe
        opens< a person; description=my app stays blank all day ⏎ was ist gefragt? ⏎ ich verstehe nicht ⏎ bitte um Hilfe
    """)


def test_a_name_that_sounds_foreign_is_a_name():
    talking = talk("""
        en> my app stays blank all day
        de?> Jürgen Müller
        bot< Which company are you with?
        de?> Müller und Söhne GmbH
        bot< How urgent is it?
    """)
    assert talking.conversation.answers["name"].value == "Jürgen Müller"


def test_a_new_request_in_their_language_is_taken_and_says_which_languages_we_speak():
    talk("""
        en> speak to a person
        desk> closes
        after> 9 days
        pl> nie mogę się zalogować
        bot< Mówimy po angielsku | I’ve got your message
        pl> nie rozumiem pytania
        language< en
    """)


@pytest.mark.parametrize(
    "line", ["uk> не можу увійти", "pl> nie mogę się zalogować", "de> es geht immer noch nicht"]
)
def test_messages_in_their_language_join_a_live_ticket_quietly(line):
    talk(f"""
        en> speak to a person
        {line}
        joins<
        bot<
    """)


def test_thanks_in_their_language_begin_no_request():
    talk("""
        en> speak to a person
        desk> closes
        after> 9 days
        pt?> obrigado
        nothing<
    """)
