"""What a provider's post can turn out to be, besides a customer's message: the outcomes of every parser."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Attachment
from bot.messages.thread import DeliveryStatus


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel's later word on one part of ours.

    `reference` is our outbox id where the channel gave it back, else ""; `code` as in bot.messages.phrases_delivery.
    """

    channel: str
    external_id: str
    status: DeliveryStatus
    at: datetime
    reference: str = ""
    code: str = ""
    reason: str = ""  # the provider's own code and words


@dataclass(frozen=True, slots=True)
class ReachabilityChanged:
    """The person blocked our bot, or let it in again."""

    address: Address
    is_reachable: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class GroupUpdate:
    """Somebody wrote, changed what they wrote, or pressed a button of ours, in a group."""

    update_id: str
    chat_id: int
    message_id: int  # of what they wrote, or of the message whose button they pressed
    topic_id: int  # 0: in no topic
    sender: int
    sender_name: str
    at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    answers: int = 0  # the message that they answer; a topic's first one is none
    album_id: str = ""
    is_edit: bool = False
    is_anonymous: bool = False  # written as the group itself
    data: str = ""  # of the button
    answer_token: str = ""
    heard_at: datetime | None = None  # by our own clock


@dataclass(frozen=True, slots=True)
class GroupChanged:
    """Our bot's place in a group changed, or the group has another id (`moved_to`)."""

    chat_id: int
    is_bot_admin: bool = True  # to write and to manage topics
    moved_to: int = 0


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us: answered 200, the reason logged. A reason never holds anybody's words."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not from the provider, or not for us: answered 403, the reason logged."""

    reason: str


class Unreadable(ValueError):
    """The post is not in the provider's format at all: answered 400. Its words are our own."""


InboundEvent = Inbound | Receipt | ReachabilityChanged | GroupUpdate | GroupChanged | Ignored | Refused
