"""Decides what follows from a message in a topic: by what it now says, and what has become of it before. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.forum.agent_message import MessageIntent
from bot.messages.thread import Author, OutboxEntry, ThreadEntry

_MOST_IN_ALBUM = 10


class Became(StrEnum):
    """What has become of a message so far."""

    NOTHING = "nothing"  # never taken, or taken back
    NOTE = "note"
    REPLY = "reply"


class Step(StrEnum):
    """What to do about a message."""

    WRITE = "write"
    EDIT = "edit"
    WITHDRAW = "withdraw"  # what the customer has, or would have got
    ASK = "ask"  # a note now reads like a reply: ask before the customer gets it
    REFUSE = "refuse"  # a command: it means nothing here
    IGNORE = "ignore"  # nothing has changed


@dataclass(frozen=True, slots=True)
class History:
    """What has become of a message: its last text, and the entry to edit or take back."""

    became: Became = Became.NOTHING
    text: str = ""
    entry_id: str = ""
    posted_as: str = ""


def history_of(
    names: Sequence[str], entries: Sequence[ThreadEntry], deliveries: Mapping[str, OutboxEntry]
) -> History:
    """The history of a message that is known by one of these names, from what its thread keeps."""
    name = next((each for each in names if any(entry.posted_as == each for entry in entries)), "")
    versions = [entry for entry in entries if name and entry.posted_as == name]
    if not versions or versions[-1].is_withdrawal:
        return History(posted_as=name)
    last = versions[-1]
    if last.author is Author.NOTE:
        return History(Became.NOTE, last.text, last.entry_id, name)
    sent = (e for e in reversed(versions) if e.author is Author.AGENT and _is_message(e, deliveries))
    return History(Became.REPLY, last.text, next((e.entry_id for e in sent), versions[0].entry_id), name)


def names_of(chat_id: int, message_id: int, *, is_in_album: bool) -> tuple[str, ...]:
    """The names under which a message may have been taken: an album goes by its first file."""
    earlier = _MOST_IN_ALBUM if is_in_album else 1
    return tuple(f"{chat_id}:{message_id - n}" for n in range(earlier))


def step_after(now: MessageIntent, text: str, before: History) -> Step:
    """What to do about a message that now reads like this."""
    is_command = now in (MessageIntent.COMMAND, MessageIntent.LINK)
    match before.became:
        case Became.NOTHING:
            return Step.REFUSE if is_command else Step.WRITE
        case Became.REPLY if is_command or now is MessageIntent.NOTE:
            return Step.WITHDRAW
        case Became.NOTE if is_command:
            return Step.REFUSE
        case Became.NOTE if now is not MessageIntent.NOTE:
            return Step.ASK
    return Step.IGNORE if text == before.text else Step.EDIT


def _is_message(entry: ThreadEntry, deliveries: Mapping[str, OutboxEntry]) -> bool:
    """Whether it went out as a message of its own: not an edit of another one."""
    delivery = deliveries.get(entry.entry_id)
    return delivery is not None and not delivery.outgoing.edits
