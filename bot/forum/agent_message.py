"""What something that an agent wrote in a topic is taken as: an answer, a note, a question, a command. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.messages.thread import Author, OutboxEntry, ThreadEntry

NOTE_SIGN = "//"
LINK = "/link"
SEEN_AFTER = timedelta(seconds=20)
"""An answer so soon after a colleague's was begun before theirs was read."""


class MessageIntent(StrEnum):
    """What becomes of it."""

    REPLY = "reply"
    NOTE = "note"
    RETURN = "return"
    LINK = "link"
    COMMAND = "command"  # one that we do not know: it must not reach the customer


@dataclass(frozen=True, slots=True)
class AgentMessage:
    """What it is taken as, and the words that count."""

    meaning: MessageIntent
    text: str


def parse_agent_message(text: str, asked: str = "") -> AgentMessage:
    """Read an agent's words; `asked` is what their next message was announced as, by a button."""
    words = text.strip()
    if words.startswith(NOTE_SIGN):
        return AgentMessage(MessageIntent.NOTE, words.removeprefix(NOTE_SIGN).strip())
    if is_link_command(words):
        return AgentMessage(MessageIntent.LINK, words.partition(" ")[2].strip())
    if words.startswith("/") and words[1:2].isalpha():
        return AgentMessage(MessageIntent.COMMAND, words)
    return AgentMessage(MessageIntent(asked) if asked else MessageIntent.REPLY, words)


def is_link_command(text: str) -> bool:
    """Whether somebody says who they are: `/link CODE`, which Telegram may write `/link@bot CODE`."""
    return text.strip().partition(" ")[0].partition("@")[0].lower() == LINK


def answered_meanwhile(entries: Sequence[ThreadEntry], agent_id: str, written_at: datetime) -> str:
    """The colleague whose answer somebody cannot have read before writing theirs; "" for nobody."""
    for entry in reversed(entries):
        if entry.author is Author.CUSTOMER:
            return ""
        if entry.author is Author.AGENT and not entry.is_edit:
            is_new = written_at - entry.at < SEEN_AFTER
            return entry.by if is_new and entry.by != agent_id else ""
    return ""


def entry_shown_as(
    message_id: int, entries: Sequence[ThreadEntry], posts: Mapping[str, tuple[int, ...]]
) -> ThreadEntry | None:
    """The entry that a message of the topic shows; of several in one post, the last."""
    for entry in reversed(entries):
        if message_id in posts.get(entry.entry_id, ()) or _own_message(entry) == message_id:
            return entry
    return None


def external_id_for_quote(entry: ThreadEntry | None, deliveries: Mapping[str, OutboxEntry]) -> str:
    """What the customer's channel calls that entry; "" when it has no name for it."""
    if entry is None:
        return ""
    if entry.author is Author.CUSTOMER:
        return entry.external_id
    delivery = deliveries.get(entry.entry_id)
    return next(filter(None, delivery.external_ids), "") if delivery else ""


def _own_message(entry: ThreadEntry) -> int:
    number = entry.posted_as.rpartition(":")[2]
    return int(number) if number else 0
