"""Which events of a ticket still count: not replies that were taken back."""

from collections.abc import Sequence

from bot.model.ticket_events import TicketEvent, TicketEventKind


def standing_events(events: Sequence[TicketEvent]) -> tuple[TicketEvent, ...]:
    """The events without those that were undone."""
    withdrawn = {e.data["at"] for e in events if e.kind is TicketEventKind.WITHDRAWN}
    return tuple(
        e for e in events if e.kind is not TicketEventKind.REPLIED or e.at.isoformat() not in withdrawn
    )
