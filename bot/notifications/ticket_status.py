"""Messages that tell a customer their ticket is open, solved, closed, or how it stands."""

from bot.messages import phrases_ticket as phrases
from bot.messages.localized import Label
from bot.messages.outgoing import Line, Moment, Outgoing, Param, Said
from bot.model.change_set import Writing
from bot.model.conversation import Status, TicketHead
from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.outlook import Policies, outlook

_PROMISED = {
    "review": phrases.TICKET_OPENED_TO_REVIEW,
    "resolution": phrases.TICKET_OPENED_TO_SOLVE,
}

_STATUS = {
    Status.NEW: phrases.STATUS_NEW,
    Status.OPEN: phrases.STATUS_OPEN,
    Status.WAITING: phrases.STATUS_WAITING,
    Status.RESOLVED: phrases.STATUS_RESOLVED,
    Status.CLOSED: phrases.STATUS_CLOSED,
}


def opened(writing: Writing, ticket: Ticket, policy: Policy, *, is_for_person: bool) -> None:
    """Number, priority, and by when they hear from us; out of hours, when the desk opens."""
    lines: list[Line] = [_opened(ticket, policy, is_for_person=is_for_person)]
    if ticket.is_emergency and policy.emergency and policy.emergency.notice:
        lines.append(policy.emergency.notice)
    if ticket.is_over_quota:
        lines.append(Said(phrases.QUOTA_EXCEEDED))
    if not ticket.is_emergency and not policy.calendar.is_open(writing.now):
        opens = Moment(policy.calendar.next_opening(writing.now))
        lines.append(Said(phrases.DESK_CLOSED_NOW, {"opens": opens}))
    lines.append(Said(phrases.WRITE_HERE))
    writing.say(Outgoing(tuple(lines)), ticket.ticket_id)


def _opened(ticket: Ticket, policy: Policy, *, is_for_person: bool) -> Said:
    promised = outlook(ticket, policy).promised
    if not ticket.has_clock:
        return Said(phrases.TICKET_OPENED_NO_PROMISE, {"number": ticket.number})
    if promised is None or promised.due_at is None:
        return Said(phrases.TICKET_RECORDED, {"number": ticket.number})
    phrase = _PROMISED.get(promised.target, phrases.TICKET_OPENED)
    if is_for_person:
        phrase = phrases.TICKET_OPENED_FOR_PERSON
    params: dict[str, Param] = {"number": ticket.number, "due": Moment(promised.due_at, is_latest=True)}
    if not is_for_person:
        params["priority"] = priority_label(policy, ticket.priority)
    return Said(phrase, params)


def closed(writing: Writing, ticket: Ticket, policy: Policy) -> None:
    """It is over. Where WhatsApp's window has shut, that alone is not worth reopening it."""
    who = writing.conversation
    if policy.tells.status and whatsapp_window.is_open(who.address, who.last_inbound_at, writing.now):
        writing.say(phrases.TICKET_CLOSED, ticket.ticket_id, number=ticket.number)


def status(writing: Writing, policies: Policies, thread_id: str) -> None:
    """How each of their requests stands."""
    who = writing.conversation
    lines: list[Line] = [status_line(writing, head, policies) for head in who.tickets if head.is_live]
    if not lines:
        lines.extend(status_line(writing, head, policies) for head in who.tickets[-1:])
    if who.draft_id:
        lines.append(Said(phrases.STATUS_DRAFT))
    writing.say(Outgoing(tuple(lines) or (Said(phrases.STATUS_NONE),)), thread_id)


def status_line(writing: Writing, head: TicketHead, policies: Policies) -> Said:
    """How that request stands, and by when they next hear from us."""
    ticket = writing.ticket(head.ticket_id)
    params: dict[str, Param] = {"number": head.number, "subject": head.subject or "…"}
    params["status"] = Said(_STATUS[head.status])
    promised = outlook(ticket, policies.of(ticket)).promised
    due_at = promised.due_at if promised else None
    if due_at and due_at <= writing.now and head.status in (Status.NEW, Status.OPEN):
        return Said(phrases.DELAY_APOLOGY_NO_PROMISE, {"number": head.number})
    if due_at is None or due_at <= writing.now:
        return Said(phrases.STATUS_LINE_NO_PROMISE, params)
    return Said(phrases.STATUS_LINE, {**params, "due": Moment(due_at)})


def priority_label(policy: Policy, key: str) -> Label | str:
    """What people call that priority; the key itself when the policy no longer knows it."""
    return next((priority.label for priority in policy.priorities if priority.key == key), key)
