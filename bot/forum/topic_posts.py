"""How a thread's entries become posts of a topic: several lines folded into one, albums whole, files in time. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import phrases_forum as phrases
from bot.messages.inbound import CHANNEL_NAMES, MessageKind
from bot.messages.outgoing import Attachment, Line, Translatable
from bot.messages.thread import Author, ThreadEntry
from bot.model.ticket import Ticket
from bot.text.masking import mask_numbers
from bot.text.support_codes import REDACTED

MAX_ENTRIES_PER_POST = 20
MAX_POST_LENGTH = 3000  # characters in one post, so that it stays one message
FILES_AWAITED_FOR = timedelta(seconds=25)
"""So long a line waits for its files to be fetched; then it is shown without them, and they follow."""
ALBUM_AWAITED_FOR = timedelta(seconds=2)
RECAP_LINES = 30

NO_SWITCHES: Mapping[str, str] = {}
_SWITCH_TEXTS = ("/start", REDACTED)
"""All that a thread keeps of a link or code by which they came through: the line that they did says more."""


@dataclass(frozen=True, slots=True)
class Post:
    """Entries that are shown together; the topic then has shown all before `end`."""

    entries: tuple[ThreadEntry, ...]
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


def intake_end(entries: Sequence[ThreadEntry], ticket: Ticket) -> int:
    """How many entries belong to the conversation before the ticket was open: its card tells them."""
    told = [n for n, e in enumerate(entries) if e.author is Author.BOT and e.at == ticket.opened_at]
    return told[-1] + 1 if told else 0


def next_post(
    ticket: Ticket,
    entries: Sequence[ThreadEntry],
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


def recap(entries: Sequence[ThreadEntry], begun: int) -> tuple[ThreadEntry, ...]:
    """The last of what was said, without the conversation before the ticket was open."""
    told = (e for n, e in enumerate(entries) if n >= begun or e.is_system_note)
    return tuple(e for e in told if e.kind is not MessageKind.REACTION)[-RECAP_LINES:]


def is_awaited(file: Attachment) -> bool:
    """Whether the file may still come."""
    return bool(file.ref and not file.file_id and not file.problem)


def channel_switches(thread: Sequence[ThreadEntry]) -> Mapping[str, str]:
    """Where the customer wrote from another app than before: the app's name, by entry id."""
    moved, last = {}, ""
    for entry in thread:
        if entry.author is Author.CUSTOMER and entry.channel in CHANNEL_NAMES:
            if last and entry.channel != last:
                moved[entry.entry_id] = CHANNEL_NAMES[entry.channel]
            last = entry.channel
    return moved


def post_lines(
    entries: Sequence[ThreadEntry],
    ticket: Ticket,
    told: Callable[[ThreadEntry], str],
    name: Callable[[str], str],
    *,
    moved: Mapping[str, str] = NO_SWITCHES,
    names_files: bool = False,
) -> tuple[Line, ...]:
    """What a post says: who, then their words; `told` is what the desk said, `name` an agent's."""
    lines: list[Line] = []
    last = ("", "")
    for entry in entries:
        if channel := moved.get(entry.entry_id):
            lines.append(Translatable(phrases.GOES_ON, {"name": _customer(ticket), "channel": channel}))
            last = ("", "")
            if entry.text in _SWITCH_TEXTS and not entry.attachments:
                continue
        who = (entry.author.value, entry.by)
        if who != last or entry.is_edit or entry.is_forwarded:
            lines.append(_who(entry, ticket, name))
        lines.extend(_words(entry, told))
        lines.extend(_named(file) for file in entry.attachments if names_files and file.file_id)
        last = who
    return tuple(lines)


def _who(entry: ThreadEntry, ticket: Ticket, name: Callable[[str], str]) -> Line:
    if entry.author is Author.BOT:
        return Translatable(phrases.BY_DESK)
    if entry.author is Author.CUSTOMER:
        if entry.is_edit:
            return Translatable(phrases.EDITED_BY, {"name": _customer(ticket)})
        phrase = phrases.FORWARDED_BY if entry.is_forwarded else phrases.BY_CUSTOMER
        return Translatable(phrase, {"name": _customer(ticket)})
    if entry.is_system_note:
        return Translatable(phrases.NOTE_BY_DESK)
    phrase = phrases.BY_AGENT if entry.author is Author.AGENT else phrases.NOTE_BY
    return Translatable(phrase, {"name": name(entry.by)})


def _customer(ticket: Ticket) -> str | Translatable:
    return ticket.contact_name or Translatable(phrases.THE_CUSTOMER)


def _words(entry: ThreadEntry, told: Callable[[ThreadEntry], str]) -> Iterator[Line]:
    text = mask_numbers(told(entry) if entry.said is not None else entry.text)
    if text:
        yield text
    elif not entry.attachments:
        yield Translatable(phrases.NO_WORDS)
    for file in entry.attachments:
        if file.problem:
            yield Translatable(phrases.FILE_LOST, {"name": file_name(file)})
        elif is_awaited(file):
            yield Translatable(phrases.FILE_AWAITED, {"name": file_name(file)})


def file_name(file: Attachment) -> str | Translatable:
    """What to call a file."""
    return mask_numbers(file.name) or Translatable(phrases.A_FILE)


def _named(file: Attachment) -> Line:
    return f"📎 {mask_numbers(file.name)}" if file.name else Translatable(phrases.FILE_KEPT)


def _is_of_use(entry: ThreadEntry, ticket: Ticket) -> bool:
    """Whether an entry from before the ticket tells what its card does not."""
    is_theirs = entry.author is Author.CUSTOMER and entry.kind is not MessageKind.REACTION
    is_told_nowhere_else = bool(entry.attachments or "description" not in ticket.details)
    return entry.is_system_note or (is_theirs and is_told_nowhere_else)


def _is_there(entry: ThreadEntry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether the topic shows it already, or never will."""
    return bool(entry.posted_as) or entry.entry_id in posts or entry.kind is MessageKind.REACTION


def _joins(begun: Sequence[ThreadEntry], entry: ThreadEntry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether `entry` goes into the post that has begun."""
    if _is_there(entry, posts) or len(begun) >= MAX_ENTRIES_PER_POST:
        return False
    if entry.album_id and entry.album_id == begun[-1].album_id:
        return True
    size = sum(_size(e) for e in begun) + _size(entry)
    return all(map(_is_foldable, (*begun, entry))) and size <= MAX_POST_LENGTH


def _is_foldable(entry: ThreadEntry) -> bool:
    is_plain = entry.author in (Author.CUSTOMER, Author.BOT)
    return is_plain and not (entry.attachments or entry.quoted_id or entry.is_edit)


def _size(entry: ThreadEntry) -> int:
    return 300 if entry.said is not None else len(entry.text) + 1


def _post(entries: tuple[ThreadEntry, ...], end: int, thread: Sequence[ThreadEntry]) -> Post:
    waits = []
    if any(is_awaited(file) for entry in entries for file in entry.attachments):
        waits.append(max(entry.at for entry in entries) + FILES_AWAITED_FOR)
    if entries[-1].album_id and end == len(thread):
        waits.append(entries[-1].at + ALBUM_AWAITED_FOR)
    return Post(entries, end, max(waits, default=None))
