"""A ticket's thread as JSON: messages, notes and events in order."""

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from bot.conversation.intake.questions import DESCRIPTION
from bot.delivery.corrections import WITHDRAWN, Whereabouts, is_corrected, whereabouts
from bot.messages.outgoing import Attachment
from bot.messages.thread import Author, OutboxEntry, ThreadEntry
from bot.model.ticket_events import TicketEvent
from i18n.thread_text import entry_text
from inbox.tickets.delivery_text import delivery_json
from inbox.tickets.event_text import event_text
from inbox.tickets.row_json import iso
from inbox.web.locale import gettext
from inbox.web.locale import locale as readers
from jobs.request_context import agents, app_name, wiring
from store.inbox.views import TicketView

_NOT_OUT = (Whereabouts.WAITING, Whereabouts.REFUSED)


def thread_items(view: TicketView) -> list[dict[str, Any]]:
    """All items of the thread; events follow the message that caused them."""
    by_external = {entry.external_id: entry for entry in view.entries if entry.external_id}
    ours = {entry.entry_id: entry for entry in view.entries}
    for delivery in view.deliveries.values():
        by_external |= dict.fromkeys(filter(None, delivery.external_ids), ours[delivery.entry_id])
    shown = [e for e in view.entries if not (e.is_withdrawal and e.entry_id not in view.deliveries)]
    times = accumulate((entry.at for entry in shown), max)  # a message never moves before an earlier one
    items = [(at, 0, _message(entry, view, by_external)) for at, entry in zip(times, shown, strict=True)]
    items += [(fact.at, 1, event) for n, fact in enumerate(view.ticket.facts) if (event := _event(n, fact))]
    return [item for _, _, item in sorted(items, key=lambda item: item[:2])]


def file_json(file: Attachment) -> dict[str, Any]:
    """A file as the page shows it."""
    return {
        "id": file.file_id,
        "kind": file.kind,
        "media_type": file.media_type,
        "name": file.name,
        "size": file.size,
        "problem": file.problem,
    }


def _message(entry: ThreadEntry, view: TicketView, by_external: Mapping[str, ThreadEntry]) -> dict[str, Any]:
    delivery, quoted = view.deliveries.get(entry.entry_id), by_external.get(entry.quoted_id)
    locale, is_archived = view.ticket.locale, view.archived_at is not None
    author, is_ours = agents().get(entry.by), entry.is_system_note
    return {
        "type": "message",
        "id": entry.entry_id,
        "at": iso(entry.at),
        "author": entry.author.value,
        "by": entry.by,
        "name": author.name if author else gettext("The desk") if is_ours else app_name(entry.by),
        "kind": entry.kind.value,
        **_text(entry, readers() if is_ours else locale),
        "files": [file_json(file) for file in entry.attachments],
        "quoted": _quoted(entry, quoted, locale),
        "is_intake": _is_intake(entry, view),
        "is_edit": entry.is_edit,
        "is_withdrawal": entry.is_withdrawal,
        "is_corrected": _is_corrected(entry, delivery),
        "is_forwarded": entry.is_forwarded,
        "referral": entry.referral,
        "delivery": _delivery(entry, delivery, is_archived=is_archived),
    }


def _quoted(entry: ThreadEntry, quoted: ThreadEntry | None, locale: str) -> dict[str, Any] | None:
    """What it replies to: the part that was quoted, else the whole message."""
    author = {"author": quoted.author.value if quoted else ""}
    if entry.quoted_text:
        return {"text": entry.quoted_text, "options": []} | author
    return _text(quoted, locale) | author if quoted else None


def _is_corrected(entry: ThreadEntry, delivery: OutboxEntry | None) -> bool:
    """Whether the customer gets other words than these; whether they get none at all is its delivery status."""
    return delivery is not None and delivery.reason != WITHDRAWN and is_corrected(entry, delivery)


def _is_intake(entry: ThreadEntry, view: TicketView) -> bool:
    """Whether it belongs to the conversation that led to the ticket: the details have what came of it."""
    ticket = view.ticket
    is_told = DESCRIPTION in ticket.details and entry.thread_id == ticket.ticket_id
    return is_told and entry.at < ticket.opened_at and entry.author in (Author.CUSTOMER, Author.BOT)


def _delivery(
    entry: ThreadEntry, delivery: OutboxEntry | None, *, is_archived: bool
) -> dict[str, Any] | None:
    """Its delivery status; archived messages can't be retried, or taken back to be corrected."""
    if delivery is None or entry.author is Author.NOTE:
        return None
    told = delivery_json(delivery)
    is_in_composer = entry.author is Author.AGENT and entry.said is None and not entry.is_edit
    can_withdraw = is_in_composer and whereabouts(delivery) in _NOT_OUT and delivery.reason != WITHDRAWN
    return told | {
        "can_try_again": told["can_try_again"] and not is_archived,
        "can_withdraw": can_withdraw and not is_archived,
    }


def _text(entry: ThreadEntry, locale: str) -> dict[str, Any]:
    text, options = entry_text(entry, locale, wiring().policy.calendar.zone)
    return {"text": text, "options": options}


def _event(n: int, fact: TicketEvent) -> dict[str, Any] | None:
    """The line of the `n`-th event: several may have the same time."""
    words = event_text(fact)
    if not words:
        return None
    return {
        "type": "event",
        "id": f"fact {n}",
        "kind": fact.kind.value,
        "at": iso(fact.at),
        "words": words,
    }
