"""Matches a short text to one of several choices: by name (allowing one typo), by number, or in passing."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.text.normalise import (
    NEGATIONS,
    SHORT_TEXT,
    consists_of,
    fold,
    is_near,
    read_number,
    split_phrases,
    tokens,
)

K = TypeVar("K", bound=Hashable)

_EDGES = (0, -1)

_POLITE = frozenset(
    map(
        tokens,
        split_phrases(
            "please,pls,thanks,thank you,svp,stp,s il vous plait,s il te plait,merci,merci beaucoup,por favor,porfa,"
            "gracias,muchas gracias,it,then,alors,donc,pues,entonces"
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice, and every name people use for it."""

    key: str
    names: tuple[str, ...]


class FuzzyIndex(Generic[K]):
    """Folded names and what each stands for, for exact lookup or with one typo.

    One typo leaves the first or the last letter intact, so only names that share one of them are compared.
    """

    def __init__(self, names: Iterable[tuple[str, K]]) -> None:
        self._exact: dict[str, set[K]] = {}
        self._by_edge: dict[tuple[int, str, int], list[tuple[str, K]]] = {}
        for name, key in names:
            self._exact.setdefault(name, set()).add(key)
            for edge in _EDGES if name else ():
                self._by_edge.setdefault((edge, name[edge], len(name)), []).append((name, key))

    def exact(self, typed: str) -> K | None:
        """What the folded text names; None if nothing, or more than one thing."""
        return single(self._exact.get(typed, ()))

    def near(self, typed: str) -> K | None:
        """What the folded text names, allowing one typo; None if nothing, or more than one thing."""
        found = set()
        for size in range(len(typed) - 1, len(typed) + 2):
            for edge in _EDGES if typed else ():
                for name, key in self._by_edge.get((edge, typed[edge], size), ()):
                    if is_near(name, typed):
                        found.add(key)
        return single(found)


def match_choice(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the chosen pick: by its name, nearly its name, or its number, politely or not.

    None if nothing matches, or more than one thing might.
    """
    if len(text) > SHORT_TEXT:
        return None
    return match_name(text, picks) or _by_number(text, picks) or _politely(text, picks)


def find_choice(text: str, picks: Sequence[Pick]) -> str | None:
    """Like `match_choice`, but also finds one pick in a short text: “I think billing”."""
    return match_choice(text, picks) or _in_passing(text, picks)


def match_name(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the pick whose name is the whole text, allowing one typo."""
    typed = _folded(text)
    known = _spellings(tuple(picks))
    return (known.exact(typed) or known.near(typed)) if typed else None


def match_exactly(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the pick whose name is the whole text, letter by letter."""
    typed = _folded(text)
    return _spellings(tuple(picks)).exact(typed) if typed else None


def find_mention(text: str, picks: Sequence[Pick]) -> str | None:
    """The key of the only pick mentioned in the text, unless a “not” comes before it."""
    words, mentions = tokens(text), _mentions(text, picks)
    if NEGATIONS & {word for _, at in mentions for word in words[max(0, at - 4) : at]}:
        return None
    return single(key for key, _ in mentions)


def find_last_mention(text: str, picks: Sequence[Pick]) -> str | None:
    """“Medium… no, high”: the key of the last pick mentioned, if several are and no “not” comes before it."""
    words, mentions = tokens(text), _mentions(text, picks)
    if len({key for key, _ in mentions}) < 2:
        return None
    key, at = mentions[-1]
    return None if NEGATIONS & set(words[max(0, at - 2) : at]) - {"no", "non"} else key


def _mentions(text: str, picks: Sequence[Pick]) -> list[tuple[str, int]]:
    """The picks named in the text, and at which word, in order."""
    words, by_first_word = tokens(text), _by_first_word(tuple(picks))
    return [
        (key, at)
        for at, word in enumerate(words)
        for key, name in by_first_word.get(word, ())
        if words[at : at + len(name)] == name
    ]


def single(keys: Iterable[K]) -> K | None:
    """The only distinct key; None if there are none, or several."""
    found = set(keys)
    return found.pop() if len(found) == 1 else None


def _by_number(text: str, picks: Sequence[Pick]) -> str | None:
    number = read_number(text)
    return picks[number - 1].key if number and number <= len(picks) else None


def _politely(text: str, picks: Sequence[Pick]) -> str | None:
    words = tokens(text)
    if len(words) < 2 or consists_of(words, _POLITE):
        return None
    return single(key for key, phrases in _polite_phrases(tuple(picks)) if consists_of(words, phrases))


def _in_passing(text: str, picks: Sequence[Pick]) -> str | None:
    return None if len(tokens(text)) > 8 or len(text) > SHORT_TEXT else find_mention(text, picks)


def _folded(text: str) -> str:
    return " ".join(tokens(text)) or fold(text).strip()


@lru_cache(512)
def _spellings(picks: tuple[Pick, ...]) -> FuzzyIndex[str]:
    return FuzzyIndex((_folded(name), pick.key) for pick in picks for name in pick.names)


@lru_cache(512)
def _polite_phrases(picks: tuple[Pick, ...]) -> Sequence[tuple[str, frozenset[tuple[str, ...]]]]:
    return [(pick.key, frozenset(map(tokens, pick.names)) | _POLITE) for pick in picks]


@lru_cache(512)
def _by_first_word(picks: tuple[Pick, ...]) -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """Every name of every pick, indexed by its first word, so that a message is compared with few names."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for pick in picks:
        for name in map(tokens, pick.names):
            if name:
                found.setdefault(name[0], []).append((pick.key, name))
    return found
