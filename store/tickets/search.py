"""Search in ticket list rows, ignoring accents, case and word order."""

import unicodedata

from store.tickets.ticket_list import TicketRow


def matches(row: TicketRow, text: str) -> bool:
    """Whether each word of `text` is the start of a word of the row."""
    wanted = normalise(text).split()
    if not wanted:
        return False
    shown = (row.number, row.contact_name, row.company, row.subject, row.last_words, *row.tags)
    words = normalise(" ".join(shown)).split()
    return all(any(word.startswith(want) for word in words) for want in wanted)


def normalise(text: str) -> str:
    """Lower case, without accents, punctuation replaced by spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char if char.isalnum() else " " for char in bare if not unicodedata.combining(char))
