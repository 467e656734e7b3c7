"""The customer blocked the desk's bot, or let it in again: noted on each request that is still open. Pure."""

from datetime import datetime

from bot.model.change_set import Writing
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, Happened
from bot.model.unit_of_work import Changes, Decide, Records


def reached(is_reachable: bool, now: datetime) -> Decide:
    """Note it where it is news."""
    kind = Happened.UNBLOCKED if is_reachable else Happened.BLOCKED

    def decide(records: Records) -> Changes | None:
        if records.conversation is None:
            return None
        writing = Writing(records, records.conversation, now)
        live = [records.ticket(head.ticket_id) for head in records.conversation.tickets if head.is_live]
        for ticket in live:
            if is_blocked(ticket) == is_reachable:
                writing.put(ticket.with_fact(kind, now, CUSTOMER))
        changes = writing.changes()
        return changes if changes.tickets else None

    return decide


def is_blocked(ticket: Ticket) -> bool:
    """Whether the customer has shut us out, as far as their channel told."""
    told = [f.kind for f in ticket.facts if f.kind in (Happened.BLOCKED, Happened.UNBLOCKED)]
    return bool(told) and told[-1] is Happened.BLOCKED
