"""Cleans text for providers and splits it to a channel's limits, without losing or breaking a character."""

from collections.abc import Iterator

import regex

_GRAPHEMES = regex.compile(r"\X")
_FORBIDDEN_CHARACTERS = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NO_BREAK_SPACES = (
    "\u00a0\u202f\u2007\u2060"  # spaces where a line must not break, such as the one before “!” in French
)
_SENTENCE_ENDS = ".!?…。！？"
_LONGEST_NAME = 120  # the end is kept because it holds the extension
_WORD, _SENTENCE, _LINE, _PARAGRAPH = range(4)


def clean_text(text: str) -> str:
    """The text without what providers and the store reject: control characters go, lone surrogates become “�”."""
    if text.isprintable():
        return text
    return _FORBIDDEN_CHARACTERS.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", text)


def safe_file_name(name: str) -> str:
    """A file name that's safe in headers, forms and folders; "" when nothing is left."""
    kept = "".join(letter for letter in clean_text(name) if letter.isprintable() and letter not in '/\\"')
    return kept[-_LONGEST_NAME:].strip(". ")


def utf16_length(text: str) -> int:
    """The length as providers count it: UTF-16 code units, so most emoji count as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int) -> tuple[str, ...]:
    """Split into pieces of at most `limit` UTF-16 units that join to the same text.

    Splits after a paragraph, else a line, a sentence or a word, and never inside a grapheme unless that alone
    is longer than the limit.
    """
    if utf16_length(text) <= limit:
        return (text,) if text else ()
    return tuple(_pieces(text, limit))


def _pieces(text: str, limit: int) -> Iterator[str]:
    start, start_units = 0, 0  # of the current piece
    at, at_units = 0, 0
    ends: dict[int, tuple[int, int]] = {}  # the last place to split, by priority
    before = ""
    for atom in _unbreakable_pieces(text, limit):
        size = utf16_length(atom)
        while at_units + size - start_units > limit:
            cut, cut_units = _best(ends, start, start_units, limit) or (at, at_units)
            yield text[start:cut]
            start, start_units = cut, cut_units
        at, at_units = at + len(atom), at_units + size
        goodness = _break_priority(before, atom)
        if goodness is not None:
            ends[goodness] = (at, at_units)
        before = atom
    yield text[start:]


def _unbreakable_pieces(text: str, limit: int) -> Iterator[str]:
    """Graphemes; only one longer than the limit, such as an endless pile of accents, is taken apart."""
    for found in _GRAPHEMES.finditer(text):
        grapheme = found[0]
        if utf16_length(grapheme) > limit:
            yield from grapheme
        else:
            yield grapheme


def _break_priority(before: str, atom: str) -> int | None:
    """How good it is to split after `atom`; None where the text must not be split."""
    if atom[-1] == "\n":
        return _PARAGRAPH if before.endswith("\n") else _LINE
    if atom in _NO_BREAK_SPACES or not atom.isspace():
        return None
    return _SENTENCE if before and before[-1] in _SENTENCE_ENDS else _WORD


def _best(
    ends: dict[int, tuple[int, int]], start: int, start_units: int, limit: int
) -> tuple[int, int] | None:
    """The best place in the second half of the piece, else the end of the last word, if there is one."""
    places = [(goodness, *place) for goodness, place in ends.items() if place[0] > start]
    late = [place for place in places if place[2] - start_units > limit // 2]
    if late:
        return max(late)[1:]
    return max(((at, at_units) for _, at, at_units in places), default=None)
