"""A ticket's topic in the agents' group: what has been shown of it, and which call brings it up to date next.

The topic is a projection: nothing is true because it stands there. `steps` compares what was shown with what
should be, and gives one call after the other; each is recorded before the next is made. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Self

from bot.forum.topic_posts import Post, intake_end, next_post, recap
from bot.messages.thread import Author, DeliveryStatus, OutboxEntry, ThreadEntry
from bot.model.ticket import Ticket

CARD_EDIT_INTERVAL = timedelta(seconds=8)
"""Changes that come sooner after one another are told by one edit of the card."""

NOTED = "noted"
"""How a note that was written in the topic is marked: the customer does not get it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the group has been shown of one ticket."""

    ticket_id: str
    thread_id: int = 0  # 0: it has no topic
    name: str = ""
    is_closed: bool = False
    card_id: int = 0  # the message that holds the card
    card: str = ""  # a fingerprint of what it says
    card_at: datetime | None = None
    is_pinned: bool = False
    shown: int = -1  # so many entries of the thread were shown; -1: it has not begun
    post_end: int = 0  # the post under way ends before this entry; 0: none is under way
    post_parts: int = 0  # and so many of its calls were made
    recap_to: int = 0  # entries before this one went with a deleted topic, and are to be told again
    late: tuple[str, ...] = ()  # "entry/n": files that had not been fetched when their message was shown

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)

    def deleted(self) -> "Topic":
        """Somebody deleted it: all that it had shown is to be told again, in short."""
        return Topic(self.ticket_id, shown=self.shown, recap_to=max(self.shown, 0), late=self.late)


class Urgency(IntEnum):
    """Whose turn is first when the group may not be written to as fast as things happen."""

    FIRST = 0  # a new ticket, an urgent customer
    SOON = 1  # a customer, and answers to what agents do here
    LATER = 2  # what colleagues and the desk said, receipts
    LAST = 3  # names and cards


@dataclass(frozen=True, slots=True)
class Create:
    """Make the topic."""


@dataclass(frozen=True, slots=True)
class PostCard:
    """Post the card."""


@dataclass(frozen=True, slots=True)
class PinCard:
    """Pin the card."""


@dataclass(frozen=True, slots=True)
class EditCard:
    """Have the card say what is so now."""


@dataclass(frozen=True, slots=True)
class Rename:
    """Have the name say what is so now."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close the topic, or open it again."""

    is_closed: bool


@dataclass(frozen=True, slots=True)
class PostEntries:
    """Post some entries of the thread."""

    post: Post


@dataclass(frozen=True, slots=True)
class Recap:
    """Tell again what a deleted topic had shown."""

    entries: tuple[ThreadEntry, ...]


@dataclass(frozen=True, slots=True)
class PostLateFile:
    """Post a file that has been fetched at last, or say that it never will be."""

    entry: ThreadEntry
    number: int


@dataclass(frozen=True, slots=True)
class SetReaction:
    """Mark an agent's message with how far it has got."""

    entry_id: str
    message_id: int
    status: str  # a Delivery, or NOTED


@dataclass(frozen=True, slots=True)
class ExplainFailure:
    """Say under an agent's message why it did not reach the customer."""

    delivery: OutboxEntry
    message_id: int


SyncStep = (
    Create
    | PostCard
    | PinCard
    | EditCard
    | Rename
    | Close
    | PostEntries
    | Recap
    | PostLateFile
    | SetReaction
    | ExplainFailure
)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step, how much it matters, and the instant before which it is not to be made."""

    step: SyncStep
    urgency: Urgency
    not_before: datetime | None = None


@dataclass(frozen=True)
class DesiredTopic:
    """What the topic should show, as things stand at `now`."""

    ticket: Ticket
    entries: Sequence[ThreadEntry]
    deliveries: Mapping[str, OutboxEntry]
    posts: Mapping[str, tuple[int, ...]]  # entry id: the messages that show it, in the group
    signs: Mapping[str, str]  # entry id: the delivery that was shown; with "!" after it, explained
    name: str
    card: str
    is_urgent: bool
    now: datetime


def next_step(topic: Topic, wanted: DesiredTopic) -> PlannedStep | None:
    """What to do next: a step that may be made now, else the one whose time comes first; None when all is shown."""
    waiting: list[tuple[datetime, PlannedStep]] = []
    for planned in planned_steps(topic, wanted):
        if planned.not_before is None or planned.not_before <= wanted.now:
            return planned
        waiting.append((planned.not_before, planned))
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None


def planned_steps(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedStep]:
    """All that is left to do on a topic, in order."""
    if not topic.thread_id:
        if wanted.ticket.is_live:
            yield PlannedStep(Create(), Urgency.FIRST)
        return
    if not topic.card_id:
        yield PlannedStep(PostCard(), Urgency.FIRST)
        return
    if topic.recap_to:
        told = recap(wanted.entries[: topic.recap_to], intake_end(wanted.entries, wanted.ticket))
        yield PlannedStep(Recap(told), Urgency.SOON)
        return
    yield from _lines(topic, wanted)
    yield from _late_files(topic, wanted)
    yield from _receipts(wanted)
    yield from _appearance_steps(topic, wanted)


def _lines(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedStep]:
    post = next_post(wanted.ticket, wanted.entries, topic.shown, topic.post_end, wanted.posts)
    if post is None:
        return
    urgency = Urgency.LATER
    if any(entry.author is Author.CUSTOMER for entry in wanted.entries[max(topic.shown, 0) :]):
        urgency = Urgency.FIRST if wanted.is_urgent else Urgency.SOON
    yield PlannedStep(PostEntries(post), urgency, None if topic.post_end else post.not_before)


def _late_files(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedStep]:
    entries = {entry.entry_id: entry for entry in wanted.entries}
    for name in topic.late:
        entry_id, _, number = name.rpartition("/")
        entry = entries.get(entry_id)
        if entry and (entry.attachments[int(number)].file_id or entry.attachments[int(number)].problem):
            yield PlannedStep(PostLateFile(entry, int(number)), Urgency.LATER)


_SHOWN_BY_REACTION = {DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.READ}
_EXPLAINED = {DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN, DeliveryStatus.HELD}


def _receipts(wanted: DesiredTopic) -> Iterator[PlannedStep]:
    for entry in wanted.entries:
        delivery, message_id = wanted.deliveries.get(entry.entry_id), _message_of(entry, wanted)
        if entry.author is Author.NOTE and entry.posted_as and entry.entry_id not in wanted.signs:
            yield PlannedStep(SetReaction(entry.entry_id, message_id, NOTED), Urgency.LATER)
        if entry.author is not Author.AGENT or delivery is None or not message_id:
            continue
        status = delivery.status
        if status in _SHOWN_BY_REACTION | _EXPLAINED and wanted.signs.get(entry.entry_id) != status:
            yield PlannedStep(SetReaction(entry.entry_id, message_id, status.value), Urgency.LATER)
        elif status in _EXPLAINED and wanted.signs.get(f"{entry.entry_id}!") != status:
            yield PlannedStep(ExplainFailure(delivery, message_id), Urgency.SOON)


def _message_of(entry: ThreadEntry, wanted: DesiredTopic) -> int:
    """The message in the group that shows this entry; 0 when none does."""
    if entry.posted_as:
        return int(entry.posted_as.rpartition(":")[2])
    return next(iter(wanted.posts.get(entry.entry_id, ())), 0)


def _appearance_steps(topic: Topic, wanted: DesiredTopic) -> Iterator[PlannedStep]:
    if topic.is_closed == wanted.ticket.is_live:
        yield PlannedStep(Close(is_closed=not wanted.ticket.is_live), Urgency.LATER)
    if not topic.is_pinned:
        yield PlannedStep(PinCard(), Urgency.LAST)
    if topic.name != wanted.name:
        yield PlannedStep(Rename(), Urgency.LAST)
    if topic.card != wanted.card:
        rests_until = topic.card_at + CARD_EDIT_INTERVAL if topic.card_at else None
        yield PlannedStep(EditCard(), Urgency.LAST, rests_until)
