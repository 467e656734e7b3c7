"""Which of our languages a message asks for."""

import pytest

from bot.reading.languages import language_wanted


@pytest.mark.parametrize(
    ("text", "spoken", "wanted"),
    [
        ("can we continue in French?", "en", "fr"),
        ("en español, por favor", "en", "es"),
        ("Parlez-vous anglais ?", "fr", "en"),
        ("not English, Spanish please", "en", "es"),
        ("I don't speak French, English please", "fr", "en"),
        ("English please", "en", ""),
        ("auf Deutsch bitte", "en", ""),
        ("", "en", ""),
    ],
)
def test_the_last_language_named_that_we_do_not_speak_already_is_wanted(text, spoken, wanted):
    assert language_wanted(text, spoken) == wanted
