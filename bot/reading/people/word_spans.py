"""Splits a message into words that know their place in it, so that what is found keeps its spelling."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.text.normalise import fold, tokens

_WORD = re.compile(r"[^\W_]+")
_HESITATIONS = frozenset(
    ("uh", "um", "uhm", "erm", "er", "eh", "euh", "heu", "ehm", "hmm", "mmm", "hum", "huh")
)
_PLAIN = re.compile(r"[ \t]*|[’'‘`´-]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `gap` is what stands between it and the word before."""

    text: str
    folded: str
    start: int
    end: int
    gap: str
    is_capital: bool

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isalpha()

    @property
    def follows_plainly(self) -> bool:
        """Only a space, an apostrophe or a hyphen before it."""
        return self.gap == " " or _PLAIN.fullmatch(self.gap) is not None


@lru_cache(16)
def word_spans(text: str) -> tuple[Word, ...]:
    """The words of the text. In a text without lower case, or without capitals, no word counts as a capital."""
    has_case = text != text.upper() or not re.search(r"[^\W\d_]{4}", text)
    found = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0]
        is_capital = has_case and (word[0].isupper() or not (word[0].islower() or word[0].isdigit()))
        folded = word.casefold() if word.isascii() else fold(word)
        found.append(Word(word, folded, match.start(), match.end(), text[end : match.start()], is_capital))
        end = match.end()
    return tuple(found)


def spoken_words(text: str) -> tuple[Word, ...]:
    """The words without “uh” and “euh”, as if the sentence had been said straight."""
    found: list[Word] = []
    gap = ""
    for word in word_spans(text):
        if word.folded in _HESITATIONS and not word.is_capital:
            gap += word.gap
        elif gap:
            is_repeated = bool(found) and found[-1].folded == word.folded
            marks = (gap + word.gap).strip()
            before = found.pop().gap if is_repeated else f"{marks[:1]} " if marks else " "
            found.append(replace(word, gap=before))
            gap = ""
        else:
            found.append(word)
    return tuple(found)


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def phrase_table(phrases: Iterable[str]) -> Phrases:
    """The phrases by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tokens(phrase)
        table.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(set(found), key=len, reverse=True)) for first, found in table.items()}


def phrase_end(words: tuple[Word, ...], at: int, phrases: Phrases) -> int:
    """Where the longest phrase that begins at this word ends, or `at` if none does."""
    if at >= len(words):
        return at
    for phrase in phrases.get(words[at].folded, ()):
        end = at + len(phrase)
        following = words[at + 1 : end]
        is_said = end <= len(words) and all(w.folded == p for w, p in zip(following, phrase[1:], strict=True))
        if is_said and all(word.follows_plainly or word.gap.strip() in "/:" for word in following):
            return end
    return at
