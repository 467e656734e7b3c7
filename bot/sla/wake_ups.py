"""When a ticket wants something besides its deadlines. What is done then is `bot.alerts.follow_ups`."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.model.temporary_access import granted_until
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind


def needs_quota_alert(ticket: Ticket) -> bool:
    """Whether managers are still to hear that it is past the month's number of requests."""
    return ticket.is_over_quota and all(fact.kind is not TicketEventKind.ALERTED for fact in ticket.facts)


def wake_up_times(ticket: Ticket, aloud_at: Callable[[datetime], datetime]) -> Iterator[datetime]:
    """The instants at which to look; `aloud_at` tells when people may be told."""
    if needs_quota_alert(ticket):
        yield aloud_at(ticket.opened_at)
    if until := granted_until(ticket.facts):
        yield until
