"""Whether a story says what it is about."""

import pytest

from bot.reading.vague_words import is_specific


@pytest.mark.parametrize(
    "text", ["the printer is broken", "la caja no anda", "problème de facture", "web-07 is slow"]
)
def test_a_thing_that_is_named_is_specific(text):
    assert is_specific(text)


@pytest.mark.parametrize(
    "text",
    [
        "it stopped working this morning",
        "ça ne marche plus depuis hier",
        "no funciona nada, ayuda",
        "HELP!!",
        "42",
        "",
    ],
)
def test_words_that_fit_anything_are_vague(text):
    assert not is_specific(text)
