"""The status of a thread's attachments."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.messages.outgoing import Attachment
from bot.messages.thread import ThreadEntry
from bot.model.ticket import Ticket
from store.codec import load


def with_fetched_files(entry: ThreadEntry, files: Mapping[bytes, bytes]) -> ThreadEntry:
    """The entry with the current status of its attachments."""
    if not entry.attachments:
        return entry
    fetched = tuple(
        load(Attachment, files[name]) if (name := f"{entry.entry_id}/{n}".encode()) in files else file
        for n, file in enumerate(entry.attachments)
    )
    return replace(entry, attachments=fetched)


def with_detail_files(ticket: Ticket, entries: Sequence[ThreadEntry]) -> Ticket:
    """The ticket with the current status of the files among its details."""
    by_ref = {file.ref: file for entry in entries for file in entry.attachments if file.ref}
    details = {
        key: replace(detail, attachments=tuple(by_ref.get(file.ref, file) for file in detail.attachments))
        for key, detail in ticket.details.items()
    }
    return ticket.evolve(details=details)
