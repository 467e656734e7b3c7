"""Finds who writes: the name and company in an introduction or a signature. It never guesses from a story."""

from functools import lru_cache

from bot.reading.people.introductions import find_introduction
from bot.reading.people.mail_footers import without_footer
from bot.reading.people.person_words import FILLERS, GREETINGS, HELLO_STARTS
from bot.reading.people.signatures import find_signature
from bot.reading.people.who import Found, Who, composed, without_span
from bot.text.normalise import tokens
from bot.text.small_talk import has_no_content

_WELCOMES = (
    GREETINGS
    | HELLO_STARTS
    | FILLERS
    | frozenset(
        tokens("encantada encantado mucho gusto enchante enchantee nice pleased to meet you pleasure")
    )
)
MAX_LENGTH = 6000
"""Characters: a longer text isn't a message that somebody typed."""


@lru_cache(64)  # read for the names, and again for the story without them
def find_who(text: str) -> Who:
    """The name and company that the message gives of its writer, and its text without them."""
    text = composed(text)
    if len(text) > MAX_LENGTH:
        return Who(rest=text)
    text = without_footer(text)
    signature = find_signature(text)
    rest = without_signature(text, signature)
    introduction = find_introduction(rest)
    if introduction.end > introduction.start:
        rest = without_span(rest, introduction.start, introduction.end)
    name = _fuller(introduction.name, signature.name)
    return Who(name, introduction.company or signature.company, rest.strip())


def only_introduces(text: str) -> bool:
    """Whether the message says who writes and, beside a greeting, nothing else."""
    who = find_who(text)
    if not (who.name or who.company):
        return False
    return has_no_content(who.rest) or _WELCOMES.issuperset(tokens(who.rest))


def without_signature(text: str, signature: Found) -> str:
    """The text without the signature; what follows it stays."""
    if signature.end <= signature.start:
        return text
    return without_span(text, signature.start, signature.end)


def _fuller(introduced: str, signed: str) -> str:
    """“I’m Sam … Regards, Sam Carter”: the signature says more."""
    return signed if not introduced or signed.startswith(f"{introduced} ") else introduced
