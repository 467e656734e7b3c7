"""What apps change: tickets opened, customers' words brought, replies and notes written."""

from collections.abc import Callable

from api.v1 import responses, ticket_serializers
from api.v1.auth import token_id
from api.v1.idempotency import idempotency_key
from api.v1.operation import Created, Operation, operation
from api.v1.problems import PREFIX, ApiError
from api.v1.requests import NewText, NewTicket
from api.v1.ticket_serializers import find_ticket_id
from bot.actions.api_requests import ApiRequest
from bot.messages.errors import NotAllowed, NotFound
from bot.messages.inbound import PORTAL, Address
from desk.api_requests import IdempotencyKey, RequestResult
from jobs.request_context import wiring


@operation("POST", "/tickets", body=NewTicket, answer=responses.Ticket)
def open_ticket(body: NewTicket) -> Created:
    """Open a ticket.

    The customer is told its number and by when we aim to answer, where they have a channel. Details are checked
    against the desk's questions, and all that is not right is named at once.
    """
    address = _parse_contact_address(body.address)
    request = ApiRequest(address, body.details, body.language or "", through=token_id())
    done = wiring().portal.open(request, idempotency_key())
    ticket = ticket_serializers.ticket(wiring().queries.ticket(done.ticket_id))
    return Created(ticket, f"{PREFIX}/tickets/{ticket.number}", done.is_repeat)


@operation("POST", "/tickets/{number}/messages", body=NewText, answer=responses.Message)
def bring_message(number: str, body: NewText) -> Created:
    """Bring what the customer wrote in your portal.

    It stands in the thread as theirs, and it is the desk's turn; a solved ticket is open again, a closed one
    takes nothing more.
    """
    return _write_message(number, body, wiring().portal.write)


@operation("POST", "/tickets/{number}/replies", body=NewText, answer=responses.Message)
def reply(number: str, body: NewText) -> Created:
    """Answer the customer.

    Sent on their channel; the promise to answer is kept by it. The ticket stays with whoever has it.
    """
    return _write_message(number, body, wiring().portal.reply)


@operation("POST", "/tickets/{number}/notes", body=NewText, answer=responses.Message)
def note(number: str, body: NewText) -> Created:
    """Leave a note, which only agents see."""
    return _write_message(number, body, wiring().portal.note)


OPERATIONS: tuple[Operation, ...] = (open_ticket, bring_message, reply, note)


def _parse_contact_address(text: str) -> Address:
    address = Address.parse(text)
    if address.channel != PORTAL and address.channel not in wiring().channels:
        raise ApiError(422, "no-channel", f"address: this desk has no {address.channel}.")
    return address


def _write_message(
    number: str, body: NewText, write: Callable[[str, str, str, IdempotencyKey], RequestResult]
) -> Created:
    ticket_id = find_ticket_id(number)
    try:
        done = write(ticket_id, body.text, token_id(), idempotency_key())
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
