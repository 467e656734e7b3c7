"""The dialogue with one contact: its stage and what has been said so far.

Only the shape lives here; `bot.conversation.advance` changes it. It's stored between any two messages, so all of
it must survive a round trip through JSON (`store.codec`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from bot.messages.pending_notifications import PendingNotification
from bot.model.copy_with import copy_with


class Stage(StrEnum):
    """How the next message is interpreted."""

    IDLE = "idle"  # no question open: a message joins the ticket or begins a request
    LANGUAGE = "language"  # which language was asked
    ASKING = "asking"  # the question `asking` was asked
    REVIEWING = "reviewing"  # the summary was shown: confirm, or change one answer
    CHANGING = "changing"  # which answer to change was asked
    RATING = "rating"  # how satisfied was asked
    CONFIRMING = "confirming"  # a yes or no about `asking` was asked (cancel, quote, erase…)


class Status(StrEnum):
    """The status of a ticket."""

    NEW = "new"  # nobody has accepted it yet
    OPEN = "open"  # accepted for work
    WAITING = "waiting"  # on the customer
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Detail:
    """The validated answer to one question: text or the key of a choice, and files."""

    value: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketSummary:
    """What the conversation needs of one of the contact's tickets."""

    ticket_id: str
    number: str
    status: Status
    subject: str = ""
    is_rated: bool = False
    ended_at: datetime | None = None  # when it was resolved; None while it's live
    quote_number: int = 0  # the quote that waits for an answer; 0 if none does
    access_until: datetime | None = None  # until when the team has access

    @property
    def is_live(self) -> bool:
        """Whether it still needs work."""
        return self.status in (Status.NEW, Status.OPEN, Status.WAITING)


@dataclass(frozen=True, slots=True)
class MergedContact:
    """A contact that was merged into this one; its threads keep their ids."""

    contact_id: str
    ticket_count: int


@dataclass(frozen=True, slots=True)
class PendingErasure:
    """The customer asked us to delete their data; they can change their mind until it's due."""

    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Conversation:
    """Everything needed to handle a contact's next message."""

    contact_id: str
    address: Address  # where they last wrote from, and where replies go
    addresses: tuple[Address, ...] = ()
    locale: str = ""  # "" until we know
    is_locale_chosen: bool = False  # they chose it themselves; nothing overrides it
    remembered: Mapping[str, str] = field(
        default_factory=dict
    )  # answers kept for later requests: name, company
    account_id: str = ""
    account_proof: str = ""  # digest of the code that matched; "" if an address did
    plan: str = ""
    is_vip: bool = False
    secret_ids: tuple[str, ...] = ()  # external ids of their last messages with a code
    profile_name: str = ""  # from the channel; unverified

    stage: Stage = Stage.IDLE
    asking: str = ""  # key of the open question or confirmation
    is_changing: bool = False  # the question was asked from the summary
    shown: tuple[str, ...] = ()  # payloads of the choices shown with the open question, in order
    misses: int = 0  # invalid answers to the open question
    last_said: str = ""  # digest of our last message
    said_times: int = 0  # how often in a row we said it
    asides: int = 0  # messages in a row that only ask something back
    asked_again: tuple[str, ...] = ()  # questions that already asked for more detail
    inferred: tuple[str, ...] = ()  # questions whose answers we concluded from the story
    trail: tuple[str, ...] = ()  # questions answered so far, for going back
    is_answer_offered: bool = False  # a known answer was shown for this request
    weighed: str = ""  # the category whose notice was shown
    paused_stage: Stage = Stage.IDLE  # where to return after the language or confirmation
    paused_asking: str = ""
    answers: Mapping[str, Detail] = field(default_factory=dict)
    is_reminded: bool = False  # they were asked about this unfinished request
    remind_at: datetime | None = None  # when they will be
    second_request: str = ""  # words in the story that may be a request of their own
    held: str = ""  # their first message, while we ask for the language
    words: Mapping[str, str] = field(default_factory=dict)  # of the request, by the message that they're from
    other_locale: str = ""  # another supported language they recently wrote in
    other_locale_count: int = 0  # consecutive messages in it
    is_switch_offered: bool = False
    foreign: str = ""  # a language that we don't speak, once we said in it which ones we do

    draft_id: str = ""  # thread of the request in progress; becomes the ticket's id
    ticket_count: int = 0  # requests ever begun
    ticket_id: str = ""  # the ticket that messages join
    tickets: tuple[TicketSummary, ...] = ()  # live and recently ended, oldest first
    archived: tuple[TicketSummary, ...] = ()  # recently archived, oldest first
    last_inbound_at: datetime | None = None  # opens WhatsApp's 24-hour window
    funnel: Mapping[str, Any] = field(default_factory=dict)
    formerly: tuple[MergedContact, ...] = ()
    erasure: PendingErasure | None = None
    notified: tuple[PendingNotification, ...] = ()  # sent within the last minute, or waiting

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return copy_with(self, **changes)

    def ticket_summary(self, ticket_id: str) -> TicketSummary | None:
        """The summary of that ticket, if it's theirs."""
        return next((head for head in self.tickets if head.ticket_id == ticket_id), None)

    def request(self, number: str) -> TicketSummary | None:
        """Their `number`-th request, else that of a contact merged into this one."""
        own = self.ticket_summary(f"{self.contact_id}-{number}")
        return own or next((head for head in self.tickets if head.ticket_id.endswith(f"-{number}")), None)

    @property
    def current(self) -> TicketSummary | None:
        """The ticket that messages join, if any."""
        return self.ticket_summary(self.ticket_id)

    @property
    def general_thread_id(self) -> str:
        """The thread for messages outside any request."""
        return f"{self.contact_id}-0"


MAX_SUMMARIES = 12
"""Ended tickets are dropped beyond this many summaries; live ones are always kept."""


def recent_summaries(heads: Sequence[TicketSummary]) -> tuple[TicketSummary, ...]:
    """The live ones, and as many of the newest ended ones as fit."""
    kept = list(heads)
    while len(kept) > MAX_SUMMARIES and any(not head.is_live for head in kept):
        kept.remove(next(head for head in kept if not head.is_live))
    return tuple(kept)
