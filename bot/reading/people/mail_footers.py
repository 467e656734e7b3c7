"""The line that a mail app adds below a message, such as “Sent from my iPhone”: nobody wrote it."""

import re

from bot.reading.people.ordinary_words import ORDINARY
from bot.text.normalise import tokens

_CUES = (
    r"sent (?:from|via|with|using)|get outlook for|download outlook for|enviado (?:desde|con|por|v[ií]a)"
    r"|(?:obtener|obt[eé]n|descarg[au]r?e?) outlook para|envoy[eé] (?:depuis|de|avec|via|[àa] partir d[e’'])"
    r"|(?:t[eé]l[eé]charge[rz]?|obtene[rz]|obtenir) outlook pour|provenance\s*: courrier pour"
)
_AT_START = re.compile(
    rf"(?:^|(?<=[.!?…\n]))[ \t]*(?:[-–—*_]+[ \t]*)?(?:{_CUES})(?P<app>[^\n]*)", re.IGNORECASE
)
_RUN_ON = re.compile(r"\s(?:Sent from|Get Outlook for|Enviado desde|Envoyé d(?:epuis|e))(?P<app>\s[^\n]*)\Z")
"""Without a break before it; the capital tells it from “mails sent from my phone”."""
_LINK = re.compile(r"<[^>]*>|\([^)]*\)|https?://\S+")
_MOST_WORDS = 5
_APP_WORDS = frozenset(
    tokens(
        "my a an the for by on mi un una el la para de mon ma le la l pour d app mail email mobile phone tablet "
        "desktop computer work android ios movil telefono celular tableta correo ordenador telephone portable "
        "tablette ordinateur ordi courrier web office pro application "
        "aplicacion"
    )
)
_NOT_IN_APPS = ORDINARY - _APP_WORDS
_LONGEST = 6000


def without_footer(text: str) -> str:
    """The text without such a line; a story about mails that were “sent from my phone” stays."""
    if len(text) > _LONGEST:
        return text
    for pattern in (_AT_START, _RUN_ON):
        for match in pattern.finditer(text):
            if _is_app(match["app"]):
                return f"{text[: match.start()].rstrip()}\n{text[match.end() :].lstrip()}".strip()
    return text


def _is_app(named: str) -> bool:
    words = tokens(_LINK.sub("", named))
    is_named = 0 < len(words) <= _MOST_WORDS and "," not in named
    return is_named and _NOT_IN_APPS.isdisjoint(words)
