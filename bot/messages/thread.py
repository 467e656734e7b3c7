"""What stands in a ticket's thread: what the customer, the desk and the agents wrote, in order.

Events (priority changed, resolved…) are not entries: they are told from the ticket's facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.messages.inbound import Address, MessageKind
from bot.messages.outgoing import Attachment, Outgoing


class Author(StrEnum):
    """Whose words they are."""

    CUSTOMER = "customer"
    BOT = "bot"  # the desk's own sentences
    AGENT = "agent"  # a reply, to the customer
    NOTE = "note"  # among agents only


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One line of a thread. `entry_id` is also the outbox id of what goes out."""

    entry_id: str
    thread_id: str
    at: datetime
    author: Author
    by: str = ""  # the agent's id, or that of the token by which an app wrote it
    kind: MessageKind = MessageKind.TEXT
    text: str = ""  # what a person wrote
    said: Outgoing | None = None  # what the desk said, rendered for whoever reads it
    attachments: tuple[Attachment, ...] = ()
    channel: str = ""  # where it came in or went out; notes have none
    external_id: str = ""  # the channel's id of it, for quotes and edits
    quoted_id: str = ""
    is_edit: bool = False
    is_forwarded: bool = False
    album_id: str = ""  # files sent together share it
    referral: str = ""  # the advertisement that they came from
    posted_as: str = ""  # the message in the agents' group as which it was written, `chat:message`

    @property
    def is_system_note(self) -> bool:
        """Whether the desk itself tells agents something; then `said` is for them, in their language."""
        return self.author is Author.NOTE and self.said is not None


class DeliveryStatus(StrEnum):
    """The delivery status of a message."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # we cannot know whether the channel took it
    HELD = "held"  # WhatsApp's window is shut: goes out when the customer writes again


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A message that WhatsApp approved beforehand, by Twilio's name for it: goes while its window is shut."""

    content_sid: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something decided but not yet known to have arrived.

    A lane is drained strictly in order; `lane` is a contact's id, or an alert destination's address.
    """

    entry_id: str
    lane: str
    address: Address
    locale: str
    outgoing: Outgoing
    created_at: datetime
    thread_id: str = ""
    author: Author = Author.BOT
    status: DeliveryStatus = DeliveryStatus.QUEUED
    attempts: int = 0
    look_ups: int = 0  # how often we looked at the channel for one that may have gone out
    next_at: datetime | None = None  # not before this instant
    tried_at: datetime | None = None  # when the last call for it began
    part_count: int = 1  # calls that it takes: long texts and several files are cut
    external_ids: tuple[str, ...] = ()  # of the parts, in order; "" for one that the channel does not have
    fates: Mapping[str, DeliveryStatus] = field(default_factory=dict)  # how far each of them has got
    reason: str = ""  # why it failed, as a code the phrases know
    detail: str = ""  # the provider's own words
    changed_at: datetime | None = None
    approved: ApprovedTemplate | None = (
        None  # sent in place of `outgoing`, which says the same for our own thread
    )
    has_form: bool = False  # its choices went out as buttons or a list, by a template
    is_plain: bool = False  # they go as numbered lines, since that template was refused
    passage: str = ""  # the channel to which it shows the way, which is known only as it is sent
    void_ids: tuple[str, ...] = ()  # what the channel took and gave back: its receipts say nothing any more
