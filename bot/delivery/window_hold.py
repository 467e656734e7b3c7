"""Holds messages in order while WhatsApp's window is closed, until the recipient writes again. Pure.

An approved template asks them to write. Templates cost money, so only messages that somebody waits for get one: an
agent's reply, a question, a quote, a missed deadline for a manager. Status and priority changes and the satisfaction
question wait until the window opens.
"""

from enum import StrEnum

from bot.messages import phrases_delivery, phrases_ticket
from bot.messages.button_payloads import WRITE_AGAIN
from bot.messages.outgoing import Option, Outgoing, Translatable
from bot.messages.thread import ApprovedTemplate, Author, OutboxEntry
from bot.policy.whatsapp_section import ContentSids, WhatsAppSettings

NOT_NEEDED = "not_needed"
"""Why a template wasn't sent: the recipient wrote first. A key of `bot.messages.phrases_delivery.REASONS`."""

_FOR_CUSTOMERS = {
    phrases_ticket.RETURNED.text,
    phrases_ticket.QUOTE_OFFER.text,
}
_FOR_MANAGERS = {
    phrases_ticket.ALERT_OVERDUE.text,
    phrases_ticket.ALERT_STILL_OVERDUE.text,
    phrases_ticket.ALERT_STILL_OVERDUE.text,
    phrases_ticket.ALERT_EMERGENCY.text,
    phrases_ticket.ALERT_NOT_DELIVERED.text,
    phrases_ticket.ALERT_DIGEST.text,
}


class HoldReason(StrEnum):
    """Why a message is still held: keys of `bot.messages.phrases_delivery.REASONS`."""

    INVITED = "held_invited"  # a template was sent
    UNWORTHY = "held_quiet"  # not important enough for a template
    NO_TEMPLATE = "held_no_template"
    SPENT = "held_spent"  # today's templates are used up
    TOO_SOON = "held_too_soon"  # they got one within the last day
    TEMPLATE_FAILED = "held_template_failed"


def is_worth_a_template(entry: OutboxEntry) -> bool:
    """Whether the message is important enough for a template."""
    return entry.author is Author.AGENT or _says(entry, _FOR_CUSTOMERS) or is_alert(entry)


def is_alert(entry: OutboxEntry) -> bool:
    """Whether it's an alert about a deadline for a manager."""
    return _says(entry, _FOR_MANAGERS)


def template_for(entry: OutboxEntry, settings: WhatsAppSettings) -> ContentSids | None:
    """Which template to send: customers and managers have one each."""
    return settings.alert_waiting if is_alert(entry) else settings.answer_waiting


def template_message(entry: OutboxEntry, number: str, sid: str) -> tuple[Outgoing, ApprovedTemplate]:
    """The template that announces `entry`, as the thread shows it and as it's sent."""
    phrase = phrases_delivery.ALERT_WAITING if is_alert(entry) else phrases_delivery.ANSWER_WAITING
    lines = (Translatable(phrase, {"number": number}),)
    shown = Outgoing(lines, (Option(WRITE_AGAIN, Translatable(phrases_delivery.SHOW_IT)),))
    return shown, ApprovedTemplate(sid, {"1": number})


def _says(entry: OutboxEntry, phrases: set[str]) -> bool:
    return any(
        isinstance(line, Translatable) and line.phrase.text in phrases for line in entry.outgoing.lines
    )
