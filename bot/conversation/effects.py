"""What must follow a customer's message: decided by `advance`, carried out by the desk, in this order.

Every step holds exactly one `Record`, so that no message is ever without a thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages.inbound import SwitchLink
from bot.messages.outgoing import Outgoing
from bot.model.conversation import Conversation, Detail


@dataclass(frozen=True, slots=True)
class Record:
    """The message belongs to this thread: a ticket's, a draft's, or the contact's chatter."""

    thread_id: str
    is_secret: bool = False  # it holds a support code: the thread keeps `shown` instead
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Say this to the contact, at the address where they wrote; recorded in the same thread."""

    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """The request is complete, or a person was asked for: open the ticket under this id.

    The desk gives it its number and promises, and tells the customer both.
    """

    ticket_id: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    is_human_asked: bool = False


@dataclass(frozen=True, slots=True)
class AddToTicket:
    """The customer wrote on a live ticket: their turn is over, ours begins (unless it is mere courtesy)."""

    ticket_id: str
    is_courtesy: bool = False


@dataclass(frozen=True, slots=True)
class Reopen:
    """The customer came back to a resolved ticket."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The customer rated a resolved ticket, 1 (bad) to 5 (good); `comment` may follow the stars."""

    ticket_id: str
    stars: int = 0
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Look up a support or VIP code, never echoed or logged; `identifying.take_account` continues."""

    code: str


@dataclass(frozen=True, slots=True)
class AnswerQuote:
    """The customer accepted or declined the agent's price; `number` is that quote's, 0 for the newest."""

    ticket_id: str
    is_accepted: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class OfferAccess:
    """The customer would give the team access: ask for how long."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class GrantAccess:
    """They give the team access for the length at this place of the policy's, from 0."""

    ticket_id: str
    place: int


@dataclass(frozen=True, slots=True)
class DeclineAccess:
    """They would rather not."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class EndAccess:
    """They take their access back."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class OfferChannelSwitch:
    """The customer would rather write on that channel: offer the way there."""

    to: str


@dataclass(frozen=True, slots=True)
class CompleteChannelSwitch:
    """They came through: noted on what is open, and told where it stands unless a question waits."""

    passage: SwitchLink
    is_told: bool


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """The customer asked how their tickets stand: the desk tells number, status and next deadline of each."""


Effect = (
    Record
    | Say
    | OpenTicket
    | AddToTicket
    | Reopen
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
)


@dataclass(frozen=True, slots=True)
class Step:
    """One message taken: the conversation as it is now, and what must follow."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
