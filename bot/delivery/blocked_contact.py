"""Records on each open ticket that the customer blocked or unblocked the bot. Pure."""

from datetime import datetime

from bot.model.change_set import ChangeSet
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEventKind
from bot.model.unit_of_work import Changes, Records, UseCase


def record_blocked(is_reachable: bool, now: datetime) -> UseCase:
    """Record it on open tickets where it's new."""
    kind = TicketEventKind.UNBLOCKED if is_reachable else TicketEventKind.BLOCKED

    def decide(records: Records) -> Changes | None:
        if records.conversation is None:
            return None
        writing = ChangeSet(records, records.conversation, now)
        live = [records.ticket(head.ticket_id) for head in records.conversation.tickets if head.is_live]
        for ticket in live:
            if is_blocked(ticket) == is_reachable:
                writing.put(ticket.with_event(kind, now, CUSTOMER))
        changes = writing.changes()
        return changes if changes.tickets else None

    return decide


def is_blocked(ticket: Ticket) -> bool:
    """Whether the customer blocked the bot, as far as the channel says."""
    told = [f.kind for f in ticket.facts if f.kind in (TicketEventKind.BLOCKED, TicketEventKind.UNBLOCKED)]
    return bool(told) and told[-1] is TicketEventKind.BLOCKED
