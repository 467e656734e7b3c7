"""Which language the bot speaks: heard, wished for, asked, offered; never switched on its own."""

import pytest

from tests.fixtures.conversation_script import talk

QUESTION = "Which language do you prefer? | Quelle langue préférez-vous | ¿Qué idioma prefiere?"


@pytest.mark.parametrize("locale", ["en", "fr", "es"])
def test_a_sure_first_message_decides(locale):
    talk(f"""
        {locale}> words that tell what happens here
        bot< Hi, this is
        language< {locale}
    """)


@pytest.mark.parametrize(
    ("answer", "locale"),
    [
        ("1", "en"),
        ("2", "fr"),
        ("3.", "es"),
        ("English", "en"),
        ("francais", "fr"),
        ("francés", "fr"),
        ("anglais", "en"),
        ("espagnol svp", "es"),
        ("ES", "es"),
        ("Espanol", "es"),
    ],
)
def test_when_nothing_tells_the_language_is_asked_and_the_message_kept(answer, locale):
    talk(f"""
        > app 12 wifi error pdf
        bot< {QUESTION}
        buttons< English, Français, Español
        > {answer}
        language< {locale}
        bot< Hi, this is | What’s your name
        in< ticket 1
        > Ana
        > /human
        opens< a person; description=app 12 wifi error pdf
    """)


def test_a_thin_margin_asks():
    talk(f"""
        fr?> pb urgent app
        bot< {QUESTION}
        tap> Español
        language< es
        bot< What’s your name
    """)


def test_the_hint_puts_its_language_first_and_decides_nothing():
    talk(
        f"""
        > /start
        bot< {QUESTION}
        buttons< Français, English, Español
        > 1
        language< fr
        bot< How can we help?
    """,
        hint="fr",
    )


def test_who_goes_on_writing_instead_of_choosing_is_heard():
    talk("""
        > app 12
        fr> elle ne démarre plus depuis hier
        language< fr
        bot< What’s your name
        > /human
        opens< a person; description=app 12 ⏎ elle ne démarre plus depuis hier
    """)


def test_who_never_chooses_is_not_asked_for_ever():
    talk("""
        > 12
        > ???
        bot< Which language
        > 🙃
        bot< Which language
        > 77
        language< en
        bot< Hi, this is
    """)


@pytest.mark.parametrize("greeting", ["english please", "English", "in english please"])
def test_a_wish_is_obeyed_and_asks_what_it_is_about(greeting):
    talk(f"""
        en!> {greeting}
        language< en
        bot< Hi | How can we help?
    """)


def test_a_wish_within_a_story_keeps_the_story():
    talk("""
        es!> En español por favor, mi aplicación se cierra sola cada mañana
        language< es
        bot< What’s your name
    """)


def test_a_wish_on_the_way_changes_the_language_and_asks_the_same_again():
    talk("""
        en> my app stays blank all day
        fr!> en français svp
        language< fr
        bot< What’s your name
        > Español
        language< es
        bot< What’s your name
    """)


def test_two_sure_messages_in_another_language_bring_one_offer():
    talk("""
        en> my app stays blank all day
        fr> je m’appelle Paul
        language< en
        fr> la société Dupont
        bot< Souhaitez-vous continuer en français
        buttons< Français, Stay in English
        language< en
        tap> Français
        language< fr
        bot< How urgent
    """)


def test_the_name_of_a_choice_is_no_sign_of_a_language():
    talk("""
        fr> ça s’est arrêté ce matin
        fr> Paul Martin
        fr> Dupont
        es> Une panne
        fr> la page d’accueil
        es> Urgente
        language< fr
        bot< Ready to send?
        es> no tengo nada que añadir todavía
        es> falta decir que pasa cada mañana
        bot< ¿Prefiere continuar en español
    """)


def test_the_offer_may_be_declined_and_never_comes_back():
    talk("""
        en> it stopped working this morning
        fr> je m’appelle Paul
        fr> la société Dupont
        > no
        language< en
        bot< What’s it about?
        fr> une panne
        fr> la page d’accueil
        fr> urgente
        language< en
        bot< Ready to send?
    """)


def test_an_answer_in_place_of_a_yes_or_no_about_language_is_an_answer():
    talk("""
        en> it stopped working this morning
        fr> je m’appelle Paul
        fr> la société Dupont
        bot< Souhaitez-vous
        > une panne
        bot< Which page, device
        language< en
    """)


def test_names_that_sound_foreign_offer_nothing():
    talk("""
        en> it stopped working this morning
        es> Juan Pérez
        es> Telefónica
        bot< What’s it about?
        es> algo no funciona
        bot< Which page, device
    """)


def test_one_message_in_another_language_offers_nothing():
    talk("""
        en> it stopped working this morning
        fr> je m’appelle Paul
        bot< Which company
        en> The Dupont Company
        fr> une panne
        bot< Which page, device
    """)


def test_the_language_command_asks_or_obeys_and_returns_to_the_question():
    talk("""
        en> my app stays blank all day
        > /language
        bot< Which language
        > 2
        language< fr
        bot< What’s your name
        > /language es
        language< es
        bot< What’s your name
        > /fr
        language< fr
        > /language klingon
        bot< Which language
        > Ana
        bot< Which company
        language< fr
    """)


def test_the_language_may_change_while_a_ticket_is_open_without_a_word_lost():
    talk("""
        en> my app stays blank all day
        > /human
        fr> rien ne marche ici
        joins<
        bot<
        fr> toujours rien du tout
        joins<
        bot< Souhaitez-vous continuer en français
        fr> il y a aussi une odeur de brûlé
        joins<
        bot<
    """)
