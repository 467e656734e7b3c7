"""Words and letters as numbers, for the tables of words (`word_table`, `foreign_table`)."""

import zlib
from array import array
from bisect import bisect_left


def hash_text(text: str) -> int:
    """A number for the text, the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def place_of(hashes: "array[int]", key: int) -> int:
    """Where the key is among the sorted hashes; -1 if it isn't there."""
    place = bisect_left(hashes, key)
    return place if place < len(hashes) and hashes[place] == key else -1


def ngrams(word: str, shortest: int, longest: int) -> set[str]:
    """The runs of so many letters, with the word's ends marked, exactly as when the tables were made."""
    marked = f"^{word}$"
    return {
        marked[start : start + size]
        for size in range(shortest, longest + 1)
        for start in range(len(marked) - size + 1)
    }
