"""Who a text names as its writer, and where."""

import re
import unicodedata
from dataclasses import dataclass

from bot.reading.people.word_spans import Word


@dataclass(frozen=True, slots=True)
class Who:
    """The writer's name and company as written, and the text without them."""

    name: str = ""
    company: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A name and a company in a text, and the part of it, by characters, that introduces them."""

    name: str = ""
    company: str = ""
    start: int = 0
    end: int = 0


def span_text(text: str, words: tuple[Word, ...], start: int, end: int) -> str:
    """The text of these words as written, on one line; the dot of a last initial or “S.L.” belongs to it."""
    if end <= start:
        return ""
    last = words[end - 1]
    is_abbreviated = text[last.end : last.end + 1] == "." and end - start > 1 and words[end - 1].gap in (".",)
    written = words[start].text + "".join(word.gap + word.text for word in words[start + 1 : end])
    return " ".join(written.split()) + "." * is_abbreviated


def without_span(text: str, start: int, end: int) -> str:
    """The text without that part and the punctuation that set it off."""
    before = text[:start].rstrip().rstrip(",;:-–—").rstrip()
    after = re.sub(r"^[\s,.;:!)–—-]+", "", text[end:])
    if not before or not after:
        return before or after
    return f"{before}{' ' if before[-1] in '.!?…' else ', '}{after}"


def composed(text: str) -> str:
    """The text with each accent joined to its letter."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
