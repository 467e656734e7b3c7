"""Groups a thread's entries into posts of a topic: folds short lines, keeps albums whole, waits for files. Pure."""

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
MAX_POST_LENGTH = 3000  # characters in a folded post, so that it stays one message
FILES_AWAITED_FOR = timedelta(seconds=25)
"""How long an entry waits for its files to be fetched; then it's posted without them, and they follow."""
ALBUM_AWAITED_FOR = timedelta(seconds=2)
RECAP_LINES = 30

NO_SWITCHES: Mapping[str, str] = {}
_SWITCH_TEXTS = ("/start", REDACTED)
"""What a thread keeps of a switch link or code; the line about the switch says more."""


@dataclass(frozen=True, slots=True)
class Post:
    """Entries that are posted together; all entries before `end` are shown then."""

    entries: tuple[ThreadEntry, ...]
    end: int
    not_before: datetime | None = None

    @property
    def files(self) -> Mapping[str, Attachment]:
        """Its files by key, "entry/n"."""
        return {
            f"{entry.entry_id}/{n}": file
            for entry in self.entries
            for n, file in enumerate(entry.attachments)
        }

    @property
    def late(self) -> tuple[str, ...]:
        """Keys of files that aren't fetched yet."""
        return tuple(name for name, file in self.files.items() if is_awaited(file))


def intake_end(entries: Sequence[ThreadEntry], ticket: Ticket) -> int:
    """How many entries came before the ticket was opened; its card has what they say."""
    opened = (n + 1 for n, e in enumerate(entries) if e.author is Author.BOT and e.at == ticket.opened_at)
    return max(opened, default=0)


def next_post(
    ticket: Ticket,
    entries: Sequence[ThreadEntry],
    shown: int,
    end: int,
    posts: Mapping[str, tuple[int, ...]],
) -> Post | None:
    """The next post of a topic that shows the first `shown` entries; `end` is that of an unfinished post, or 0."""
    start = max(shown, 0)
    if shown < 0:
        start = intake_end(entries, ticket)
        kept = tuple(entry for entry in entries[:start] if _adds_to_card(entry, ticket))
        if kept:
            return _post(kept, start, entries)
    while start < len(entries) and _is_shown(entries[start], posts):
        start += 1
    if end > start:
        return Post(tuple(e for e in entries[start:end] if not _is_shown(e, posts)), end)
    if start == len(entries):
        return None
    end = start + 1
    while end < len(entries) and _joins(entries[start:end], entries[end], posts):
        end += 1
    return _post(tuple(entries[start:end]), end, entries)


def recap(entries: Sequence[ThreadEntry], start: int) -> tuple[ThreadEntry, ...]:
    """The latest entries, without those from before the ticket was opened."""
    found = (e for n, e in enumerate(entries) if n >= start or e.is_system_note)
    return tuple(e for e in found if e.kind is not MessageKind.REACTION)[-RECAP_LINES:]


def is_awaited(file: Attachment) -> bool:
    """Whether the file may still be fetched."""
    return bool(file.ref and not file.file_id and not file.problem)


def channel_switches(thread: Sequence[ThreadEntry]) -> Mapping[str, str]:
    """Entries that the customer wrote in another app than the one before: the app's name by entry id."""
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
    said: Callable[[ThreadEntry], str],
    name: Callable[[str], str],
    *,
    moved: Mapping[str, str] = NO_SWITCHES,
    names_files: bool = False,
) -> tuple[Line, ...]:
    """The lines of a post: authors and texts. `said` renders what the bot said, `name` is an agent's name."""
    lines: list[Line] = []
    last = ("", "")
    for entry in entries:
        if channel := moved.get(entry.entry_id):
            lines.append(phrases.GOES_ON(name=_customer(ticket), channel=channel))
            last = ("", "")
            if entry.text in _SWITCH_TEXTS and not entry.attachments:
                continue
        who = (entry.author.value, entry.by)
        if who != last or entry.is_edit or entry.is_forwarded:
            lines.append(_author(entry, ticket, name))
        lines.extend(_texts(entry, said))
        lines.extend(_named(file) for file in entry.attachments if names_files and file.file_id)
        last = who
    return tuple(lines)


def _author(entry: ThreadEntry, ticket: Ticket, name: Callable[[str], str]) -> Line:
    if entry.author is Author.BOT:
        return Translatable(phrases.BY_DESK)
    if entry.author is Author.CUSTOMER:
        forwarded = phrases.FORWARDED_BY if entry.is_forwarded else phrases.BY_CUSTOMER
        return (phrases.EDITED_BY if entry.is_edit else forwarded)(name=_customer(ticket))
    if entry.is_system_note:
        return Translatable(phrases.NOTE_BY_DESK)
    return (phrases.BY_AGENT if entry.author is Author.AGENT else phrases.NOTE_BY)(name=name(entry.by))


def _customer(ticket: Ticket) -> str | Translatable:
    return ticket.contact_name or Translatable(phrases.THE_CUSTOMER)


def _texts(entry: ThreadEntry, said: Callable[[ThreadEntry], str]) -> Iterator[Line]:
    if entry.is_withdrawal:
        yield Translatable(phrases.TAKEN_BACK)
        return
    if entry.quoted_text:
        yield from (f"> {line}" for line in mask_numbers(entry.quoted_text).splitlines())
    text = mask_numbers(said(entry) if entry.said is not None else entry.text)
    if text:
        yield text
    elif not entry.attachments:
        yield Translatable(phrases.NO_WORDS)
    for file in entry.attachments:
        if file.problem:
            yield phrases.FILE_LOST(name=file_name(file))
        elif is_awaited(file):
            yield phrases.FILE_AWAITED(name=file_name(file))


def file_name(file: Attachment) -> str | Translatable:
    """A file's name, or a phrase for a file without one."""
    return mask_numbers(file.name) or Translatable(phrases.A_FILE)


def _named(file: Attachment) -> Line:
    return f"📎 {mask_numbers(file.name)}" if file.name else Translatable(phrases.FILE_KEPT)


def _adds_to_card(entry: ThreadEntry, ticket: Ticket) -> bool:
    """Whether an entry from before the ticket says something that its card doesn't."""
    is_theirs = entry.author is Author.CUSTOMER and entry.kind is not MessageKind.REACTION
    is_missing = bool(entry.attachments or "description" not in ticket.details)
    return entry.is_system_note or (is_theirs and is_missing)


def _is_shown(entry: ThreadEntry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether the topic shows it already or never needs to."""
    return bool(entry.posted_as) or entry.entry_id in posts or entry.kind is MessageKind.REACTION


def _joins(so_far: Sequence[ThreadEntry], entry: ThreadEntry, posts: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether `entry` joins the entries of the post so far."""
    if _is_shown(entry, posts) or len(so_far) >= MAX_ENTRIES_PER_POST:
        return False
    if entry.album_id and entry.album_id == so_far[-1].album_id:
        return True
    size = sum(_size(e) for e in so_far) + _size(entry)
    return all(map(_is_foldable, (*so_far, entry))) and size <= MAX_POST_LENGTH


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
