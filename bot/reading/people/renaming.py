"""Puts a corrected surname, first name or spelling into the writer's name: the rest of it stays."""

import re
from itertools import combinations

from bot.reading.people.first_names import FIRST_NAMES
from bot.reading.people.name_corrections import corrected_name
from bot.reading.people.name_grammar import name_end
from bot.reading.people.ordinary_words import ORDINARY
from bot.reading.people.person_words import DAYS, TITLES
from bot.reading.people.spelling import (
    FIRST_NAME_LABEL,
    SURNAME_LABEL,
    is_close,
    joined_letters,
    spelled_out,
)
from bot.reading.people.who import composed, span_text
from bot.reading.people.word_spans import phrase_end, phrase_table, word_spans
from bot.text.normalise import fold

_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_FAMILY_NAME = re.compile(r"\b(?:mon|le|du) nom\b(?! complet)", re.IGNORECASE)
"""In French “nom” alone is the surname; “nom complet” isn't."""
_IT_IS = phrase_table(("it s", "its", "it is", "i m", "i am", "c est", "je suis", "es", "soy"))
_NEGATED = re.compile(
    r"(?:\b(?:not|pas|no|sino|instead of|au lieu de|en vez de)\s+(?:[^\W\d_]+\s+)?|\b(?:of|de)\s+)$",
    re.IGNORECASE,
)
_MOST_JOINED = 3


def renamed(name: str, text: str) -> str:
    """The whole name after the correction in the text; "" if it gives none."""
    name, text = composed(name), composed(text)
    given = corrected_name(text) or _same_person(name, text)
    is_labelled = SURNAME_LABEL.search(text) or FIRST_NAME_LABEL.search(text) or _FAMILY_NAME.search(text)
    spelled = spelled_out(text) if is_labelled and not given else None
    given = spelled.name if spelled else joined_letters(given) or given
    if not given:
        return ""
    return respelled_parts(_merged(name, given, text), text)


def _same_person(name: str, text: str) -> str:
    """“It’s Rory Quinn-Hale”, of “Rory Quinn”."""
    words = word_spans(text)
    for at in range(len(words)):
        start = phrase_end(words, at, _IT_IS)
        end = name_end(words, start) if start > at else start
        if end - start > 1 and words[start].folded == fold(name.split(maxsplit=1)[0] if name else ""):
            return span_text(text, words, start, end)
    return ""


def respelled_parts(name: str, text: str) -> str:
    """The name with each part as the text spells it: “Siobhán”, “McGinley” for “Mc Ginley”."""
    for match in _PART.finditer(composed(text)):
        word = match[0].rstrip(".")
        is_said = word[0].isupper() and len(word) > 2 and fold(word) not in ORDINARY | DAYS
        if is_said and not joined_letters(word) and not _NEGATED.search(text[: match.start()]):
            name = _with_part(name, word)
    return name


def _merged(name: str, given: str, text: str) -> str:
    parts = name.split()
    if _is_surname(parts, given, text):
        return _with_surname(parts, given)
    if FIRST_NAME_LABEL.search(text) and len(parts) > 1:
        return " ".join((given, *parts[1:]))
    if len(given.split()) == 1 < len(parts) and any(_is_alike(part, given) for part in parts):
        return _with_part(name, given)
    return given


def _is_surname(parts: list[str], given: str, text: str) -> bool:
    if SURNAME_LABEL.search(text):
        return True
    is_family_name = _FAMILY_NAME.search(text) is not None and not FIRST_NAME_LABEL.search(text)
    is_first_name = is_close(_letters(parts[0]), _letters(given)) if parts else True
    return is_family_name and len(given.split()) == 1 and not is_first_name


def _with_surname(parts: list[str], given: str) -> str:
    """“Ana Ruiz” with the surname “Royo”; a title or a second first name stays."""
    if fold(parts[0]) == fold(given.split(maxsplit=1)[0]):
        return given
    kept = 1
    while kept < len(parts) - 1 and fold(parts[kept - 1]).strip(".") in TITLES:
        kept += 1
    if kept < len(parts) - 1 and fold(parts[kept]) in FIRST_NAMES:
        kept += 1
    is_surname_alone = len(parts) < 2 and fold(parts[0]) not in FIRST_NAMES
    if is_surname_alone:
        return given
    surnames = " ".join(parts[kept:])
    if len(given.split()) == 1 and len(parts) - kept > 1:
        respelled = _with_part(surnames, given)
        return " ".join((*parts[:kept], respelled if respelled != surnames else given))
    return " ".join((*parts[:kept], given))


def _with_part(name: str, word: str) -> str:
    """The name with the part, or the parts side by side, that this word respells."""
    parts = name.split()
    if word in parts:
        return name
    ends = [(a, b) for a, b in combinations(range(len(parts) + 1), 2) if b - a <= _MOST_JOINED]
    for start, end in sorted(ends, key=lambda span: span[0] - span[1]):
        if _letters("".join(parts[start:end])) == _letters(word):
            return " ".join((*parts[:start], word, *parts[end:]))
    near = [at for at, part in enumerate(parts) if is_close(_letters(part), _letters(word))]
    return " ".join((*parts[: near[0]], word, *parts[near[0] + 1 :])) if near else name


def _is_alike(part: str, given: str) -> bool:
    one, other = _letters(part), _letters(given)
    return is_close(one, other) or (len(one) > 3 and one[:4] == other[:4])


def _letters(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
