"""A ticket's quote and access as JSON, and what an agent may do about them."""

from typing import Any

from bot.model.quote import Quote
from bot.model.temporary_access import allowed_durations, granted_until, is_requested
from bot.model.ticket import Ticket
from inbox.tickets.row_json import iso
from jobs.request_context import wiring


def quote_json(ticket: Ticket) -> dict[str, Any] | None:
    """The newest price; `state` is waiting, accepted or declined."""
    quote = ticket.quote
    if quote is None:
        return None
    return {
        "price": quote.price,
        "terms": quote.terms,
        "state": _state(quote),
        "at": iso(quote.at),
        "answered_at": iso(quote.answered_at),
    }


def access_json(ticket: Ticket) -> dict[str, Any] | None:
    """Until when the team has access, or that we asked for it; None when neither."""
    until, asked = granted_until(ticket.facts), is_requested(ticket.facts)
    return {"until": iso(until), "is_asked": asked} if until or asked else None


def quote_and_access_permissions(ticket: Ticket) -> dict[str, bool]:
    """What may be done now; a price only for technical work."""
    is_offered = bool(allowed_durations(wiring().policy, ticket.plan))
    is_accepted = bool(ticket.quote and ticket.quote.is_accepted)
    has_access = granted_until(ticket.facts) is not None
    return {
        "quote": ticket.is_live and not ticket.has_clock and not is_accepted,
        "ask_access": ticket.is_live and is_offered and not has_access and not is_requested(ticket.facts),
        "end_access": has_access,
    }


def _state(quote: Quote) -> str:
    if quote.is_accepted is None:
        return "waiting"
    return "accepted" if quote.is_accepted else "declined"
