"""Decides what can still be done about a message that its agent corrected or took back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry

WITHDRAWN = "withdrawn"
"""The reason of a message that was taken back before it went out, or replaced by a corrected one."""

_CHANGING_CHANNELS = ("telegram",)
"""Channels that change and delete messages after they were sent."""


class Whereabouts(StrEnum):
    """Where a message is when it's corrected."""

    WAITING = "waiting"  # not out: it can be changed as if it had just been written
    REFUSED = "refused"  # it failed for good: a correction is another message
    DOUBTFUL = "doubtful"  # nobody knows, and nobody will send it again unasked
    OUT = "out"  # the channel has it, or gets it right now


def whereabouts(entry: OutboxEntry) -> Whereabouts:
    """Where the message is."""
    arrived = [
        each for each in entry.external_ids if each and entry.fates.get(each) is not DeliveryStatus.FAILED
    ]
    match entry.status:
        case DeliveryStatus.QUEUED | DeliveryStatus.HELD if not arrived:
            return Whereabouts.WAITING
        case DeliveryStatus.FAILED if not arrived:
            return Whereabouts.REFUSED
        case DeliveryStatus.UNCERTAIN if entry.next_at is None and not arrived:
            return Whereabouts.DOUBTFUL
    return Whereabouts.OUT


def is_changeable(entry: OutboxEntry) -> bool:
    """Whether its channel can change and delete it once it's out."""
    return entry.address.channel in _CHANGING_CHANNELS


def with_text(outgoing: Outgoing, text: str) -> Outgoing:
    """The same message with the agent's new text, in the desk's sentence if it quoted the old one."""
    lines: Sequence[Line] = [_with_quoted(line, text) for line in outgoing.lines]
    if not any(isinstance(line, Translatable) and "text" in line.params for line in lines):
        lines = (text,)
    return replace(outgoing, lines=tuple(lines))


def corrected(entry: OutboxEntry, text: str, at: datetime) -> OutboxEntry:
    """A message that isn't out, as it goes out now."""
    return replace(entry, outgoing=with_text(entry.outgoing, text), changed_at=at)


def withdrawn(entry: OutboxEntry, at: datetime) -> OutboxEntry:
    """A message that will never go out: nothing of it is left to send."""
    status = entry.status if whereabouts(entry) is Whereabouts.DOUBTFUL else DeliveryStatus.FAILED
    return replace(
        entry, outgoing=Outgoing(()), status=status, reason=WITHDRAWN, detail="", next_at=None, changed_at=at
    )


def is_corrected(entry: ThreadEntry, sent: OutboxEntry | None) -> bool:
    """Whether a reply goes, or went, out with other words than these."""
    is_reply = entry.author is Author.AGENT and entry.said is None and sent is not None
    return is_reply and sent is not None and sent.outgoing != with_text(sent.outgoing, entry.text)


def never_received(entries: Sequence[ThreadEntry], deliveries: Mapping[str, OutboxEntry]) -> set[str]:
    """The ids of replies that the customer doesn't have in these words, and of what took them back."""
    found = {entry.entry_id for entry in entries if entry.is_withdrawal}
    for entry_id in found & deliveries.keys():
        found |= set(deliveries[entry_id].outgoing.edits.split())
    return found | {
        entry.entry_id for entry in entries if is_corrected(entry, deliveries.get(entry.entry_id))
    }


def _with_quoted(line: Line, text: str) -> Line:
    if isinstance(line, Translatable) and "text" in line.params:
        return Translatable(line.phrase, {**line.params, "text": text})
    return line
