"""What a customer asks us to add to their story."""

import pytest

from bot.reading.additions import find_additions


@pytest.mark.parametrize(
    ("text", "fact", "rest"),
    [
        ("add that we close at five", "we close at five", ""),
        ("make it high, and please add that two shops have it", "two shops have it", "make it high"),
        ("Please also note that the spare works. Then send it", "the spare works", "Then send it"),
        ("ajoutez que le serveur est neuf", "le serveur est neuf", ""),
        ("rajoute aussi qu'on ferme à midi", "on ferme à midi", ""),
        (
            "précisez que c'est au premier étage, et mettez élevée",
            "c'est au premier étage",
            "et mettez élevée",
        ),
        ("añada que solo pasa de noche", "solo pasa de noche", ""),
        ("ponle también que se oye un pitido", "se oye un pitido", ""),
        ("agregue que es urgente para nómina", "es urgente para nómina", ""),
    ],
)
def test_what_follows_is_added(text, fact, rest):
    assert find_additions(text) == ((fact,), rest)


@pytest.mark.parametrize(
    "text",
    ["I'd say that looks fine", "yes that's right", "le mot que vous mettez", "lo que agregué ayer", ""],
)
def test_other_words_add_nothing(text):
    assert find_additions(text) == ((), text)
