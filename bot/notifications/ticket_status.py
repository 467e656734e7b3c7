"""Messages that tell a customer that their ticket is open, resolved or closed, or its status."""

from bot.messages import phrases_ticket as phrases
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Outgoing, Param, Timestamp, Translatable
from bot.model.change_set import ChangeSet
from bot.model.conversation import Status, TicketSummary
from bot.model.ticket import Ticket
from bot.notifications import aims
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.outlook import Policies, outlook

STATUS_NAMES = {
    Status.NEW: phrases.STATUS_NEW,
    Status.OPEN: phrases.STATUS_OPEN,
    Status.WAITING: phrases.STATUS_WAITING,
    Status.RESOLVED: phrases.STATUS_RESOLVED,
    Status.CLOSED: phrases.STATUS_CLOSED,
}


def notify_opened(writing: ChangeSet, ticket: Ticket, policy: Policy, *, is_for_person: bool) -> None:
    """Number, priority and when to expect an answer; out of hours, when the desk opens."""
    lines: list[Line] = [_opened(ticket, policy, is_for_person=is_for_person)]
    if ticket.is_emergency and policy.emergency and policy.emergency.notice:
        lines.append(policy.emergency.notice)
    if ticket.is_over_quota:
        lines.append(Translatable(phrases.QUOTA_EXCEEDED))
    if not ticket.is_emergency and not policy.calendar.is_open(writing.now):
        opens = Timestamp(policy.calendar.next_opening(writing.now))
        lines.append(Translatable(phrases.DESK_CLOSED_NOW, {"opens": opens}))
    lines.append(Translatable(phrases.WRITE_HERE))
    writing.say(Outgoing(tuple(lines)), ticket.ticket_id)


def _opened(ticket: Ticket, policy: Policy, *, is_for_person: bool) -> Translatable:
    promised = outlook(ticket, policy).promised
    if not ticket.has_clock:
        return Translatable(phrases.TICKET_OPENED_NO_PROMISE, {"number": ticket.number})
    if promised is None or promised.due_at is None:
        return Translatable(phrases.TICKET_RECORDED, {"number": ticket.number})
    params: dict[str, Param] = {"number": ticket.number}
    if is_for_person:
        return aims.with_aim(aims.OPENED_FOR_PERSON, promised, params)
    params["priority"] = priority_label(policy, ticket.priority)
    return aims.with_aim(aims.OPENED, promised, params)


def notify_closed(writing: ChangeSet, ticket: Ticket, policy: Policy) -> None:
    """The ticket was closed. Nothing if WhatsApp's window is closed: this alone isn't worth a template."""
    who = writing.conversation
    if policy.tells.status and whatsapp_window.is_open(who.address, who.last_inbound_at, writing.now):
        writing.say(phrases.TICKET_CLOSED, ticket.ticket_id, number=ticket.number)


def send_status(writing: ChangeSet, policies: Policies, thread_id: str) -> None:
    """The status of each of their tickets."""
    who = writing.conversation
    lines: list[Line] = [status_line(writing, head, policies) for head in who.tickets if head.is_live]
    if not lines:
        lines.extend(status_line(writing, head, policies) for head in who.tickets[-1:])
    if who.draft_id:
        lines.append(Translatable(phrases.STATUS_DRAFT))
    writing.say(Outgoing(tuple(lines) or (Translatable(phrases.STATUS_NONE),)), thread_id)


def status_line(writing: ChangeSet, head: TicketSummary, policies: Policies) -> Translatable:
    """The ticket's status and what the desk aims to do next."""
    ticket = writing.ticket(head.ticket_id)
    params: dict[str, Param] = {"number": head.number, "subject": head.subject or "…"}
    params["status"] = Translatable(STATUS_NAMES[head.status])
    promised = outlook(ticket, policies.of(ticket)).promised
    due_at = promised.due_at if promised else None
    if due_at and due_at <= writing.now and head.status in (Status.NEW, Status.OPEN):
        return Translatable(phrases.DELAY_APOLOGY_NO_PROMISE, {"number": head.number})
    if promised is None or due_at is None or due_at <= writing.now:
        return Translatable(phrases.STATUS_LINE_NO_PROMISE, params)
    return aims.with_aim(aims.STATUS_LINE, promised, params)


def priority_label(policy: Policy, key: str) -> LocalizedText | str:
    """The priority's label; its key if the policy no longer has it."""
    return next((priority.label for priority in policy.priorities if priority.key == key), key)
