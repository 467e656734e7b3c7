"""Two requests about one thing made one: the duplicate closes, and its thread and its promises live on."""

from bot import notifying
from bot import phrases_desk as phrases
from bot.answering import Do
from bot.conversation import Status
from bot.errors import NotAllowed, NotFound
from bot.facts import Happened
from bot.joined import joined_data
from bot.policy import Policy
from bot.promises import clocked
from bot.targets_turns import history
from bot.ticket import Ticket
from bot.writing import Writing


def merge(by: str, into_id: str) -> Do:
    """Make the ticket part of `into_id`, another live one of the same contact, and tell them.

    NotFound for any other ticket than that; NotAllowed when one of the two is not live.
    """

    def do(writing: Writing, ticket: Ticket, policy: Policy) -> Ticket:
        into = _joined(writing, _other(writing, ticket, into_id), ticket, by)
        writing.put(into)
        if writing.conversation.ticket_id == ticket.ticket_id:
            writing.conversation = writing.conversation.evolve(ticket_id=into_id)
        merged = ticket.merged(writing.now, by, into)
        notifying.forget(writing, ticket)
        if policy.tells.status:
            writing.say(phrases.TICKET_MERGED, into_id, number=ticket.number, into=into.number)
        return merged

    return do


def _other(writing: Writing, ticket: Ticket, into_id: str) -> Ticket:
    if into_id == ticket.ticket_id or writing.conversation.head(into_id) is None:
        raise NotFound(f"{into_id} is no other ticket of this contact")
    into = writing.ticket(into_id)
    if not into.is_live:
        raise NotAllowed("merge into", into.status)
    return into


def _joined(writing: Writing, into: Ticket, ticket: Ticket, by: str) -> Ticket:
    """`into` with the other's age and talk; open again when the customer wrote there after it was held."""
    data = joined_data(ticket, clocked(ticket))
    joined = into.with_fact(Happened.JOINED, writing.now, by, **data)
    if joined.status is Status.WAITING and not _is_held(joined):
        return joined.released(writing.now, by)
    return joined


def _is_held(ticket: Ticket) -> bool:
    pauses = history(clocked(ticket)).pauses
    return bool(pauses and pauses[-1].until is None)
