"""What a ticket's topic shows in the agents' group, and the Telegram calls that change it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum

from bot.messages.outgoing import Attachment, Outgoing


@dataclass(frozen=True, slots=True)
class Topic:
    """A snapshot of what the group has been shown of one ticket."""

    ticket_id: str
    thread_id: int = 0  # 0: it has no topic
    name: str = ""
    is_closed: bool = False
    card_id: int = 0  # the message that holds the card
    card: str = ""  # a fingerprint of the card's text and buttons
    card_at: datetime | None = None  # when the card was last posted or edited
    is_pinned: bool = False
    shown: int = -1  # how many entries of the thread were shown; -1: none has been looked at
    post_end: int = 0  # the unfinished post ends before this entry; 0: there is no unfinished post
    post_parts: int = 0  # how many parts of the unfinished post were sent
    recap_to: int = 0  # entries before this one were lost with a deleted topic and need a recap
    late: tuple[str, ...] = ()  # "entry/n": files that weren't fetched yet when their message was posted
    posts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Messages of the group by the id of the entry they show; with "+" after it, those of an unfinished post."""
    reactions: Mapping[str, str] = field(default_factory=dict)
    """Delivery statuses shown by entry id; with "!" after it, the status that was explained."""

    def deleted(self) -> "Topic":
        """The snapshot after somebody deleted the topic: what it had shown needs a recap."""
        return Topic(self.ticket_id, shown=self.shown, recap_to=max(self.shown, 0), late=self.late)

    def without_card(self) -> "Topic":
        """The snapshot after somebody deleted the card."""
        return replace(self, card_id=0, card="", is_pinned=False)


class Urgency(IntEnum):
    """What goes first when Telegram's limits don't allow everything at once."""

    FIRST = 0  # new tickets and urgent customers
    SOON = 1  # customers, and replies to what agents do in the group
    LATER = 2  # what agents and the bot said, delivery statuses
    LAST = 3  # names and cards


@dataclass(frozen=True, slots=True)
class CreateTopic:
    """Create the topic."""

    name: str
    channel: str  # the customer's


@dataclass(frozen=True, slots=True)
class RenameTopic:
    """Give the topic this name."""

    name: str


@dataclass(frozen=True, slots=True)
class SetClosed:
    """Close or reopen the topic."""

    is_closed: bool


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Post the card, or edit it once it's posted."""

    card: Outgoing


@dataclass(frozen=True, slots=True)
class PinCard:
    """Pin the card."""


@dataclass(frozen=True, slots=True)
class SetReaction:
    """React to an agent's message to show how far it got."""

    message_id: int
    emoji: str


@dataclass(frozen=True, slots=True)
class PostMessage:
    """Post one part of a message; long texts and some sets of files take several parts."""

    text: str
    files: tuple[Attachment, ...] = ()
    quoted: int = 0  # the message of the group that this one answers
    part: int = 0  # index of the part to post
    entry_ids: tuple[str, ...] = ()  # entries that the whole message shows; empty: it has only this part
    fallback: str = ""  # what to post when Telegram refuses the message for good


Call = CreateTopic | RenameTopic | SetClosed | ShowCard | PinCard | SetReaction | PostMessage


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call, and what the topic shows before and after it."""

    call: Call
    urgency: Urgency
    topic: Topic
    after: Topic  # without the ids that Telegram returns
    begun: Topic | None = (
        None  # to be stored before the call, so that a crash doesn't change what a post holds
    )
    not_before: datetime | None = None

    def given_up(self) -> Topic:
        """What to store when Telegram refuses the call for good: its entries aren't tried again."""
        if isinstance(self.call, PostMessage) and self.call.entry_ids:
            nowhere = dict.fromkeys(self.call.entry_ids, (0,))
            return replace(self.after, late=self.topic.late, posts={**self.topic.posts, **nowhere})
        return self.after
