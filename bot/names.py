"""Telling a person's or a company's name from a sentence, when a name was asked."""

import re

from bot.words import count_words, tokens

_INTRODUCED = re.compile(
    r"(?i)^(?:(?:hi|hello|bonjour|hola)[,!. ]+)?(?:my name is|my name’s|my name's|name's|i am|i'm|i’m|it's|it’s|this is|"
    r"je m’appelle|je m'appelle|je suis|mon nom est|moi c’est|moi c'est|c’est|c'est|"
    r"me llamo|mi nombre es|soy|es)\s+(?=\S)"
)
_NO_NAME_BEGINS = frozenset(
    tokens(
        "since and also but because when it its the there my i we you why how what where can could please not no "
        "still every after before if as yes ok "
        "depuis et mais aussi car parce quand ca cela il elle je j nous vous pourquoi comment que quand ou mon ma mes "
        "toujours apres avant si oui pas ne c "
        "desde y pero tambien porque cuando como que donde mi mis nosotros todavia despues antes si no "
    )
) - {"si"}
_LONGEST = {True: (5, 50), False: (7, 60)}
"""Words and characters of the longest name of a person, and of a company."""


def is_name_like(text: str, *, is_person: bool) -> bool:
    """Whether a text may be a name: short, on one line, no question, not the next sentence of a story."""
    most_words, most_characters = _LONGEST[is_person]
    bare = name_in(text)
    if "\n" in bare or "?" in bare or len(bare) > most_characters or count_words(bare) > most_words:
        return False
    if not re.search(r"[^\W\d_]", bare) or (is_person and re.search(r"\d|@|https?:", bare)):
        return False
    words = tokens(bare)
    return not (len(words) > 1 and words[0] in _NO_NAME_BEGINS)


def name_in(text: str) -> str:
    """The name without “my name is” and the like."""
    return " ".join(_INTRODUCED.sub("", text.strip()).strip(" .,!").split()) if len(text) < 200 else text
