"""Corrects or takes back what an agent wrote, wherever it has got to. Pure."""

from dataclasses import replace

from bot.actions.action_context import ActionContext
from bot.delivery.corrections import Whereabouts, corrected, is_changeable, whereabouts, with_text, withdrawn
from bot.messages.errors import CannotChange, NotAllowed, NotFound
from bot.messages.outgoing import Outgoing
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind


def edit(context: ActionContext, entry_id: str, text: str, *, is_note: bool, posted_as: str = "") -> Ticket:
    """Change the text of a reply or a note. The thread keeps both versions; no target is met by an edit.

    CannotChange if the customer has a reply that their channel can't change.
    """
    if not text.strip():
        raise NotAllowed("empty an answer on", context.ticket.status)
    if is_note:
        context.writing.note(context.by, text, (), context.ticket, is_edit=True, posted_as=posted_as)
    else:
        _edit_reply(context, _delivery(context, entry_id), text, posted_as)
    return context.ticket.evolve(updated_at=context.now)


def withdraw(context: ActionContext, entry_id: str, *, note: str = "", posted_as: str = "") -> Ticket:
    """Take a reply back: it doesn't go out, or is deleted where the customer reads it; `note` is kept instead.

    If their channel can't delete it, the note is kept all the same; CannotChange without one.
    """
    ticket, writing, sent = context.ticket, context.writing, _delivery(context, entry_id)
    is_out = whereabouts(sent) is Whereabouts.OUT
    is_withdrawn = is_changeable(sent) or not is_out
    if is_out and is_withdrawn:
        shown = " ".join((entry_id, *_stop_edits(context, sent)))
        writing.change_sent(context.by, sent, Outgoing((), edits=shown), ticket, posted_as=posted_as)
    elif is_withdrawn:
        writing.correct(context.by, withdrawn(sent, context.now), ticket, posted_as=posted_as)
    elif not note:
        raise CannotChange(sent.address.channel)
    if note:
        writing.note(context.by, note, (), ticket, posted_as=posted_as)
    if is_withdrawn:
        written_at = sent.created_at.isoformat()
        ticket = ticket.with_event(TicketEventKind.WITHDRAWN, context.now, context.by, at=written_at)
    return ticket.evolve(updated_at=context.now)


def _stop_edits(context: ActionContext, sent: OutboxEntry) -> list[str]:
    """The edits of a reply that the customer may see; those that aren't out yet never go out."""
    shown = []
    for entry in context.writing.records.thread(sent.thread_id):
        edit = context.writing.records.delivery(entry.entry_id) if entry.is_edit else None
        if edit is None or edit.outgoing.edits != sent.entry_id:
            continue
        if whereabouts(edit) is Whereabouts.WAITING:
            context.writing.correct_delivery(withdrawn(edit, context.now))
        else:
            shown.append(edit.entry_id)
    return shown


def _edit_reply(context: ActionContext, sent: OutboxEntry, text: str, posted_as: str) -> None:
    writing, by, ticket = context.writing, context.by, context.ticket
    match whereabouts(sent):
        case Whereabouts.WAITING | Whereabouts.DOUBTFUL:
            after = corrected(sent, text, context.now)
            writing.correct(by, after, ticket, text, posted_as=posted_as)
        case Whereabouts.REFUSED:
            writing.correct_delivery(withdrawn(sent, context.now))
            writing.resend(
                by, with_text(sent.outgoing, text), _entry(context, sent), text, posted_as=posted_as
            )
        case Whereabouts.OUT if not is_changeable(sent):
            raise CannotChange(sent.address.channel)
        case Whereabouts.OUT if sent.outgoing.attachments:
            raise CannotChange(sent.address.channel, is_file=True)
        case Whereabouts.OUT:
            changed = replace(with_text(sent.outgoing, text), quoted_id="", options=(), edits=sent.entry_id)
            writing.change_sent(by, sent, changed, ticket, text, posted_as=posted_as)


def _delivery(context: ActionContext, entry_id: str) -> OutboxEntry:
    """The reply's outbox entry; nothing can be done about one that is no longer kept."""
    found = context.writing.records.delivery(entry_id)
    if found is None:
        raise NotFound(f"no outgoing message {entry_id}")
    return found


def _entry(context: ActionContext, sent: OutboxEntry) -> ThreadEntry:
    thread = context.writing.records.thread(sent.thread_id)
    found = next((entry for entry in thread if entry.entry_id == sent.entry_id), None)
    if found is None:
        raise NotFound(f"no message {sent.entry_id}")
    return found
