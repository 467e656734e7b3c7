"""Solves a request, and opens it again: within minutes, as if it hadn't been solved. Pure."""

from datetime import timedelta

from bot.actions.action_context import ActionContext
from bot.delivery.corrections import Whereabouts, is_changeable, whereabouts, withdrawn
from bot.messages.errors import Unanswered
from bot.messages.thread import Author
from bot.model.standing_events import is_answered, solved_just_now
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent
from bot.notifications import ticket_changes

NO_DELAY = timedelta()


def resolve(context: ActionContext, *, asks: bool = False, undo_for: timedelta = NO_DELAY) -> Ticket:
    """Mark as solved; the customer is told after `undo_for`, and asked to rate it.

    With `asks`, Unanswered if nobody has answered the customer yet.
    """
    ticket = context.ticket
    after = ticket.resolved(context.now, context.by)
    if asks and not is_answered(ticket.facts):
        raise Unanswered(ticket.number)
    context.writing.put(after)
    ticket_changes.notify_resolved(context.writing, after, context.policy, context.now + undo_for)
    return after


def reopen(context: ActionContext) -> Ticket:
    """Open a solved ticket again; the customer hears of it unless they haven't heard that it was solved."""
    writing, after = context.writing, context.ticket.reopened(context.now, context.by)
    writing.conversation = writing.conversation.evolve(ticket_id=after.ticket_id)
    ticket_changes.close_rating(writing, after)
    solved = solved_just_now(context.ticket.facts, after.facts[-1])
    if solved is None or _has_heard(context, solved):
        ticket_changes.notify_reopened(writing, after, context.policy)
    return after


def _has_heard(context: ActionContext, solved: TicketEvent) -> bool:
    """Take back the message that it was solved, with its survey; whether the customer may have seen it."""
    writing, ticket = context.writing, context.ticket
    entries = writing.records.thread(ticket.ticket_id)
    told = next((e for e in reversed(entries) if e.author is Author.BOT and e.at == solved.at), None)
    sent = writing.records.delivery(told.entry_id) if told else None
    if sent is None:
        return True
    if whereabouts(sent) in (Whereabouts.WAITING, Whereabouts.REFUSED):
        writing.correct_delivery(withdrawn(sent, context.now))
        return False
    if is_changeable(sent) and sent.address == writing.conversation.address:
        ticket_changes.remove_survey(writing, sent, ticket)
    return True
