"""Normalises short texts: accents, case, one typo, numbers in words."""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

SHORT_TEXT = 60
"""Characters: a longer text is a story, and isn't compared with the names of choices."""

_NUMBERS = (
    ("1", "one", "un", "une", "uno", "una", "first", "premier", "premiere", "primero", "primera"),
    ("2", "two", "deux", "dos", "second", "deuxieme", "seconde", "segundo", "segunda"),
    ("3", "three", "trois", "tres", "third", "troisieme", "tercero", "tercera"),
    ("4", "four", "quatre", "cuatro", "fourth", "quatrieme", "cuarto", "cuarta"),
    ("5", "five", "cinq", "cinco", "fifth", "cinquieme", "quinto", "quinta"),
    ("6", "six", "seis", "sixth", "sixieme", "sexto", "sexta"),
    ("7", "seven", "sept", "siete", "seventh", "septieme", "septimo", "septima"),
    ("8", "eight", "huit", "ocho", "eighth", "huitieme", "octavo", "octava"),
    ("9", "nine", "neuf", "nueve", "ninth", "neuvieme", "noveno", "novena"),
    ("10", "ten", "dix", "diez", "tenth", "dixieme", "decimo", "decima"),
)
_EMOJI_VARIANTS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d]")  # skin tones: every 👍 is the same


def split_phrases(text: str) -> tuple[str, ...]:
    """The comma-separated phrases of a table, which may span several lines."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


_NUMBER_FILLER = frozenset(
    split_phrases(
        "option,opcion,number,numero,num,nro,choice,choix,the,le,la,l,el,lo,one,please,svp,stp,por,favor"
    )
)
_NUMERAL = re.compile(
    r"\b(?:n\W{0,2}o?\W{0,2})?(\d{1,3})(?:st|nd|rd|th|ere?|re|i?eme|me|n?de|e|[rtm]?[ao]|d[ao]|v[ao])?\b"
)
"""A number in digits, such as “2”, “2nd”, “nº 2”, “2ème” or “2da”, folded."""
NEGATIONS = frozenset(
    split_phrases(
        "not,no,non,ne,n,pas,t,isn,aren,don,dont,doesn,doesnt,wont,cant,never,jamais,sin,sans,nada,nunca,ni"
    )
)
"""Folded words that negate the next one."""


def on_one_line(text: str) -> str:
    """The text without line breaks; a dot marks a break where no sentence ends."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    parted = [line if line[-1] in ".!?…:;,»" else f"{line} ·" for line in lines[:-1]]
    return " ".join((*parted, *lines[-1:]))


@lru_cache(32)  # several functions read the same message
def fold(text: str) -> str:
    """The text without case and accents, so that “Élevée” and “elevee” are the same."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", _EMOJI_VARIANTS.sub("", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(32)  # several functions read the same message
def tokens(text: str) -> tuple[str, ...]:
    """Its words, folded; an apostrophe separates two words."""
    return tuple(re.findall(r"\w+", fold(text)))


_REPEATS = re.compile(r"(.)\1{2,}")
_MAX_PHRASE_WORDS = 8
"""The most words that a phrase in our tables has."""


@lru_cache(32)
def count_words(text: str) -> int:
    """How many words the text has; emoji and punctuation don't count."""
    return len(re.findall(r"\w[\w'’-]*", text))


def is_near(one: str, other: str) -> bool:
    """Whether two folded names differ by at most one typo. Short names and digits must be exact."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return _is_one_edit(short, long) and re.findall(r"\d", one) == re.findall(r"\d", other)


def _is_one_edit(short: str, long: str) -> bool:
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or short[at:] == swapped


def read_number(text: str) -> int | None:
    """The number that the whole text stands for: “2”, “2.”, “nº 2”, “la 2ème”, “the second one”, “deux”."""
    if len(text) > SHORT_TEXT:
        return None
    said = tokens(_NUMERAL.sub(r" \1 ", fold(text)))
    if said == ("one",):
        return 1
    words = [word for word in said if word not in _NUMBER_FILLER]
    if len(words) != 1:
        return None
    if words[0].isdecimal():
        return int(words[0])
    return next((n for n, names in enumerate(_NUMBERS, 1) if words[0] in names), None)


def consists_of(words: Sequence[str], phrases: AbstractSet[tuple[str, ...]]) -> bool:
    """Whether the words consist only of such phrases, one after another."""
    words, end = tuple(words), len(words)
    reached, furthest = {0}, 0
    for at in range(end):
        if at > furthest:
            return False
        for to in range(at + 1, min(at + _MAX_PHRASE_WORDS, end) + 1) if at in reached else ():
            if words[at:to] in phrases:
                reached.add(to)
                furthest = max(furthest, to)
    return 0 < end == furthest


def squeeze_repeats(text: str) -> str:
    """The text without drawn-out letters: “merciiii” becomes “merci”."""
    return _REPEATS.sub(r"\1", text)
