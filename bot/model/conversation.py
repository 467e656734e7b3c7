"""The live dialogue with one contact, as a value: where we are and what was said so far.

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
    """What the next message will be taken as."""

    IDLE = "idle"  # nothing asked: a message joins the open ticket, or begins a request
    LANGUAGE = "language"  # which language was asked
    ASKING = "asking"  # the question `asking` was asked
    REVIEWING = "reviewing"  # the summary was shown: confirm, or change one answer
    CHANGING = "changing"  # which answer to change was asked
    RATING = "rating"  # how satisfied was asked
    CONFIRMING = "confirming"  # a yes or no about `asking` was asked (cancel, quote, erase…)


class Status(StrEnum):
    """The status of a ticket."""

    NEW = "new"  # recorded, nobody has taken it
    OPEN = "open"  # accepted for work
    WAITING = "waiting"  # on the customer
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Detail:
    """The validated answer to one question: words or the key of a choice, and files."""

    value: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketSummary:
    """What the conversation must know of one of the contact's tickets."""

    ticket_id: str
    number: str
    status: Status
    subject: str = ""
    is_rated: bool = False
    ended_at: datetime | None = None  # when it was resolved, while it is not live
    quote_number: int = 0  # the price that waits for their yes or no; 0 when none does
    access_until: datetime | None = None  # our team may reach their services until then

    @property
    def is_live(self) -> bool:
        """Whether somebody is still to act on it."""
        return self.status in (Status.NEW, Status.OPEN, Status.WAITING)


@dataclass(frozen=True, slots=True)
class MergedContact:
    """A contact that was merged into this one: its threads keep their names."""

    contact_id: str
    ticket_count: int


@dataclass(frozen=True)
class Conversation:
    """All that we must remember of one contact to take their next message."""

    contact_id: str
    address: Address  # where they last wrote, and where answers go
    addresses: tuple[Address, ...] = ()
    locale: str = ""  # "" until we know
    is_locale_chosen: bool = False  # they chose it themselves; nothing overrides it
    remembered: Mapping[str, str] = field(default_factory=dict)  # answers kept for life: name, company
    account_id: str = ""
    account_proof: str = ""  # digest of the code that told it; "" when an address did
    plan: str = ""
    is_vip: bool = False
    secret_ids: tuple[str, ...] = ()  # the channel's names of their last messages that held a code
    profile_name: str = ""  # what the channel calls them; never asked, never trusted

    stage: Stage = Stage.IDLE
    asking: str = ""  # key of the question, or of the yes/no, that waits
    is_changing: bool = False  # the waiting question was asked from the summary
    misses: int = 0  # answers to the waiting question that were no answer
    asked_again: tuple[str, ...] = ()  # questions of this request that were asked for more words, once
    trail: tuple[str, ...] = ()  # questions of this request answered so far, for the way back
    is_answer_offered: bool = False  # a known answer was shown for this request
    weighed: str = ""  # the category whose notice was given
    paused_stage: Stage = Stage.IDLE  # where to return to once the language or the yes/no is settled
    paused_asking: str = ""
    answers: Mapping[str, Detail] = field(default_factory=dict)
    held: str = ""  # their first words, kept while we ask which language
    other_locale: str = ""  # a supported language other than `locale` that they lately wrote in
    other_locale_count: int = 0  # messages in a row in it
    is_switch_offered: bool = False

    draft_id: str = ""  # the thread of the request being taken; becomes the ticket's id
    ticket_count: int = 0  # requests ever begun, whatever became of them
    ticket_id: str = ""  # the ticket that messages join
    tickets: tuple[TicketSummary, ...] = ()  # live ones and the lately ended, oldest first
    archived: tuple[TicketSummary, ...] = ()  # lately left for the archive, oldest first; no rule finds them
    last_inbound_at: datetime | None = None  # opens WhatsApp's 24-hour window
    funnel: Mapping[str, Any] = field(default_factory=dict)
    formerly: tuple[MergedContact, ...] = ()
    notified: tuple[PendingNotification, ...] = ()  # changes told within a minute, or waiting to be

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return copy_with(self, **changes)

    def ticket_summary(self, ticket_id: str) -> TicketSummary | None:
        """The head of that ticket, if it is one of theirs."""
        return next((head for head in self.tickets if head.ticket_id == ticket_id), None)

    def request(self, number: str) -> TicketSummary | None:
        """Their `number`-th request; one that was begun under another address where they have no such own."""
        own = self.ticket_summary(f"{self.contact_id}-{number}")
        return own or next((head for head in self.tickets if head.ticket_id.endswith(f"-{number}")), None)

    @property
    def current(self) -> TicketSummary | None:
        """The ticket that messages join, if there is one."""
        return self.ticket_summary(self.ticket_id)

    @property
    def general_thread_id(self) -> str:
        """The thread of what belongs to no request."""
        return f"{self.contact_id}-0"


MAX_SUMMARIES = 12
"""Ended tickets stay in the conversation until there are this many heads; live ones always stay."""


def recent_summaries(heads: Sequence[TicketSummary]) -> tuple[TicketSummary, ...]:
    """The live ones, and as many of the newest ended ones as there is room for."""
    kept = list(heads)
    while len(kept) > MAX_SUMMARIES and any(not head.is_live for head in kept):
        kept.remove(next(head for head in kept if not head.is_live))
    return tuple(kept)
