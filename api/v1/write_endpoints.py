"""The POST endpoints: opening tickets, and writing messages, replies and notes."""

from api.v1 import responses, ticket_serializers
from api.v1.auth import token_id
from api.v1.idempotency import idempotency_key
from api.v1.operation import Created, operation
from api.v1.problems import PREFIX, ApiError
from api.v1.requests import NewText, NewTicket
from api.v1.ticket_serializers import find_ticket_id
from bot.actions.api_requests import ApiRequest
from bot.messages.errors import NotAllowed, NotFound
from bot.messages.inbound import PORTAL, Address
from jobs.request_context import wiring


@operation("POST", "/tickets", body=NewTicket, response=responses.Ticket)
def open_ticket(body: NewTicket) -> Created:
    """Open a ticket.

    On a chat channel, the customer is told the ticket's number and when the desk aims to respond. Details are checked
    against the desk's questions; an error lists everything that's missing or invalid.
    """
    address = _parse_contact_address(body.address)
    request = ApiRequest(address, body.details, body.language or "", through=token_id())
    done = wiring().portal.open(request, idempotency_key())
    ticket = ticket_serializers.ticket(wiring().queries.ticket(done.ticket_id))
    return Created(ticket, f"{PREFIX}/tickets/{ticket.number}", done.is_repeat)


@operation("POST", "/tickets/{number}/messages", body=NewText, response=responses.Message)
def bring_message(number: str, body: NewText) -> Created:
    """Add a message that the customer wrote in your portal.

    The desk then owes a response. A solved ticket reopens; a closed ticket takes no more messages.
    """
    return _write_message(number, body, "customer_message")


@operation("POST", "/tickets/{number}/replies", body=NewText, response=responses.Message)
def reply(number: str, body: NewText) -> Created:
    """Reply to the customer.

    The reply is sent on the customer's channel and counts as the response. The assignee doesn't change.
    """
    return _write_message(number, body, "reply", is_person=False)


@operation("POST", "/tickets/{number}/notes", body=NewText, response=responses.Message)
def note(number: str, body: NewText) -> Created:
    """Add a note that only agents see."""
    return _write_message(number, body, "note")


def _parse_contact_address(text: str) -> Address:
    address = Address.parse(text)
    if address.channel != PORTAL and address.channel not in wiring().channels:
        raise ApiError(422, "no-channel", f"address: this desk doesn't use {address.channel}.")
    return address


def _write_message(number: str, body: NewText, action: str, **arguments: bool) -> Created:
    ticket_id = find_ticket_id(number)
    try:
        done = wiring().portal.act(
            ticket_id, action, token_id(), idempotency_key(), text=body.text, **arguments
        )
    except NotFound:
        if wiring().queries.is_archived(ticket_id):
            raise NotAllowed("write on", "archived") from None
        raise
    view = wiring().queries.ticket(done.ticket_id)
    entry = next((each for each in view.entries if each.entry_id == done.entry_id), None)
    if entry is None:
        raise NotFound(f"no entry {done.entry_id}")
    return Created(
        ticket_serializers.message(entry, view),
        f"{PREFIX}/tickets/{view.ticket.number}/thread",
        done.is_repeat,
    )
