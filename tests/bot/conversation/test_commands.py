"""Which command a text is; and which texts only look like one."""

import pytest

from bot.conversation.commands import Command, ParsedCommand, parse_command, parse_language


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", Command.START),
        ("/HELP@desk_bot", Command.HELP),
        ("/Ayuda", Command.HELP),
        ("/nouveau", Command.NEW),
        ("/état", Command.STATUS),
        ("/cancle", Command.CANCEL),
        ("/atrás", Command.BACK),
        ("/idioma", Command.LANGUAGE),
        (" /human ", Command.HUMAN),
        ("Annuler !", Command.CANCEL),
        ("anuler", None),
        ("Retour", Command.BACK),
        ("¿Dónde está la ayuda?", None),
        ("où en est ma demande ?", Command.STATUS),
        ("estado de mi solicitud", Command.STATUS),
        ("new request", Command.NEW),
        ("cambiar de idioma", Command.LANGUAGE),
        ("call me back", Command.HUMAN),
        ("un conseiller", Command.HUMAN),
        ("hablar con un supervsor", None),
        ("I would like to speak to a human please", None),
        ("I tried to speak to someone but the line went dead", None),
        ("please", None),
        ("/", None),
        ("//note", None),
        ("/frobnicate", None),
        ("back to the shop it goes", None),
        ("", None),
        ("🆘", None),
        ("help " * 100, None),
    ],
)
def test_a_command_is_the_whole_text_and_other_words_are_read_for_their_meaning(text, command):
    order = parse_command(text)
    assert (order.command if order else None) is command


def test_what_follows_a_slash_is_kept():
    assert parse_command("/new the door squeaks\nall day") == ParsedCommand(
        Command.NEW, "the door squeaks\nall day", is_slash=True
    )
    assert parse_command("/start") == ParsedCommand(Command.START, "", is_slash=True)


@pytest.mark.parametrize(
    ("text", "locale"),
    [("Français", "fr"), ("castellano", "es"), ("EN", "en"), ("klingon", ""), ("", ""), ("no", "")],
)
def test_a_language_is_named_in_any_of_the_three(text, locale):
    assert parse_language(text) == locale
