"""Puts an accent that's told in words on a name: “with a fada on the a”, “avec un tréma sur le i”."""

import re
import unicodedata

from bot.text.normalise import fold

_ACUTE, _GRAVE, _CIRCUMFLEX, _TILDE, _DIAERESIS, _CEDILLA = (
    "\u0301",
    "\u0300",
    "\u0302",
    "\u0303",
    "\u0308",
    "\u0327",
)
_MARKS = {
    "fada": _ACUTE, "acute": _ACUTE, "aigu": _ACUTE, "accent": _ACUTE, "acento": _ACUTE, "tilde": _ACUTE,
    "grave": _GRAVE, "circumflex": _CIRCUMFLEX, "circonflexe": _CIRCUMFLEX, "trema": _DIAERESIS,
    "umlaut": _DIAERESIS, "dieresis": _DIAERESIS, "diaeresis": _DIAERESIS, "cedilla": _CEDILLA,
    "cedille": _CEDILLA,
}  # fmt: skip
ACCENT_WORDS = (
    r"fada|acute|aigu|accent|acento|tilde|grave|circumflex|circonflexe|tr[ée]ma|umlaut|di[ae]+r[eé]sis"
    r"|c[ée]dill[ae]"
)
_HINT = re.compile(
    rf"\b(?P<mark>accent grave|accent circonflexe|{ACCENT_WORDS})(?: aigu)?,?\s+(?:on|over|sur|en|sobre)\s+"
    r"(?:the|le|la|el|l[’'])?\s*(?P<which>last|second|final|deuxi[eè]me|derni[eè]re?|segunda|[uú]ltima)?\s*"
    r"(?P<letter>[^\W\d_])\b",
    re.IGNORECASE,
)
_SECOND = ("second", "deuxieme", "segunda")


def accented(name: str, text: str) -> str:
    """The name with the accents that the text asks for; unchanged if it asks for none."""
    for match in _HINT.finditer(text):
        mark = _MARKS[fold(match["mark"]).split()[-1]]
        letter = fold(match["letter"])
        mark = _TILDE if letter == "n" and mark == _ACUTE else mark
        places = [at for at, char in enumerate(name) if char.casefold() == letter]
        at = _place(places, fold(match["which"] or ""))
        if at >= 0:
            name = unicodedata.normalize("NFC", f"{name[: at + 1]}{mark}{name[at + 1 :]}")
    return name


def _place(places: list[int], which: str) -> int:
    if not places:
        return -1
    if which in _SECOND:
        return places[1] if len(places) > 1 else places[0]
    return places[-1] if which else places[0]
