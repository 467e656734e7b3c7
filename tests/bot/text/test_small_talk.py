"""Courtesy told from work, hello from a story. The journeys of both are in test_advance_tickets."""

import pytest

from bot.text.small_talk import is_hello, is_thanks, is_yes


@pytest.mark.parametrize(
    "text",
    ["Hello", "hi there!", "Bonjour,", "bonsoir 👋", "Hola, buenas tardes", "slt", "helloooo", "ça va ?"],
)
def test_a_hello_is_a_hello(text):
    assert is_hello(text)


@pytest.mark.parametrize("text", ["", "hello my app is broken", "bonjour ça marche pas", "👍", "hello " * 30])
def test_a_story_or_nothing_is_no_hello(text):
    assert not is_hello(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "hello", "good morning", "please help", "x" * 20_000, "merci " * 100]
)
def test_what_does_not_thank_is_no_thanks(text):
    assert not is_thanks(text)


@pytest.mark.parametrize(
    ("text", "is_it"),
    [("yes", True), ("Oui !", True), ("sí", True), ("no", False), ("yes but", False), ("", False)],
)
def test_a_yes_is_a_yes(text, is_it):
    assert is_yes(text) is is_it
