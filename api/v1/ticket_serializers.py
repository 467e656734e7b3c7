"""Tickets and their threads in the shapes that the API answers with. Reads nothing but names; decides nothing."""

from api.v1 import responses
from bot.conversation.questions import all_options
from bot.messages.errors import NotFound
from bot.messages.outgoing import Attachment
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from i18n.thread_text import entry_text
from jobs.request_context import agents, app_name, wiring
from store.inbox.views import DeadlineView, TicketView
from store.tickets.ticket_list import TicketRow

_MESSAGE_AUTHORS = {
    Author.CUSTOMER: responses.Writer.CUSTOMER,
    Author.BOT: responses.Writer.DESK,
    Author.AGENT: responses.Writer.AGENT,
    Author.NOTE: responses.Writer.NOTE,
}
_UNDELIVERED_STATUSES = (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN, DeliveryStatus.HELD)


def find_ticket_id(number: str) -> str:
    """The id of the ticket of that number; NotFound."""
    ticket_id = wiring().queries.by_number(number[:40])
    if not ticket_id:
        raise NotFound("no ticket of that number")
    return ticket_id


def line(row: TicketRow) -> responses.TicketLine:
    """A line of a list."""
    return responses.TicketLine(
        number=row.number,
        status=row.status,
        subject=row.subject,
        priority=row.priority,
        category=row.category,
        channel=row.channel,
        name=row.contact_name,
        company=row.company,
        language=row.locale,
        assignee=_agent_or_app_name(row.assignee) or None,
        tags=list(row.tags),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        due_at=row.due_at,
        target=responses.Target(row.target) if row.target else None,
        is_on_hold=row.is_on_hold,
        is_vip=row.is_vip,
        is_emergency=row.is_emergency,
    )


def ticket(view: TicketView) -> responses.Ticket:
    """A ticket as it stands."""
    one = view.ticket
    return responses.Ticket(
        number=one.number,
        status=one.status,
        subject=one.subject,
        priority=one.priority,
        category=one.category,
        address=str(one.address),
        name=one.contact_name,
        company=one.company,
        account=one.account_id or None,
        plan=one.plan or None,
        language=one.locale,
        assignee=_agent_or_app_name(one.assignee) or None,
        tags=list(one.tags),
        opened_at=one.opened_at,
        updated_at=one.updated_at or one.opened_at,
        archived_at=view.archived_at,
        has_clock=one.has_clock,
        is_vip=one.is_vip,
        is_emergency=one.is_emergency,
        is_over_quota=one.is_over_quota,
        details=[_detail(key, detail.value, one.locale) for key, detail in one.details.items()],
        promises=[_deadline(each) for each in view.deadlines],
    )


def message(entry: ThreadEntry, view: TicketView) -> responses.Message:
    """A line of a thread; what the desk said, in the customer's language."""
    text, options = entry_text(entry, view.ticket.locale, wiring().policy.calendar.zone)
    is_customer = entry.author is Author.CUSTOMER
    through = app_name(entry.by)
    return responses.Message(
        id=entry.entry_id,
        at=entry.at,
        author=_MESSAGE_AUTHORS[entry.author],
        name=view.ticket.contact_name if is_customer else through or _agent_or_app_name(entry.by),
        through=through or None,
        text=text,
        options=options,
        files=[_file(file) for file in entry.attachments],
        is_edit=entry.is_edit,
        sending=_delivery(view.deliveries.get(entry.entry_id)),
    )


def _detail(key: str, value: str, locale: str) -> responses.Detail:
    question = next((each for each in wiring().policy.questions if each.key == key), None)
    chosen = (
        next((o for o in all_options(question, wiring().policy) if o.key == value), None)
        if question
        else None
    )
    return responses.Detail(
        key=key,
        label=question.label.in_(locale) if question else key,
        value=value,
        words=chosen.label.in_(locale) if chosen else value,
    )


def _deadline(promise: DeadlineView) -> responses.Promise:
    return responses.Promise(
        target=responses.Target(promise.target),
        turn=promise.turn,
        started_at=promise.started_at,
        due_at=promise.due_at,
        warn_at=promise.warn_at,
        met_at=promise.met_at,
        missed_at=promise.missed_at,
        is_on_hold=promise.is_on_hold,
        is_by_window=promise.is_by_window,
    )


def _file(file: Attachment) -> responses.File:
    return responses.File(
        name=file.name,
        kind=file.kind,
        media_type=file.media_type,
        size=file.size,
        problem=file.problem or None,
    )


def _delivery(delivery: OutboxEntry | None) -> responses.Sending | None:
    if delivery is None:
        return None
    is_trouble = delivery.status in _UNDELIVERED_STATUSES and delivery.reason
    reason = reason_for(delivery.reason).text if is_trouble else None
    return responses.Sending(status=delivery.status, reason=reason)


def _agent_or_app_name(who: str) -> str:
    """An agent's or an app's name; "" for nobody."""
    agent = agents().get(who)
    return agent.name if agent else app_name(who)
