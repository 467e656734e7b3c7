"""Reads `words.bin`: how much more likely a word is in one language than in the others.

`words.md` names its sources; `bench/derive_words.py` makes it.
"""

import struct
import sys
import zlib
from array import array
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.messages.localized import LOCALES
from i18n.hashed_words import hash_text, ngrams, place_of

TABLE = Path(__file__).parent / "words.bin"
FOREIGN_CODE = b"\xff\xff\xff"
_STEPS, _MIN_NGRAM, _MAX_NGRAM, _MAX_WORD_LENGTH = 20, 2, 5, 24
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
        place = place_of(self.hashes, hash_text(word))
        if place < 0:
            return None
        steps = self.ratios[3 * place : 3 * place + 3]
        if steps == FOREIGN_CODE:
            return FOREIGN
        return Word((-steps[0] / _STEPS, -steps[1] / _STEPS, -steps[2] / _STEPS))

    def score_letters(self, word: str) -> Word:
        sums = list(self.bias)
        mask = len(self.letters) // 3 - 1
        for ngram in ngrams(word[:_MAX_WORD_LENGTH], _MIN_NGRAM, _MAX_NGRAM):
            start = 3 * (hash_text(ngram) & mask)
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
