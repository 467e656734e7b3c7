"""Which of a contact's requests the conversation keeps in mind. Pure."""

from collections.abc import Sequence

from bot.model.conversation import TicketHead

HEADS_KEPT = 12
"""Ended tickets stay in the conversation until there are this many heads; live ones always stay."""


def latest(heads: Sequence[TicketHead]) -> tuple[TicketHead, ...]:
    """The live ones, and as many of the newest ended ones as there is room for."""
    kept = list(heads)
    while len(kept) > HEADS_KEPT and any(not head.is_live for head in kept):
        kept.remove(next(head for head in kept if not head.is_live))
    return tuple(kept)
