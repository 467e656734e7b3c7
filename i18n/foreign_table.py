"""Reads `foreign.bin`: which language a word belongs to, of ten in Latin letters; or Russian or Ukrainian.

`words.md` names its sources; `bench/derive_foreign_words.py` makes it.
"""

import struct
import sys
import zlib
from array import array
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from i18n.hashed_words import hash_text, ngrams, place_of

LANGUAGES = ("en", "fr", "es", "pt", "it", "ca", "de", "nl", "pl", "ro")
TABLE = Path(__file__).parent / "foreign.bin"
BITS = 14
NGRAM_SIZES = (1, 4)  # letters, from and to
_STEPS, _MAX_WORD_LENGTH = 20, 24
_HEADER = struct.Struct(f"<IIf{len(LANGUAGES)}f")


class WordScores(NamedTuple):
    """Log likelihood for each of LANGUAGES, relative to the likeliest, and whether the table has the word."""

    scores: tuple[float, ...]
    is_known: bool = True


@lru_cache(maxsize=8192)
def score_word(word: str) -> WordScores:
    """Score a lower-case word: from the table, or by its letters if it isn't there."""
    return _table().find(word) or WordScores(_table().score_letters(word), is_known=False)


def is_ukrainian_word(word: str) -> bool:
    """Whether Ukrainian has this lower-case word and Russian hardly does, though it has all its letters."""
    return place_of(_table().ukrainian, hash_text(word)) >= 0


class _Table(NamedTuple):
    hashes: "array[int]"
    ukrainian: "array[int]"
    ratios: bytes
    letters: "array[int]"
    scale: float
    bias: tuple[float, ...]

    def find(self, word: str) -> WordScores | None:
        place = place_of(self.hashes, hash_text(word))
        if place < 0:
            return None
        start = len(LANGUAGES) * place
        return WordScores(tuple(-step / _STEPS for step in self.ratios[start : start + len(LANGUAGES)]))

    def score_letters(self, word: str) -> tuple[float, ...]:
        count = len(LANGUAGES)
        sums = list(self.bias)
        for ngram in ngrams(word[:_MAX_WORD_LENGTH], *NGRAM_SIZES):
            start = count * (hash_text(ngram) & ((1 << BITS) - 1))
            for index in range(count):
                sums[index] += self.letters[start + index] * self.scale
        best = max(sums)
        return tuple(score - best for score in sums)


@cache
def _table() -> _Table:
    packed = zlib.decompress(TABLE.read_bytes())
    count, ukrainian_count, scale, *bias = _HEADER.unpack_from(packed)
    ratios_at = _HEADER.size + 4 * (count + ukrainian_count)
    letters_at = ratios_at + len(LANGUAGES) * count
    hashes = array("I", packed[_HEADER.size : ratios_at])
    if sys.byteorder == "big":
        hashes.byteswap()
    letters = array("b", packed[letters_at:])
    return _Table(hashes[:count], hashes[count:], packed[ratios_at:letters_at], letters, scale, tuple(bias))
