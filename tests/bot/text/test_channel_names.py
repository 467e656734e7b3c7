"""Which words ask for the other app, and which only speak of it."""

import pytest

from bot.conversation.commands import Command, ParsedCommand, parse_command
from bot.text.channel_names import is_only_channel_name


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("/telegram", "telegram"),
        ("/Telegram@desk_bot", "telegram"),
        ("/telegarm", "telegram"),
        ("/whatsapp", "whatsapp"),
        ("/tg", "telegram"),
        ("/wa", "whatsapp"),
        ("/move", ""),
        ("/déplacer", ""),
        ("/mover", ""),
        ("/move telegram", "telegram"),
    ],
)
def test_with_a_slash_in_three_languages(text: str, channel: str) -> None:
    assert parse_command(text) == ParsedCommand(Command.MOVE, channel, is_slash=True)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("telegram", "telegram"),
        ("on Telegram?", "telegram"),
        ("Can we continue on Telegram please?", "telegram"),
        ("I prefer WhatsApp", "whatsapp"),
        ("let’s go on in whats app", "whatsapp"),
        ("I’d rather talk on WhatsApp", "whatsapp"),
        ("Je préfère Telegram", "telegram"),
        ("on peut continuer sur WhatsApp ?", "whatsapp"),
        ("Je voudrais passer sur Telegram, s’il vous plaît", "telegram"),
        ("Prefiero Telegram", "telegram"),
        ("¿Podemos seguir por WhatsApp, por favor?", "whatsapp"),
        ("quisiera continuar en telegram", "telegram"),
        ("pasemos a WhatsApp", "whatsapp"),
    ],
)
def test_in_words(text: str, channel: str) -> None:
    assert parse_command(text) == ParsedCommand(Command.MOVE, channel)


@pytest.mark.parametrize(
    "text",
    [
        "Telegram does not open on my phone any more",
        "Messages from WhatsApp do not arrive in your app",
        "from WhatsApp to Telegram",
        "Telegram or WhatsApp?",
        "WhatsApp ne fonctionne plus",
        "no puedo abrir Telegram",
        "I want to continue",
        "not on Telegram",
        "pas sur WhatsApp",
        "/telefono",
        "signal",
    ],
)
def test_words_that_ask_for_no_app(text: str) -> None:
    order = parse_command(text)
    assert order is None or order.command is not Command.MOVE


@pytest.mark.parametrize("text", ["Telegram", "on WhatsApp", "sur Telegram", "por WhatsApp, gracias"])
def test_a_mere_name_may_be_an_answer(text: str) -> None:
    assert is_only_channel_name(text)


@pytest.mark.parametrize("text", ["I prefer Telegram", "continuer sur WhatsApp", "seguir en Telegram"])
def test_a_wish_is_no_mere_name(text: str) -> None:
    assert not is_only_channel_name(text)
