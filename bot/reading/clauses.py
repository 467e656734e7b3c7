"""Splits a message into sentences and clauses, so that each can be read on its own."""

import re
from functools import lru_cache

_SENTENCE = re.compile(
    r"(?<=[.!?…])[\s)»”\"]+|\n+|(?<=[^\d\s])\s*[;]\s+|\s+[–—]\s+|\s*[\U0001f300-\U0001faff]+\s+(?=\w)"
)
_CLAUSE = re.compile(
    r",\s+|\s*[:(]\s+|\s+-\s+|\.\.+\s*"
    r"|\s+(?=(?:and|but|then|so|because|et|mais|puis|donc|du coup|parce que|y|e|pero|entonces|porque)\s)",
    re.IGNORECASE,
)
_LINK = re.compile(r"^(?:and|but|then|so|et|mais|puis|donc|y|pero|entonces)\s+(?=\S)", re.IGNORECASE)
_MOST_SENTENCES, _MOST_CLAUSES = 12, 16


@lru_cache(64)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of the text, at most twelve."""
    parts = (part.strip() for part in _SENTENCE.split(text))
    return tuple(part for part in parts if any(map(str.isalnum, part)))[:_MOST_SENTENCES]


_CONTRAST = re.compile(
    r"\b(?:but|though|mais|pero|sino que|sauf que|par contre|en cambio)\b,?\s+", re.IGNORECASE
)


@lru_cache(64)
def after_contrast(text: str) -> str:
    """What follows the last “but”, which weighs more than what comes before; "" if nothing does."""
    *before, after = _CONTRAST.split(text)
    return after.strip() if before and after.strip() and before[0].strip() else ""


@lru_cache(64)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of all sentences, without the words that link them, at most sixteen."""
    parts = (
        _LINK.sub("", part.strip(" ,;:")) for sentence in sentences(text) for part in _CLAUSE.split(sentence)
    )
    return tuple(part for part in parts if any(map(str.isalnum, part)))[:_MOST_CLAUSES]
