"""Two requests about one thing made one: the duplicate closes, and its thread and its promises live on."""

from bot.actions.agent_actions import Action
from bot.messages import phrases_ticket as phrases
from bot.messages.errors import NotAllowed, NotFound
from bot.model.change_set import ChangeSet
from bot.model.conversation import Status
from bot.model.merged_ticket import merge_event_data
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.notifications import ticket_changes
from bot.policy.policy import Policy
from bot.sla.outlook import timeline_of
from bot.sla.waiting_turns import turn_history


def merge(by: str, into_id: str) -> Action:
    """Make the ticket part of `into_id`, another live one of the same contact, and tell them.

    NotFound for any other ticket than that; NotAllowed when one of the two is not live.
    """

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        into = _joined(writing, _other(writing, ticket, into_id), ticket, by)
        writing.put(into)
        if writing.conversation.ticket_id == ticket.ticket_id:
            writing.conversation = writing.conversation.evolve(ticket_id=into_id)
        merged = ticket.merged(writing.now, by, into)
        ticket_changes.discard_pending(writing, ticket)
        if policy.tells.status:
            writing.say(phrases.TICKET_MERGED, into_id, number=ticket.number, into=into.number)
        return merged

    return do


def _other(writing: ChangeSet, ticket: Ticket, into_id: str) -> Ticket:
    if into_id == ticket.ticket_id or writing.conversation.ticket_summary(into_id) is None:
        raise NotFound(f"{into_id} is no other ticket of this contact")
    into = writing.ticket(into_id)
    if not into.is_live:
        raise NotAllowed("merge into", into.status)
    return into


def _joined(writing: ChangeSet, into: Ticket, ticket: Ticket, by: str) -> Ticket:
    """`into` with the other's age and talk; open again when the customer wrote there after it was held."""
    data = merge_event_data(ticket, timeline_of(ticket))
    joined = into.with_event(TicketEventKind.JOINED, writing.now, by, **data)
    if joined.status is Status.WAITING and not _is_held(joined):
        return joined.released(writing.now, by)
    return joined


def _is_held(ticket: Ticket) -> bool:
    pauses = turn_history(timeline_of(ticket)).pauses
    return bool(pauses and pauses[-1].until is None)
