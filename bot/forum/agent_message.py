"""Decides whether an agent's message in a topic is a reply, a note, a question or a command. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.messages.thread import Author, OutboxEntry, ThreadEntry

NOTE_SIGN = "//"
LINK = "/link"


class MessageIntent(StrEnum):
    """What to do with a message."""

    REPLY = "reply"
    NOTE = "note"
    RETURN = "return"
    LINK = "link"
    COMMAND = "command"  # an unknown one: it must not reach the customer


@dataclass(frozen=True, slots=True)
class AgentMessage:
    """A message's intent and its text without markers."""

    meaning: MessageIntent
    text: str


def parse_agent_message(text: str, asked: str = "") -> AgentMessage:
    """Parse an agent's message; `asked` is the intent that they chose beforehand with a button."""
    words = text.strip()
    if words.startswith(NOTE_SIGN):
        return AgentMessage(MessageIntent.NOTE, words.removeprefix(NOTE_SIGN).strip())
    if is_link_command(words):
        return AgentMessage(MessageIntent.LINK, words.partition(" ")[2].strip())
    if words.startswith("/") and words[1:2].isalpha():
        return AgentMessage(MessageIntent.COMMAND, words)
    return AgentMessage(MessageIntent(asked) if asked else MessageIntent.REPLY, words)


def is_link_command(text: str) -> bool:
    """Whether it's `/link CODE`, which Telegram may write as `/link@bot CODE`."""
    return text.strip().partition(" ")[0].partition("@")[0].lower() == LINK


def entry_shown_as(
    message_id: int, entries: Sequence[ThreadEntry], posts: Mapping[str, tuple[int, ...]]
) -> ThreadEntry | None:
    """The entry that a message of the topic shows; the last one if it shows several."""
    for entry in reversed(entries):
        if message_id in posts.get(entry.entry_id, ()) or _own_message(entry) == message_id:
            return entry
    return None


def external_id_for_quote(entry: ThreadEntry | None, deliveries: Mapping[str, OutboxEntry]) -> str:
    """The entry's id in the customer's channel; "" if it has none."""
    if entry is None:
        return ""
    if entry.author is Author.CUSTOMER:
        return entry.external_id
    delivery = deliveries.get(entry.entry_id)
    return next(filter(None, delivery.external_ids), "") if delivery else ""


def _own_message(entry: ThreadEntry) -> int:
    number = entry.posted_as.rpartition(":")[2]
    return int(number) if number else 0
