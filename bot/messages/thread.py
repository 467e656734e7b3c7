"""A ticket's thread: what the customer, the desk and agents wrote, in order; and the outbox's entries.

Events (priority changed, resolved…) aren't entries: they come from the ticket's own event log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.messages.inbound import Address, MessageKind
from bot.messages.outgoing import Attachment, Outgoing


class Author(StrEnum):
    """Who wrote it."""

    CUSTOMER = "customer"
    BOT = "bot"  # the desk's own sentences
    AGENT = "agent"  # a reply to the customer
    NOTE = "note"  # for agents only


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One entry of a thread. `entry_id` is also the outbox id of what goes out."""

    entry_id: str
    thread_id: str
    at: datetime
    author: Author
    by: str = ""  # the agent's id, or that of the API token an app used
    kind: MessageKind = MessageKind.TEXT
    text: str = ""  # what a person wrote
    said: Outgoing | None = None  # what the desk said, rendered for each reader
    attachments: tuple[Attachment, ...] = ()
    channel: str = ""  # where it came in or went out; notes have none
    external_id: str = ""  # its id on the channel, for quotes and edits
    quoted_id: str = ""
    quoted_text: str = ""  # the part that they quoted, or what they reply to elsewhere
    is_edit: bool = False
    is_forwarded: bool = False
    album_id: str = ""  # shared by files sent together
    referral: str = ""  # the advertisement that they came from
    posted_as: str = ""  # the message in the agents' group where it was written, `chat:message`

    @property
    def is_withdrawal(self) -> bool:
        """Whether an agent took back an earlier reply: an edit that leaves nothing of it."""
        return self.author is Author.AGENT and self.is_edit and not self.text

    @property
    def is_system_note(self) -> bool:
        """Whether the desk tells agents something; then `said` is in the agent's language."""
        return self.author is Author.NOTE and self.said is not None


class DeliveryStatus(StrEnum):
    """The delivery status of a message."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # we can't know whether the channel accepted it
    HELD = "held"  # WhatsApp's window is closed: goes out when the customer writes again


@dataclass(frozen=True, slots=True)
class ApprovedTemplate:
    """A WhatsApp template approved in advance, by Twilio's id: may be sent while the window is closed."""

    content_sid: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A message to send, until we know that it arrived.

    Each lane is sent strictly in order; `lane` is a contact's id, or the id of an alert's recipient.
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
    look_ups: int = 0  # how often we asked the channel about one that may have gone out
    next_at: datetime | None = None  # not before this time
    tried_at: datetime | None = None  # when the last attempt began
    part_count: int = 1  # calls it takes: long texts and several files are split
    external_ids: tuple[str, ...] = ()  # of the parts, in order; "" for a part that the channel doesn't have
    fates: Mapping[str, DeliveryStatus] = field(default_factory=dict)  # the delivery status of each of them
    reason: str = ""  # why it failed: a code in `phrases_delivery`
    detail: str = ""  # the provider's own text
    changed_at: datetime | None = None
    approved: ApprovedTemplate | None = None  # sent instead of `outgoing`, which is what our own thread shows
    has_form: bool = False  # its options went out as buttons or a list, by a template
    is_plain: bool = False  # its options go as numbered lines, since that template was refused
    passage: str = ""  # the channel its switch link leads to; the link is made when it is sent
    void_ids: tuple[str, ...] = ()  # ids the channel withdrew: their receipts don't count
    also_ids: tuple[str, ...] = ()  # of an album's other files, which one call sends
