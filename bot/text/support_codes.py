"""Finds support and VIP codes where a text names them as such, and redacts them. Pure.

A code is never shown or stored; threads have `REDACTED` in its place.
"""

import re

REDACTED = "•••"

_ORDINARY = r"(?:support|soporte|assistance|asistencia|vip|client|cliente|customer|account|compte|cuenta)"
_NAMED = re.compile(
    rf"\b(?:my|mon|le|mi|el|our|notre|nuestro|the)?\s*"
    rf"(?:{_ORDINARY}\s+(?:code|c[oó]digo)|(?:code|c[oó]digo)\s+(?:de\s+|d[’'])?{_ORDINARY}|"
    rf"(?:my|mon|mi|our|notre|nuestro)\s+(?:code|c[oó]digo))"
    rf"\s*(?:is|est|es|nº|n°|no\.?)?\s*[::=#]?\s*"
    rf"(?P<code>(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^\s*(?:code|c[oó]digo)\s*[::=]\s*(?P<code>\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_MAX_LONE, _MAX_BESIDE = 80, 200  # characters
MIN_CODE_LENGTH = 4
"""Letters and digits in a code; anything shorter could be guessed, so it isn't taken for a code."""


def named_code(text: str) -> str:
    """The code that the text names (“my support code is GV-4417”), as written, or ""."""
    found = _NAMED.search(text[:5000])
    return found["code"] if found and is_code(found["code"]) else ""


_LETTERS_AND_DIGITS = r"[A-Z]{2,5}-?\d{3,}(?:-[A-Z0-9]+)*"
_STATED = re.compile(
    r"(?<!error )(?<!erreur )(?<!d’erreur )(?<!d'erreur )(?<!de error )\b(?:code|c[oó]digo)\s*(?:is|est|es)?\s*[::]?\s*"
    rf"(?P<code>{_LETTERS_AND_DIGITS})\b",
    re.IGNORECASE,
)
_LEAD_IN = (
    r"(?:\b(?:it|that|this|here|the|my|our|c|ce|le|la|mon|notre|voici|es|el|mi|nuestro|este|aqu[ií]|is|est|s|"
    r"number|num[eé]ro|n[uú]mero|code|c[oó]digo|support|soporte|assistance|client|cliente)\b[\W_]*|n[°º]\s*)*"
)
_LONE = re.compile(
    rf"\W*{_LEAD_IN}(?P<code>[A-Z]{{2,5}}[- ]?\d{{3,}}(?:-[A-Z0-9]+| \d+)*)\W*"
    rf"|\W*{_LEAD_IN}\b(?:code|c[oó]digo)\b[\W_]*(?:(?:is|est|es)\b[\W_]*)?(?P<named>[A-Z0-9]*\d[A-Z0-9-]*)\W*",
    re.IGNORECASE,
)
_LED_UP = re.compile(rf"[\s,;:–—(-]*{_LEAD_IN}[\s,;:–—(-]*$", re.IGNORECASE)
_CODE = re.compile(rf"(?<![\w-]){_LETTERS_AND_DIGITS}(?![\w-])", re.IGNORECASE)


def stated_code(text: str) -> str:
    """The code in “…, code STD-0912”, where a desk asks for one: letters and digits, not an error's; else ""."""
    found = _STATED.search(text[:5000])
    return found["code"] if found and is_code(found["code"]) else ""


def lone_code(text: str) -> str:
    """The code that's the whole text: “GV-4417”, “it's gv 4417”, “our code: 40718825”; "" if it's anything else."""
    found = _LONE.fullmatch(text) if len(text) <= _MAX_LONE else None
    code = (found["code"] or found["named"]) if found else ""
    return code if is_code(code) else ""


def code_beside(text: str) -> str:
    """The code somewhere in a short answer that can't have one, such as a name; "" if there's none."""
    found = _CODE.search(text) if len(text) <= _MAX_BESIDE else None
    return found[0] if found else ""


def labelled_code(text: str) -> str:
    """The code on a line of its own, such as “code: GV-4417”, where a desk asks for one, or ""."""
    found = _LABELLED.search(text[:5000])
    return found["code"] if found else ""


def is_code(text: str) -> bool:
    """Whether it is long enough for a code."""
    return sum(char.isalnum() for char in text) >= MIN_CODE_LENGTH


def redact(text: str, code: str) -> str:
    """The text with the code redacted."""
    return text.replace(code, REDACTED) if code else text


def remove_code(text: str, code: str) -> str:
    """The text without the code, and without what only led up to it."""
    before, _, after = text.partition(code)
    return f"{_LED_UP.sub('', before)} {after.lstrip(' ,;:–—-')}".strip()


def without_code(text: str) -> str:
    """The text without the phrase that names the code."""
    return _NAMED.sub(" ", text, count=1).strip(" .,;:\n") if named_code(text) else text
