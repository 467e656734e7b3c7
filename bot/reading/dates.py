"""Finds dates and times in a text, and puts one in another's place: “it was Tuesday, not Monday”."""

import re
from functools import lru_cache

from bot.text.normalise import fold

_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_MONTH = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|o)?"
_DATE = re.compile(
    rf"\b(?:(?P<weekday>{_WEEKDAY})"
    rf"|(?:the |le |el |l')?(?:(?P<day>{_DAY})(?:\s+(?:of |de )?(?P<month>{_MONTH}))?|(?:{_MONTH})\s+{_DAY})"
    rf"|yesterday|today|tomorrow|hier|aujourd'?hui|demain|ayer|anteayer|hoy|manana|last night|this morning)\b"
)
_NOT = re.compile(
    r"(?:\b(?:not|no|pas|ni|instead of|rather than|au lieu de|plutot que|en vez de|en lugar de)|n't|nt)"
    r"\s*(?:(?:es|era|fue|est|was|c'est|c'etait|it's)\s+)?(?:on |de |du |el |le |the |d')?$"
)


@lru_cache(32)
def has_date(text: str) -> bool:
    """Whether the text names a date: a bare number isn't one."""
    return any(_is_named(match) for match in _DATE.finditer(_plain(text)))


def exchange_date(correction: str, text: str) -> str:
    """The text with the right date in the place of the wrong one; "" if the correction has no such pair."""
    said = _plain(correction)
    found = list(_DATE.finditer(said))
    wrong = [match for match in found if _NOT.search(said[: match.start()])]
    right = [match for match in found if match not in wrong]
    for old in wrong:
        place = _place(old, text)
        new = min(right, key=lambda match: abs(match.start() - old.start()), default=None)
        if place and new and _is_same_kind(old, new):
            value = correction[new.start() : new.end()] if len(said) == len(correction) else new[0]
            return text[: place[0]] + _fitting(value, new, text[place[0] : place[1]]) + text[place[1] :]
    return ""


def _plain(text: str) -> str:
    return fold(text).replace("’", "'")


def _is_named(match: re.Match[str]) -> bool:
    return not match["day"] or bool(match["month"])


def _is_same_kind(old: re.Match[str], new: re.Match[str]) -> bool:
    return bool(old["day"]) == bool(new["day"])


def _place(old: re.Match[str], text: str) -> tuple[int, int] | None:
    """Where the text has that date: by its day, if the correction names no more."""
    plain = _plain(text)
    if len(plain) != len(text):
        return None
    for match in _DATE.finditer(plain):
        if _what(match) == _what(old):
            return match.span()
    return None


def _what(match: re.Match[str]) -> str:
    """The number of the day, or the word for it."""
    return "".join(filter(str.isdigit, match["day"])) if match["day"] else match[0]


def _fitting(value: str, new: re.Match[str], before: str) -> str:
    """The new date as the old one stood there: with its month, unless the new one has its own."""
    if not new["day"] or new["month"]:
        return value
    return re.sub(r"\d{1,2}(?:st|nd|rd|th|er|º)?", new["day"], before, count=1)
