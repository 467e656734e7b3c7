"""Turns a text into the numbers that the models read: its meaning, and its words and letters."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.reading.encoder import SIZE, Vector, encode
from bot.text.normalise import NEGATIONS, fold, squeeze_repeats

PLACES = 32768
"""How many places words and letters are hashed to."""
_DENSE = 4096
_LEXICAL_WEIGHT = 0.8  # against the sentence vector's 1.0
_NEGATED = 3
"""How many words after a “not” it turns round."""
_TOKEN = re.compile(r"\w+|[?!]|[^\w\s]")

Hashed = tuple[NDArray[np.int64], Vector]
"""The places of a text's words and letters, and how much each counts."""


def sentence_vectors(texts: Sequence[str]) -> Vector:
    """A row for each text: what it means."""
    return encode([plain(text) for text in texts])


@lru_cache(1024)
def hashed(text: str) -> Hashed:
    """What words and letters the text has."""
    grams = [crc32(gram.encode()) % PLACES for gram in _grams(plain(text))]
    places, counts = np.unique(np.array(grams, np.int64), return_counts=True)
    values = np.sqrt(counts).astype(np.float32)
    return places, values * np.float32(_LEXICAL_WEIGHT / (np.linalg.norm(values) or 1.0))


def dense_features(texts: Sequence[str]) -> Vector:
    """Both in one row for each text, with fewer places; for models of few examples."""
    rows = np.zeros((len(texts), SIZE + _DENSE), np.float32)
    rows[:, :SIZE] = sentence_vectors(texts)
    for row, text in zip(rows, texts, strict=True):
        places, values = hashed(text)
        np.add.at(row, SIZE + places % _DENSE, values)
    return rows


@lru_cache(256)
def plain(text: str) -> str:
    """The text as both kinds of features see it: without case, drawn-out letters and extra spaces."""
    return " ".join(squeeze_repeats(text.replace("’", "'").casefold()).split())


def _grams(text: str) -> Iterator[str]:
    """Words, negated words, pairs of words, and the letters inside each word, so that typos share most of them."""
    words = _TOKEN.findall(fold(text))
    yield from (f"w:{word}" for word in words)
    yield from (
        f"n:{word}"
        for at, word in enumerate(words)
        if not NEGATIONS.isdisjoint(words[max(0, at - _NEGATED) : at])
    )
    yield from (f"p:{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True))
    for word in words:
        padded = f"<{word}>"
        yield from (padded[at : at + 4] for at in range(max(1, len(padded) - 3)))
