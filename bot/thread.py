"""What stands in a ticket's thread: what the customer, the desk and the agents wrote, in order.

Events (priority changed, resolved…) are not entries: they are told from the ticket's facts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.inbound import Address, Kind
from bot.said import Attachment, Outgoing


class Author(StrEnum):
    """Whose words they are."""

    CUSTOMER = "customer"
    BOT = "bot"  # the desk's own sentences
    AGENT = "agent"  # a reply, to the customer
    NOTE = "note"  # among agents only


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thread. `entry_id` is also the outbox id of what goes out."""

    entry_id: str
    thread_id: str
    at: datetime
    author: Author
    by: str = ""  # the agent's id
    kind: Kind = Kind.TEXT
    text: str = ""  # what a person wrote
    said: Outgoing | None = None  # what the desk said, rendered for whoever reads it
    attachments: tuple[Attachment, ...] = ()
    channel: str = ""  # where it came in or went out; notes have none
    external_id: str = ""  # the channel's id of it, for quotes and edits
    quoted_id: str = ""
    is_edit: bool = False
    is_forwarded: bool = False


class Delivery(StrEnum):
    """How far something for somebody has got."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # we cannot know whether the channel took it
    HELD = "held"  # WhatsApp's window is shut: goes out when the customer writes again


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
    status: Delivery = Delivery.QUEUED
    attempts: int = 0
    look_ups: int = 0  # how often we looked at the channel for one that may have gone out
    next_at: datetime | None = None  # not before this instant
    external_ids: tuple[str, ...] = ()  # one for each part already taken by the channel
    reason: str = ""  # why it failed, as a code the phrases know
    detail: str = ""  # the provider's own words
    changed_at: datetime | None = None
