"""Tells a language by its script: Arabic, Chinese, Russian, Ukrainian."""

import re
import unicodedata
from collections.abc import Sequence

from bot.messages.foreign_languages import FOREIGN_LANGUAGES
from i18n.foreign_table import is_ukrainian_word
from i18n.foreign_vocabulary import (
    OTHER_CYRILLIC,
    PERSIAN_LETTERS,
    RUSSIAN_LETTERS,
    UKRAINIAN_LETTERS,
)

_LAST_LATIN = 0x24F
_UKRAINIAN_GREETINGS = tuple(FOREIGN_LANGUAGES["uk"].courtesies.split(","))


def is_latin(words: Sequence[str]) -> bool:
    """Whether at least half of the letters are Latin."""
    letters = "".join(words)
    return sum(ord(letter) > _LAST_LATIN for letter in letters) * 2 <= len(letters)


def language_of_script(words: Sequence[str]) -> str:
    """The language of these words in another script; "" if we don't recognise it."""
    letters = {letter for word in words for letter in word if ord(letter) > _LAST_LATIN}
    scripts = [_script(letter) for word in words for letter in word if ord(letter) > _LAST_LATIN]
    match max(sorted(set(scripts)), key=scripts.count):
        case "cyrillic":
            return _cyrillic(words, letters)
        case "arabic":
            return "" if letters & set(PERSIAN_LETTERS) else "ar"
        case "cjk":
            return "" if {"hiragana", "katakana"} & set(scripts) else "zh"
    return ""


def _script(letter: str) -> str:
    return re.split("[ -]", unicodedata.name(letter, "-"), maxsplit=1)[0].lower()


def _cyrillic(words: Sequence[str], letters: set[str]) -> str:
    if letters & set(OTHER_CYRILLIC):
        return ""
    is_greeting = " ".join(words).startswith(_UKRAINIAN_GREETINGS)
    is_ukrainian = is_greeting or letters & set(UKRAINIAN_LETTERS) or any(map(is_ukrainian_word, words))
    return "uk" if is_ukrainian and not letters & set(RUSSIAN_LETTERS) else "ru"
