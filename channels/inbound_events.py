"""What a provider's webhook request can contain besides a customer's message: the results of every parser."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Attachment
from bot.messages.thread import DeliveryStatus


@dataclass(frozen=True, slots=True)
class Receipt:
    """The delivery status of one part that we sent.

    `reference` is our outbox id if the channel returned it, else ""; `code` as in bot.messages.phrases_delivery.
    """

    channel: str
    external_id: str
    status: DeliveryStatus
    at: datetime
    reference: str = ""
    code: str = ""
    reason: str = ""  # the provider's code and message


@dataclass(frozen=True, slots=True)
class ReachabilityChanged:
    """The person blocked or unblocked our bot."""

    address: Address
    is_reachable: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class GroupUpdate:
    """Somebody wrote, edited or pressed one of our buttons in a group."""

    update_id: str
    chat_id: int
    message_id: int  # of their message, or of ours whose button they pressed
    topic_id: int  # 0: outside topics
    sender: int
    sender_name: str
    at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    answers: int = 0  # the message they reply to; 0 for none, or a topic's first message
    album_id: str = ""
    is_edit: bool = False
    is_anonymous: bool = False  # written as the group itself, or as a channel
    unsendable: str = ""  # what it is, if it holds nothing that a customer could get: see `phrases_forum`
    data: str = ""  # of the button
    answer_token: str = ""
    heard_at: datetime | None = None  # by our clock


@dataclass(frozen=True, slots=True)
class GroupChanged:
    """Our bot's place in a group changed, or the group has another id (`moved_to`)."""

    chat_id: int
    is_bot_admin: bool = True  # may write and manage topics
    moved_to: int = 0


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us: 200, and the reason is logged. A reason never contains what somebody wrote."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not from the provider, or not for us: 403, and the reason is logged."""

    reason: str


class Unreadable(ValueError):
    """The request isn't in the provider's format: 400. The message is our own text."""


InboundEvent = Inbound | Receipt | ReachabilityChanged | GroupUpdate | GroupChanged | Ignored | Refused
