"""A ticket's thread as JSON: messages, notes and events, in the order in which they happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.messages.outgoing import Attachment, Outgoing
from bot.messages.thread import Author, Entry, OutboxEntry
from bot.model.ticket_events import Fact
from i18n.render import render_outgoing
from inbox.deliveries import delivery_json
from inbox.events import event_words
from inbox.languages import gettext
from inbox.languages import locale as readers
from inbox.names import agents, app_name
from inbox.rows import iso
from inbox.wired import wiring
from store.inbox.views import TicketView


def thread_items(view: TicketView) -> list[dict[str, Any]]:
    """Everything that stands in the thread; events come after the message that set them off."""
    by_external = {entry.external_id: entry for entry in view.entries if entry.external_id}
    ours = {entry.entry_id: entry for entry in view.entries}
    for delivery in view.deliveries.values():
        by_external |= dict.fromkeys(filter(None, delivery.external_ids), ours[delivery.entry_id])
    items = [(entry.at, 0, _message(entry, view, by_external)) for entry in view.entries]
    items += [(fact.at, 1, event) for n, fact in enumerate(view.ticket.facts) if (event := _event(n, fact))]
    return [item for _, _, item in sorted(items, key=lambda item: item[:2])]


def file_json(file: Attachment) -> dict[str, Any]:
    """What the page shows of a file."""
    return {
        "id": file.file_id,
        "kind": file.kind,
        "media_type": file.media_type,
        "name": file.name,
        "size": file.size,
        "problem": file.problem,
    }


def _message(entry: Entry, view: TicketView, by_external: Mapping[str, Entry]) -> dict[str, Any]:
    delivery, quoted = view.deliveries.get(entry.entry_id), by_external.get(entry.quoted_id)
    locale, is_archived = view.ticket.locale, view.archived_at is not None
    author, is_ours = agents().get(entry.by), entry.is_note_of_desk
    return {
        "type": "message",
        "id": entry.entry_id,
        "at": iso(entry.at),
        "author": entry.author.value,
        "by": entry.by,
        "name": author.name if author else gettext("The desk") if is_ours else app_name(entry.by),
        "kind": entry.kind.value,
        **entry_words(entry, readers() if is_ours else locale),
        "files": [file_json(file) for file in entry.attachments],
        "quoted": entry_words(quoted, locale) | {"author": quoted.author.value} if quoted else None,
        "is_edit": entry.is_edit,
        "is_forwarded": entry.is_forwarded,
        "referral": entry.referral,
        "delivery": _delivery(entry, delivery, is_archived=is_archived),
    }


def _delivery(entry: Entry, delivery: OutboxEntry | None, *, is_archived: bool) -> dict[str, Any] | None:
    """How far it got; nothing is sent again from the archive."""
    if delivery is None or entry.author is Author.NOTE:
        return None
    told = delivery_json(delivery)
    return told | {"can_try_again": told["can_try_again"] and not is_archived}


def entry_words(entry: Entry, locale: str) -> dict[str, Any]:
    """What a person wrote, or what the desk said, in the language in which the customer read it."""
    if entry.said is None:
        return {"text": entry.text, "options": []}
    said = _rendered(entry.said, locale, entry.at)
    return {
        "text": "\n".join(str(line) for line in said.lines),
        "options": [str(option.label) for option in said.options],
    }


def _rendered(said: Outgoing, locale: str, at: datetime) -> Outgoing:
    return render_outgoing(said, locale, wiring().policy.calendar.zone, at)


def _event(n: int, fact: Fact) -> dict[str, Any] | None:
    """The line of the `n`-th fact: several may happen at the same instant."""
    words = event_words(fact)
    if not words:
        return None
    return {
        "type": "event",
        "id": f"fact {n}",
        "kind": fact.kind.value,
        "at": iso(fact.at),
        "words": words,
    }
