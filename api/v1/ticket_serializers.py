"""Converts tickets and their threads to API responses."""

from api.v1 import responses
from bot.conversation.intake.questions import all_options
from bot.messages.errors import NotFound
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from i18n.thread_text import entry_text
from jobs.request_context import agents, app_name, wiring
from store.inbox.views import TicketView
from store.tickets.ticket_list import TicketRow

_WRITERS = {
    Author.CUSTOMER: responses.Writer.CUSTOMER,
    Author.BOT: responses.Writer.DESK,
    Author.AGENT: responses.Writer.AGENT,
    Author.NOTE: responses.Writer.NOTE,
}
_UNDELIVERED = (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN, DeliveryStatus.HELD)


def find_ticket_id(number: str) -> str:
    """Return the id of the ticket with this number; NotFound."""
    ticket_id = wiring().queries.by_number(number[:40])
    if not ticket_id:
        raise NotFound("no ticket with this number")
    return ticket_id


def line(row: TicketRow) -> responses.TicketLine:
    """Convert a ticket in a list."""
    return responses.TicketLine.of(
        row,
        name=row.contact_name,
        language=row.locale,
        assignee=_agent_or_app_name(row.assignee) or None,
        target=row.target or None,
    )


def ticket(view: TicketView) -> responses.Ticket:
    """Convert a single ticket."""
    one = view.ticket
    return responses.Ticket.of(
        one,
        name=one.contact_name,
        language=one.locale,
        assignee=_agent_or_app_name(one.assignee) or None,
        address=str(one.address),
        window_closes_at=view.contact.window_closes_at,
        account=one.account_id or None,
        plan=one.plan or None,
        updated_at=one.updated_at or one.opened_at,
        archived_at=view.archived_at,
        details=[_detail(key, detail.value, one.locale) for key, detail in one.details.items()],
        promises=view.deadlines,
    )


def message(entry: ThreadEntry, view: TicketView) -> responses.Message:
    """Convert an entry of a thread; the desk's phrases are rendered in the customer's language."""
    text, options = entry_text(entry, view.ticket.locale, wiring().policy.calendar.zone)
    through = app_name(entry.by)
    is_customer = entry.author is Author.CUSTOMER
    return responses.Message.of(
        entry,
        id=entry.entry_id,
        author=_WRITERS[entry.author],
        name=view.ticket.contact_name if is_customer else through or _agent_or_app_name(entry.by),
        through=through or None,
        text=text,
        options=options,
        files=[responses.File.of(file, problem=file.problem or None) for file in entry.attachments],
        sending=_sending(view.deliveries.get(entry.entry_id)),
    )


def _detail(key: str, value: str, locale: str) -> responses.Detail:
    policy = wiring().policy
    question = next((each for each in policy.questions if each.key == key), None)
    if question is None:
        return responses.Detail(key=key, label=key, value=value, words=value)
    choice = next((each for each in all_options(question, policy) if each.key == value), None)
    words = choice.label.in_(locale) if choice else value
    return responses.Detail(key=key, label=question.label.in_(locale), value=value, words=words)


def _sending(delivery: OutboxEntry | None) -> responses.Sending | None:
    if delivery is None:
        return None
    is_undelivered = delivery.status in _UNDELIVERED and delivery.reason
    return responses.Sending.of(delivery, reason=reason_for(delivery.reason).text if is_undelivered else None)


def _agent_or_app_name(who: str) -> str:
    """Return the name of the agent or app with this id; "" if there's none."""
    agent = agents().get(who)
    return agent.name if agent else app_name(who)
