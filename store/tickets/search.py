"""Finding words in what the list shows, as people type them: without accents, case or order."""

import unicodedata

from store.tickets.ticket_list import TicketRow

MIN_PHONE_DIGITS = 6
"""Of what is looked for as a phone number."""


def matches(row: TicketRow, text: str) -> bool:
    """Whether every word of `text` begins some word of the row."""
    wanted = normalise(text).split()
    if not wanted:
        return False
    shown = (row.number, row.contact_name, row.company, row.subject, row.last_words, *row.tags)
    words = normalise(" ".join(shown)).split()
    return all(any(word.startswith(want) for word in words) for want in wanted)


def normalise(text: str) -> str:
    """Lower case, without accents, punctuation turned into spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char if char.isalnum() else " " for char in bare if not unicodedata.combining(char))


def phone_digits(text: str) -> str:
    """The digits of what may be a phone number, however it is parted; "" for anything else."""
    bare = "".join(char for char in text if char not in " +-./()")
    return bare if len(bare) >= MIN_PHONE_DIGITS and bare.isascii() and bare.isdecimal() else ""
