"""What becomes of messages while WhatsApp's window is shut: held, in order, until its reader writes again. Pure.

An approved template, which costs money, asks them to. Only what somebody waits for is worth one: an agent's
words, a question back, a price, a missed promise for a manager. News of status and priority, and the question
how satisfied they were, wait for the next occasion.
"""

from enum import StrEnum

from bot.messages import phrases_delivery, phrases_ticket
from bot.messages.button_payloads import WRITE_AGAIN
from bot.messages.outgoing import Option, Outgoing, Translatable
from bot.messages.thread import ApprovedTemplate, Author, OutboxEntry
from bot.policy.whatsapp_section import ContentSids, WhatsAppSettings

NOT_NEEDED = "not_needed"
"""Why a template did not go out: its reader wrote first. A key of `bot.messages.phrases_delivery.REASONS`."""

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
    """Why a held message still waits: keys of `bot.messages.phrases_delivery.REASONS`."""

    INVITED = "held_invited"  # its reader was told that it waits
    UNWORTHY = "held_quiet"  # not worth a template
    NO_TEMPLATE = "held_no_template"
    SPENT = "held_spent"  # today's templates are used up
    TOO_SOON = "held_too_soon"  # they had one within a day
    TEMPLATE_FAILED = "held_template_failed"


def is_worth_a_template(entry: OutboxEntry) -> bool:
    """Whether its reader should be asked to write to us, so that they can have it."""
    return entry.author is Author.AGENT or _says(entry, _FOR_CUSTOMERS) or is_alert(entry)


def is_alert(entry: OutboxEntry) -> bool:
    """Whether it tells a manager of a promise in danger or broken."""
    return _says(entry, _FOR_MANAGERS)


def template_for(entry: OutboxEntry, settings: WhatsAppSettings) -> ContentSids | None:
    """Which template asks for it: customers and managers have one each."""
    return settings.alert_waiting if is_alert(entry) else settings.answer_waiting


def template_message(entry: OutboxEntry, number: str, sid: str) -> tuple[Outgoing, ApprovedTemplate]:
    """The template that says that `entry` waits, as our thread shows it and as it is sent."""
    phrase = phrases_delivery.ALERT_WAITING if is_alert(entry) else phrases_delivery.ANSWER_WAITING
    lines = (Translatable(phrase, {"number": number}),)
    shown = Outgoing(lines, (Option(WRITE_AGAIN, Translatable(phrases_delivery.SHOW_IT)),))
    return shown, ApprovedTemplate(sid, {"1": number})


def _says(entry: OutboxEntry, phrases: set[str]) -> bool:
    return any(
        isinstance(line, Translatable) and line.phrase.text in phrases for line in entry.outgoing.lines
    )
