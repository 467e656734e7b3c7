"""What agents do with a ticket: each a pure function from its records to what is written and told."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.messages import phrases_ticket as phrases
from bot.messages.errors import NotAllowed, NotFound
from bot.messages.outgoing import Attachment, Outgoing
from bot.model.change_set import ChangeSet
from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Changes, Records, UseCase
from bot.notifications import ticket_changes
from bot.policy.policy import Policy
from bot.sla import escalation
from bot.sla.outlook import Policies

Action = Callable[[ChangeSet, Ticket, Policy], Ticket]
"""One action on one ticket: says what is to be said, returns the ticket as it is then."""


def as_use_case(ticket_id: str, policies: Policies, now: datetime, do: Action) -> UseCase:
    """`do`, as a use case on that ticket; raises NotFound and what `do` raises."""

    def decide(records: Records) -> Changes | None:
        before = records.ticket(ticket_id)
        writing = ChangeSet(records, _conversation(records), now)
        policy = policies.of(before)
        after = do(writing, before, policy)
        if after is not before:
            ticket_changes.refresh_pending(writing, after, policy)
            writing.put(after)
        changes = writing.changes()
        return changes if changes.tickets or changes.entries else None

    return decide


def reply(
    by: str,
    name: str,
    text: str,
    files: Sequence[Attachment] = (),
    quoted_id: str = "",
    *,
    posted_as: str = "",
    is_person: bool = True,
) -> Action:
    """Answer the customer; the person who answers a ticket of nobody's has it from then on, an app never."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if not text.strip() and not files:
            raise NotAllowed("send an empty answer on", ticket.status)
        writing.reply(by, text, files, ticket, quoted_id, posted_as=posted_as)
        writing.clear_prompt()
        if is_person and not ticket.assignee and ticket.is_live:
            ticket = ticket.assigned(writing.now, by, by)
        return ticket.replied(writing.now, by)

    return do


def edit(by: str, entry_id: str, text: str, *, is_note: bool, posted_as: str = "") -> Action:
    """Change the words of a reply or a note; the thread keeps both. No promise is met by it."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if not text.strip():
            raise NotAllowed("empty an answer on", ticket.status)
        if is_note:
            writing.note(by, text, (), ticket, is_edit=True, posted_as=posted_as)
        else:
            writing.reply(by, text, (), ticket, edits=entry_id, posted_as=posted_as)
        return ticket.evolve(updated_at=writing.now)

    return do


def note(by: str, text: str, files: Sequence[Attachment] = (), *, posted_as: str = "") -> Action:
    """Tell colleagues something; the customer never sees it."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if not text.strip() and not files:
            raise NotAllowed("write an empty note on", ticket.status)
        writing.note(by, text, files, ticket, posted_as=posted_as)
        return ticket.evolve(updated_at=writing.now)

    return do


def claim(by: str, name: str) -> Action:
    """Take it; raises AlreadyClaimed when a colleague was first."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        return _accepted(writing, ticket, ticket.claimed(writing.now, by), policy, name)

    return do


def assign(by: str, to: str, name: str) -> Action:
    """Give it to `to` (nobody when empty), whoever had it."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        return _accepted(writing, ticket, ticket.assigned(writing.now, by, to), policy, name)

    return do


def prioritise(by: str, priority: str) -> Action:
    """Move it to another priority and tell the customer; raises NotFound for one the policy lacks."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if all(known.key != priority for known in policy.priorities):
            raise NotFound(f"no priority {priority!r}")
        after = ticket.prioritised(writing.now, by, priority=priority)
        if after is not ticket:
            ticket_changes.notify_priority_changed(writing, after, policy, ticket.priority)
        return after

    return do


def send_back(by: str, text: str, *, posted_as: str = "") -> Action:
    """Return it for more information: the customer is asked, the clocks hold."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if not text.strip():
            raise NotAllowed("return without a question", ticket.status)
        after = ticket.returned(writing.now, by)
        asked = phrases.RETURNED(number=ticket.number, text=text.strip())
        said = Outgoing((*ticket_changes.take_pending_lines(writing, after, policy), asked))
        writing.say_as_agent(by, said, ticket, text.strip(), posted_as=posted_as)
        return after

    return do


def hold(by: str) -> Action:
    """Wait on the customer, who owes an answer."""
    return lambda writing, ticket, policy: ticket.held(writing.now, by)


def release(by: str) -> Action:
    """Wait no longer."""
    return lambda writing, ticket, policy: ticket.released(writing.now, by)


def resolve(by: str) -> Action:
    """Solved: the customer is told, and asked how it was."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        after = ticket.resolved(writing.now, by)
        writing.put(after)
        ticket_changes.notify_resolved(writing, after, policy)
        return after

    return do


def reopen(by: str) -> Action:
    """Not solved after all."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        after = ticket.reopened(writing.now, by)
        writing.conversation = writing.conversation.evolve(ticket_id=ticket.ticket_id)
        ticket_changes.notify_reopened(writing, after, policy)
        return after

    return do


def close() -> Action:
    """Over; done by the desk itself some days after a ticket was solved."""
    return lambda writing, ticket, policy: ticket.closed(writing.now)


def rename(by: str, subject: str) -> Action:
    """Give it a subject that colleagues understand at a glance."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        words = " ".join(subject.split())[:120]
        if not words or words == ticket.subject:
            return ticket
        renamed = ticket.with_event(TicketEventKind.RENAMED, writing.now, by, subject=words)
        return replace(renamed, subject=words)

    return do


def tag(by: str, tags: Sequence[str]) -> Action:
    """Set its tags: short words in lower case, each once."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        return ticket.tagged(writing.now, by, tags=tags)

    return do


def acknowledge(by: str, target: str, turn: str) -> Action:
    """Somebody has seen to a missed promise: nobody further is alerted."""

    def do(writing: ChangeSet, ticket: Ticket, policy: Policy) -> Ticket:
        if escalation.acknowledgement(escalation.events_about_turn(ticket, target, turn)):
            return ticket
        return ticket.with_event(TicketEventKind.ACKNOWLEDGED, writing.now, by, target=target, turn=turn)

    return do


def _accepted(writing: ChangeSet, before: Ticket, after: Ticket, policy: Policy, name: str) -> Ticket:
    if before.status is Status.NEW and after.status is Status.OPEN:
        ticket_changes.notify_accepted(writing, after, policy, name)
    elif after is not before:
        ticket_changes.notify_reassigned(writing, after, policy, name)
    return after


def _conversation(records: Records) -> Conversation:
    if records.conversation is None:
        raise NotFound(f"no contact {records.contact_id}")
    return records.conversation
