"""A ticket's quote and temporary access as JSON."""

from typing import Any

from bot.model.quote import Quote
from bot.model.temporary_access import granted_until, is_requested
from bot.model.ticket import Ticket
from inbox.tickets.row_json import iso


def quote_json(ticket: Ticket) -> dict[str, Any] | None:
    """The newest quote; `state` is waiting, accepted or declined."""
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
    """When the team's access ends, or that it was requested; None if neither."""
    until, asked = granted_until(ticket.facts), is_requested(ticket.facts)
    return {"until": iso(until), "is_asked": asked} if until or asked else None


def _state(quote: Quote) -> str:
    if quote.is_accepted is None:
        return "waiting"
    return "accepted" if quote.is_accepted else "declined"
