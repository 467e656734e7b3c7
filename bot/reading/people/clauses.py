"""Splits an answer into clauses and skips what comes before the value: “oh sorry, my name is …”."""

import re

from bot.reading.people.company_words import SUFFIXES
from bot.reading.people.person_words import TITLES
from bot.reading.people.word_spans import Phrases, Word, phrase_end

_ABBREVIATIONS = TITLES | {"st", "ets", "ste", "bros", "cia", "co", "jr", "cie"}
_BREAK = re.compile(r"[,;:!?…()\n\"“”«»]|\.\s|\.$|\.\.|[–—]|\s-\s|[\U0001f000-\U0001faff\u2600-\u27bf]")


def clauses(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """The words between two marks; the dot of an initial or a title doesn't part them."""
    found: list[list[Word]] = []
    for at, word in enumerate(words):
        before = words[at - 1]
        is_short = (
            before.is_initial and ((before.is_capital and word.is_capital) or word.folded == "de")
        ) or before.folded in _ABBREVIATIONS
        is_abbreviation = at > 0 and word.gap.strip() == "." and is_short
        is_suffix = word.gap.strip() == "," and word.folded in SUFFIXES
        if not found or (_BREAK.search(word.gap) and not is_abbreviation and not is_suffix):
            found.append([])
        found[-1].append(word)
    return tuple(map(tuple, found))


def skip_phrases(words: tuple[Word, ...], phrases: Phrases, at: int = 0) -> int:
    """Where the words go on after any number of these phrases."""
    while (end := phrase_end(words, at, phrases)) > at:
        at = end
    return at
