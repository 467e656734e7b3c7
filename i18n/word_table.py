"""Reads `words.bin`: how much more likely a word is in one language than in the others.

`words.md` names its sources; `bench/derive_words.py` makes it.
"""

import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.messages.localized import LOCALES

TABLE = Path(__file__).parent / "words.bin"
FOREIGN_CODE = b"\xff\xff\xff"
_STEPS, _MAX_NGRAM, _MAX_WORD_LENGTH = 20, 5, 24
_HEADER = struct.Struct("<II4f")


Scores = tuple[float, float, float]
"""Log likelihood for each of LOCALES, relative to the likeliest: 0 or less."""


class Word(NamedTuple):
    """The scores of one word, and whether the table has it."""

    scores: Scores
    is_known: bool = True
    is_foreign: bool = False
    """A frequent word of another language."""


FOREIGN = Word((0.0, 0.0, 0.0), is_known=True, is_foreign=True)


@lru_cache(maxsize=8192)
def score_word(word: str) -> Word:
    """Score a lower-case word: from the table, or by its letters if it isn't there."""
    found = look_up_word(word)
    if found is None:
        return _table().score_letters(word)
    return FOREIGN._replace(scores=_table().score_letters(word).scores) if found.is_foreign else found


def look_up_word(word: str) -> Word | None:
    """Look a word up in the table; None if it isn't there."""
    return _table().find(word)


class _Table(NamedTuple):
    hashes: "array[int]"
    ratios: bytes
    letters: "array[int]"
    scale: float
    bias: tuple[float, ...]

    def find(self, word: str) -> Word | None:
        key = _hash(word)
        place = bisect_left(self.hashes, key)
        if place == len(self.hashes) or self.hashes[place] != key:
            return None
        steps = self.ratios[3 * place : 3 * place + 3]
        if steps == FOREIGN_CODE:
            return FOREIGN
        return Word((-steps[0] / _STEPS, -steps[1] / _STEPS, -steps[2] / _STEPS))

    def score_letters(self, word: str) -> Word:
        sums = list(self.bias)
        mask = len(self.letters) // 3 - 1
        for ngram in _ngrams(word[:_MAX_WORD_LENGTH]):
            start = 3 * (_hash(ngram) & mask)
            for index in range(3):
                sums[index] += self.letters[start + index] * self.scale
        best = max(sums)
        return Word((sums[0] - best, sums[1] - best, sums[2] - best), is_known=False)


@cache
def _table() -> _Table:
    packed = zlib.decompress(TABLE.read_bytes())
    count, bits, scale, *bias = _HEADER.unpack_from(packed)
    ratios_at = _HEADER.size + 4 * count
    letters_at = ratios_at + len(LOCALES) * count
    hashes = array("I", packed[_HEADER.size : ratios_at])
    if sys.byteorder == "big":
        hashes.byteswap()
    letters = array("b", packed[letters_at : letters_at + (len(LOCALES) << bits)])
    return _Table(hashes, packed[ratios_at:letters_at], letters, scale, tuple(bias))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _ngrams(word: str) -> set[str]:
    """Return the n-grams of 2 to 5 letters, with the ends marked, exactly as when the table was made."""
    marked = f"^{word}$"
    return {
        marked[start : start + size]
        for size in range(2, _MAX_NGRAM + 1)
        for start in range(len(marked) - size + 1)
    }
