"""What must follow a customer's message: decided by `advance`, carried out by the desk in this order.

Every step has exactly one `Record`, so that every message belongs to a thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages.inbound import SwitchLink
from bot.messages.outgoing import Outgoing
from bot.model.conversation import Conversation, Detail


@dataclass(frozen=True, slots=True)
class Record:
    """Record the message in this thread: a ticket's, a draft's, or the contact's general one."""

    thread_id: str
    is_secret: bool = False  # it contains a support code: the thread keeps `shown` instead
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Send this to the contact, at the address they wrote from; recorded in the same thread."""

    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """Open a ticket under this id: the request is complete, or a person was asked for.

    The desk assigns the number and deadlines, and tells the customer both.
    """

    ticket_id: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    is_human_asked: bool = False


@dataclass(frozen=True, slots=True)
class AddToTicket:
    """The customer wrote on a live ticket: now the desk owes an answer (unless it was just a courtesy)."""

    ticket_id: str
    is_courtesy: bool = False


@dataclass(frozen=True, slots=True)
class Reopen:
    """The customer replied to a resolved ticket."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """The customer says that their live ticket is solved."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The customer rated a resolved ticket, 1 (bad) to 5 (good); `comment` may follow the stars."""

    ticket_id: str
    stars: int = 0
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Look up a support or VIP code, never echoed or logged; `identify_account.continue_after_code` goes on."""

    code: str


@dataclass(frozen=True, slots=True)
class AnswerQuote:
    """The customer accepted or declined the agent's quote; `number` is the quote's, 0 for the newest."""

    ticket_id: str
    is_accepted: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class OfferAccess:
    """The customer offers the team access: ask for how long."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class GrantAccess:
    """The customer grants access for the duration at this index in the policy, from 0."""

    ticket_id: str
    place: int


@dataclass(frozen=True, slots=True)
class DeclineAccess:
    """The customer declines to grant access."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class EndAccess:
    """The customer ends the access they granted."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class OfferChannelSwitch:
    """The customer wants to switch to that channel: offer a link."""

    to: str


@dataclass(frozen=True, slots=True)
class CompleteChannelSwitch:
    """The customer came through a switch link: note it on the ticket, and send its status unless a question is open."""

    passage: SwitchLink
    is_told: bool


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """The customer asked for their tickets: the desk lists number, status and next deadline of each."""


@dataclass(frozen=True, slots=True)
class ShowMyData:
    """The customer asked what we have about them: the desk lists it."""


@dataclass(frozen=True, slots=True)
class NoteErasure:
    """The customer asked us to delete their data, or changed their mind: agents see it in their threads."""


Effect = (
    Record
    | Say
    | OpenTicket
    | AddToTicket
    | Reopen
    | Resolve
    | Rate
    | CheckCode
    | AnswerQuote
    | OfferAccess
    | GrantAccess
    | DeclineAccess
    | EndAccess
    | OfferChannelSwitch
    | CompleteChannelSwitch
    | ShowStatus
    | ShowMyData
    | NoteErasure
)


@dataclass(frozen=True, slots=True)
class Step:
    """The result of one message: the new conversation, and what must follow."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
    acts: tuple[str, ...] = ()  # what was understood of the message, by name
