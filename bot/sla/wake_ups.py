"""When a ticket needs attention besides its deadlines; `bot.alerts.follow_ups` does the work."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.model.temporary_access import granted_until
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind


def needs_quota_alert(ticket: Ticket) -> bool:
    """Whether managers still need to hear that it exceeds the month's quota."""
    return ticket.is_over_quota and all(fact.kind is not TicketEventKind.ALERTED for fact in ticket.facts)


def wake_up_times(ticket: Ticket, alert_at: Callable[[datetime], datetime]) -> Iterator[datetime]:
    """The times to look at the ticket; `alert_at` gives the earliest time people may be alerted."""
    if needs_quota_alert(ticket):
        yield alert_at(ticket.opened_at)
    if until := granted_until(ticket.facts):
        yield until
