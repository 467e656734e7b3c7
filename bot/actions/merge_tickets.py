"""Merges a ticket into another: the duplicate is closed; its thread and its deadlines live on."""

from bot.actions.action_context import ActionContext
from bot.messages import phrases_ticket as phrases
from bot.messages.errors import NotAllowed, NotFound
from bot.model.change_set import ChangeSet
from bot.model.conversation import Status
from bot.model.merged_ticket import merge_event_data
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.notifications import ticket_changes
from bot.sla.outlook import timeline_of
from bot.sla.waiting_turns import turn_history


def merge(context: ActionContext, into: str) -> Ticket:
    """Merge the ticket into another live one of the same contact (`into` is its id), and tell them.

    NotFound if that isn't another ticket of theirs; NotAllowed if one of the two isn't live.
    """
    ticket, writing = context.ticket, context.writing
    joined = _joined(writing, _other(writing, ticket, into), ticket, context.by)
    writing.put(joined)
    if writing.conversation.ticket_id == ticket.ticket_id:
        writing.conversation = writing.conversation.evolve(ticket_id=into)
    merged = ticket.merged(context.now, context.by, joined)
    ticket_changes.discard_pending(writing, ticket)
    if context.policy.tells.status:
        writing.say(phrases.TICKET_MERGED, into, number=ticket.number, into=joined.number)
    return merged


def _other(writing: ChangeSet, ticket: Ticket, into_id: str) -> Ticket:
    if into_id == ticket.ticket_id or writing.conversation.ticket_summary(into_id) is None:
        raise NotFound(f"{into_id} is no other ticket of this contact")
    into = writing.ticket(into_id)
    if not into.is_live:
        raise NotAllowed("merge into", into.status)
    return into


def _joined(writing: ChangeSet, into: Ticket, ticket: Ticket, by: str) -> Ticket:
    """`into` with the other's age and messages; open again if the customer wrote there after it was held."""
    data = merge_event_data(ticket, timeline_of(ticket))
    joined = into.with_event(TicketEventKind.JOINED, writing.now, by, **data)
    if joined.status is Status.WAITING and not _is_held(joined):
        return joined.released(writing.now, by)
    return joined


def _is_held(ticket: Ticket) -> bool:
    pauses = turn_history(timeline_of(ticket)).pauses
    return bool(pauses and pauses[-1].until is None)
