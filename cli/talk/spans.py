"""Reads how much time passes in a session, such as “3 days”."""

import re
from datetime import timedelta

from cli.talk.errors import InputError

_SPAN = re.compile(r"(\d{1,6})\s*(second|minute|hour|day|week)s?", re.IGNORECASE)
_LONGEST = timedelta(days=3660)


def parse_span(text: str) -> timedelta:
    """That much clock time; InputError if it isn't a length of time."""
    found = _SPAN.fullmatch(text.strip())
    span = timedelta(**{f"{found[2].lower()}s": int(found[1])}) if found else None
    if span is None or span > _LONGEST:
        raise InputError(f"not a length of time: “{text}”; write “30 minutes” or “3 days”")
    return span
