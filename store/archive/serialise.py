"""Converts a ticket's records to an archive record and back. The only place that knows the archive's format."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.archiving.archive_record import ArchiveRecord
from bot.messages.ids import owner_of
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from store.archive.thread_keys import ThreadRecords
from store.tickets.search import normalise
from store.tickets.ticket_list import ended_at

MAX_SEARCH_TEXT = 2_000
"""Characters of search words per ticket; more would make every search slower."""


def serialise(found: ThreadRecords, conversation: Conversation, at: datetime) -> ArchiveRecord:
    """The archive record of a ticket, archived at `at`."""
    ticket = found.load_ticket()
    return ArchiveRecord(
        ticket_id=ticket.ticket_id,
        contact_id=owner_of(ticket.ticket_id),
        number=ticket.number,
        opened_at=ticket.opened_at,
        ended_at=ended_at(ticket),
        archived_at=at,
        row=found.row.decode(),
        content=_content(found),
        words=_search_text(ticket, conversation),
        about=_about(ticket),
    )


def deserialise(archived: ArchiveRecord) -> ThreadRecords:
    """The ticket's records, as they were in the store."""
    kept = json.loads(archived.content)
    return ThreadRecords(
        ticket_id=archived.ticket_id,
        ticket=_raw(kept["ticket"]),
        row=archived.row.encode(),
        entries=tuple(map(_raw, kept["entries"])),
        files={name.encode(): _raw(file) for name, file in kept["files"].items()},
        outbox={entry_id: _raw(sent) for entry_id, sent in kept["deliveries"].items()},
        topic=_raw(kept["topic"]) if kept["topic"] else b"",
        posts=_bytes(kept["posts"]),
        signs=_bytes(kept["signs"]),
    )


def _content(found: ThreadRecords) -> str:
    told = {
        "ticket": json.loads(found.ticket),
        "entries": [json.loads(raw) for raw in found.entries],
        "files": {name.decode(): json.loads(raw) for name, raw in found.files.items()},
        "deliveries": {entry_id: json.loads(raw) for entry_id, raw in found.outbox.items()},
        "topic": json.loads(found.topic) if found.topic else None,
        "posts": _texts(found.posts),
        "signs": _texts(found.signs),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _search_text(ticket: Ticket, conversation: Conversation) -> str:
    """What people search for: number, names, phone, subject, tags and answers."""
    addresses = {ticket.address, conversation.address, *conversation.addresses}
    details = (detail.value for detail in ticket.details.values())
    shown = (ticket.number, ticket.contact_name, ticket.company, ticket.subject, ticket.last_words)
    told = (*shown, *ticket.tags, *sorted(address.name for address in addresses), *details)
    words = dict.fromkeys(normalise(" ".join(told)).split())
    return " ".join(words)[:MAX_SEARCH_TEXT]


def _about(ticket: Ticket) -> Mapping[str, str]:
    told = {
        "channel": ticket.address.channel,
        "locale": ticket.locale,
        "category": ticket.category,
        "priority": ticket.priority,
        "assignee": ticket.assignee,
        "company": ticket.company,
        "account_id": ticket.account_id,
        "plan": ticket.plan,
    }
    return {name: value.replace("\x00", "") for name, value in told.items()}


def _raw(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _texts(raw: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in raw.items()}


def _bytes(texts: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): value.encode() for name, value in texts.items()}
