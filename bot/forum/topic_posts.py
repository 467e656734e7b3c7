"""How a thread's entries become posts of a topic: several lines folded into one, albums whole, files in time. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import phrases_forum as phrases
from bot.messages.inbound import CHANNEL_NAMES, Kind
from bot.messages.outgoing import Attachment, Line, Said
from bot.messages.thread import Author, Entry
from bot.model.ticket import Ticket
from bot.text.masking import masked
from bot.text.support_codes import HIDDEN

MOST_FOLDED = 20
MOST_WORDS = 3000  # characters in one post, so that it stays one message
FILES_AWAITED_FOR = timedelta(seconds=25)
"""So long a line waits for its files to be fetched; then it is shown without them, and they follow."""
ALBUM_AWAITED_FOR = timedelta(seconds=2)
RECAP_LINES = 30

NOWHERE: Mapping[str, str] = {}
_WAYS = ("/start", HIDDEN)
"""All that a thread keeps of a link or code by which they came through: the line that they did says more."""


@dataclass(frozen=True, slots=True)
class Post:
    """Entries that are shown together; the topic then has shown all before `end`."""

    entries: tuple[Entry, ...]
    end: int
    not_before: datetime | None = None

    @property
    def files(self) -> Mapping[str, Attachment]:
        """Its files by name, "entry/n"."""
        return {
            f"{entry.entry_id}/{n}": file
            for entry in self.entries
            for n, file in enumerate(entry.attachments)
        }

    @property
    def late(self) -> tuple[str, ...]:
        """The names of files that are still to be fetched."""
        return tuple(name for name, file in self.files.items() if is_awaited(file))


def intake_end(entries: Sequence[Entry], ticket: Ticket) -> int:
    """How many entries belong to the conversation before the ticket was open: its card tells them."""
    told = [n for n, e in enumerate(entries) if e.author is Author.BOT and e.at == ticket.opened_at]
    return told[-1] + 1 if told else 0


def next_post(
    ticket: Ticket,
    entries: Sequence[Entry],
    shown: int,
    end: int,
    posts: Mapping[str, tuple[int, ...]],
) -> Post | None:
    """The next post of a topic that has shown so many entries; `end`, when one is under way already."""
    start = max(shown, 0)
    if shown < 0:
        start = intake_end(entries, ticket)
        kept = tuple(entry for entry in entries[:start] if _is_of_use(entry, ticket))
        if kept:
            return _post(kept, start, entries)
    while start < len(entries) and _is_there(entries[start], posts):
        start += 1
    if end > start:
        return Post(tuple(e for e in entries[start:end] if not _is_there(e, posts)), end)
    if start == len(entries):
        return None
    end = start + 1
    while end < len(entries) and _joins(entries[start:end], entries[end], posts):
        end += 1
    return _post(tuple(entries[start:end]), end, entries)


def recap(entries: Sequence[Entry], begun: int) -> tuple[Entry, ...]:
    """The last of what was said, without the conversation before the ticket was open."""
    told = (e for n, e in enumerate(entries) if n >= begun or e.is_note_of_desk)
    return tuple(e for e in told if e.kind is not Kind.REACTION)[-RECAP_LINES:]


def is_awaited(file: Attachment) -> bool:
    """Whether the file may still come."""
    return bool(file.ref and not file.file_id and not file.problem)


def moves(thread: Sequence[Entry]) -> Mapping[str, str]:
    """Where the customer wrote from another app than before: the app's name, by entry id."""
    moved, last = {}, ""
    for entry in thread:
        if entry.author is Author.CUSTOMER and entry.channel in CHANNEL_NAMES:
            if last and entry.channel != last:
                moved[entry.entry_id] = CHANNEL_NAMES[entry.channel]
            last = entry.channel
    return moved


def words(
    entries: Sequence[Entry],
    ticket: Ticket,
    told: Callable[[Entry], str],
    name: Callable[[str], str],
    *,
    moved: Mapping[str, str] = NOWHERE,
    names_files: bool = False,
) -> tuple[Line, ...]:
    """What a post says: who, then their words; `told` is what the desk said, `name` an agent's."""
    lines: list[Line] = []
    last = ("", "")
    for entry in entries:
        if channel := moved.get(entry.entry_id):
            lines.append(Said(phrases.GOES_ON, {"name": _customer(ticket), "channel": channel}))
            last = ("", "")
            if entry.text in _WAYS and not entry.attachments:
                continue
        who = (entry.author.value, entry.by)
        if who != last or entry.is_edit or entry.is_forwarded:
            lines.append(_who(entry, ticket, name))
        lines.extend(_words(entry, told))
        lines.extend(_named(file) for file in entry.attachments if names_files and file.file_id)
        last = who
    return tuple(lines)


def _who(entry: Entry, ticket: Ticket, name: Callable[[str], str]) -> Line:
    if entry.author is Author.BOT:
        return Said(phrases.BY_DESK)
    if entry.author is Author.CUSTOMER:
        if entry.is_edit:
            return Said(phrases.EDITED_BY, {"name": _customer(ticket)})
        phrase = phrases.FORWARDED_BY if entry.is_forwarded else phrases.BY_CUSTOMER
        return Said(phrase, {"name": _customer(ticket)})
    if entry.is_note_of_desk:
        return Said(phrases.NOTE_BY_DESK)
    phrase = phrases.BY_AGENT if entry.author is Author.AGENT else phrases.NOTE_BY
    return Said(phrase, {"name": name(entry.by)})


def _customer(ticket: Ticket) -> str | Said:
    return ticket.contact_name or Said(phrases.THE_CUSTOMER)


def _words(entry: Entry, told: Callable[[Entry], str]) -> Iterator[Line]:
    text = masked(told(entry) if entry.said is not None else entry.text)
    if text:
        yield text
    elif not entry.attachments:
        yield Said(phrases.NO_WORDS)
    for file in entry.attachments:
        if file.problem:
            yield Said(phrases.FILE_LOST, {"name": name_of(file)})
        elif is_awaited(file):
            yield Said(phrases.FILE_AWAITED, {"name": name_of(file)})


def name_of(file: Attachment) -> str | Said:
    """What to call a file."""
    return masked(file.name) or Said(phrases.A_FILE)


def _named(file: Attachment) -> Line:
    return f"📎 {masked(file.name)}" if file.name else Said(phrases.FILE_KEPT)


def _is_of_use(entry: Entry, ticket: Ticket) -> bool:
    """Whether an entry from before the ticket tells what its card does not."""
    is_theirs = entry.author is Author.CUSTOMER and entry.kind is not Kind.REACTION
    is_told_nowhere_else = bool(entry.attachments or "description" not in ticket.details)
    return entry.is_note_of_desk or (is_theirs and is_told_nowhere_else)


def _is_there(entry: Entry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether the topic shows it already, or never will."""
    return bool(entry.posted_as) or entry.entry_id in posts or entry.kind is Kind.REACTION


def _joins(begun: Sequence[Entry], entry: Entry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether `entry` goes into the post that has begun."""
    if _is_there(entry, posts) or len(begun) >= MOST_FOLDED:
        return False
    if entry.album_id and entry.album_id == begun[-1].album_id:
        return True
    size = sum(_size(e) for e in begun) + _size(entry)
    return all(map(_is_foldable, (*begun, entry))) and size <= MOST_WORDS


def _is_foldable(entry: Entry) -> bool:
    is_plain = entry.author in (Author.CUSTOMER, Author.BOT)
    return is_plain and not (entry.attachments or entry.quoted_id or entry.is_edit)


def _size(entry: Entry) -> int:
    return 300 if entry.said is not None else len(entry.text) + 1


def _post(entries: tuple[Entry, ...], end: int, thread: Sequence[Entry]) -> Post:
    waits = []
    if any(is_awaited(file) for entry in entries for file in entry.attachments):
        waits.append(max(entry.at for entry in entries) + FILES_AWAITED_FOR)
    if entries[-1].album_id and end == len(thread):
        waits.append(entries[-1].at + ALBUM_AWAITED_FOR)
    return Post(entries, end, max(waits, default=None))
