"""What agents do with a ticket: one pure function for each action, named in `action_table`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions.action_context import ActionContext
from bot.actions.newer_replies import must_be_newest
from bot.messages import phrases_ticket as phrases
from bot.messages.errors import NotAllowed, NotFound
from bot.messages.outgoing import Attachment, Outgoing
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.notifications import ticket_changes
from bot.sla import escalation
from bot.text.direction import plain_name


def reply(
    context: ActionContext,
    text: str,
    files: Sequence[Attachment] = (),
    quoted_id: str = "",
    *,
    posted_as: str = "",
    is_person: bool = True,
    seen: str | None = None,
    written_at: datetime | None = None,
) -> Ticket:
    """Answer the customer. An agent who answers an unassigned ticket gets it; an app doesn't.

    With `seen`, the last entry that the agent saw, or `written_at`: AnsweredMeanwhile if a colleague was first.
    """
    ticket, writing = context.ticket, context.writing
    if not text.strip() and not files:
        raise NotAllowed("send an empty answer on", ticket.status)
    must_be_newest(context, seen, written_at)
    writing.reply(context.by, text, files, ticket, quoted_id, posted_as=posted_as)
    writing.clear_prompt()
    if is_person and not ticket.assignee and ticket.is_live:
        ticket = ticket.assigned(context.now, context.by, context.by)
    return ticket.replied(context.now, context.by)


def note(
    context: ActionContext, text: str, files: Sequence[Attachment] = (), *, posted_as: str = ""
) -> Ticket:
    """Tell colleagues something that the customer never sees."""
    if not text.strip() and not files:
        raise NotAllowed("write an empty note on", context.ticket.status)
    context.writing.note(context.by, text, files, context.ticket, posted_as=posted_as)
    return context.ticket.evolve(updated_at=context.now)


def claim(context: ActionContext) -> Ticket:
    """Take the ticket; raises AlreadyClaimed if a colleague was first."""
    after = context.ticket.claimed(context.now, context.by)
    return _notify_assigned(context, after, context.by)


def assign(context: ActionContext, to: str) -> Ticket:
    """Give the ticket to `to`, or to nobody if empty, even if somebody else has it."""
    after = context.ticket.assigned(context.now, context.by, to)
    return _notify_assigned(context, after, to)


def prioritise(context: ActionContext, priority: str) -> Ticket:
    """Change the priority and tell the customer; raises NotFound for one the policy doesn't have."""
    if all(known.key != priority for known in context.policy.priorities):
        raise NotFound(f"no priority {priority!r}")
    before, after = context.ticket, context.ticket.prioritised(context.now, context.by, priority=priority)
    if after is not before:
        ticket_changes.notify_priority_changed(context.writing, after, context.policy, before.priority)
    return after


def return_for_information(
    context: ActionContext,
    text: str,
    *,
    posted_as: str = "",
    seen: str | None = None,
    written_at: datetime | None = None,
) -> Ticket:
    """Ask the customer for more information; the clocks stop until they answer. `seen`, `written_at`: see `reply`."""
    ticket, writing = context.ticket, context.writing
    if not text.strip():
        raise NotAllowed("return without a question", ticket.status)
    must_be_newest(context, seen, written_at)
    after = ticket.returned(context.now, context.by)
    asked = phrases.RETURNED(number=ticket.number, text=text.strip())
    said = Outgoing((*ticket_changes.take_pending_lines(writing, after, context.policy), asked))
    writing.say_as_agent(context.by, said, ticket, text.strip(), posted_as=posted_as)
    return after


def hold(context: ActionContext) -> Ticket:
    """Wait for the customer."""
    return context.ticket.held(context.now, context.by)


def release(context: ActionContext) -> Ticket:
    """Stop waiting for the customer."""
    return context.ticket.released(context.now, context.by)


def rename(context: ActionContext, subject: str) -> Ticket:
    """Change the subject."""
    subject = plain_name(subject)[:120]
    if not subject or subject == context.ticket.subject:
        return context.ticket
    renamed = context.ticket.with_event(TicketEventKind.RENAMED, context.now, context.by, subject=subject)
    return replace(renamed, subject=subject)


def tag(context: ActionContext, tags: Sequence[str]) -> Ticket:
    """Replace the tags: short words in lower case, each once."""
    return context.ticket.tagged(context.now, context.by, tags=tags)


def acknowledge(context: ActionContext, target: str, turn: str) -> Ticket:
    """Acknowledge a missed target, so that nobody else is alerted."""
    ticket, acknowledged = context.ticket, TicketEventKind.ACKNOWLEDGED
    if escalation.acknowledgement(escalation.events_about_turn(ticket, target, turn)):
        return ticket
    return ticket.with_event(acknowledged, context.now, context.by, target=target, turn=turn)


def _notify_assigned(context: ActionContext, after: Ticket, to: str) -> Ticket:
    name = context.services.first_name(to) if to else ""
    ticket_changes.notify_assigned(context.writing, context.ticket, after, context.policy, name)
    return after
