"""The current address of a lane's recipient, and when they last wrote, which decides if WhatsApp accepts free text."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages.ids import make_contact_ids
from bot.messages.inbound import Address
from bot.model.conversation import Conversation
from bot.sla import whatsapp_window
from store import keys
from store.codec import load
from store.redis_client import Client

_REFUSAL_HOLDS = timedelta(hours=25)
"""Longer than any window; after that it's closed by our own clock."""

_READ = """
local id = redis.call('GET', 'alias:' .. ARGV[1]) or ARGV[1]
local found = redis.call('HMGET', 'contact:' .. id, 'v', 'c')
local heard = redis.call('GET', 'heard:' .. ARGV[1]) or ''
return {id, (found[1] or '') .. '|' .. heard, found[2] or '', redis.call('GET', 'refused:' .. id) or '', heard}
"""


READ_CONVERSATION = """
local id = redis.call('GET', 'alias:' .. ARGV[1]) or ARGV[1]
return redis.call('HGET', 'contact:' .. id, 'c')
"""
"""The conversation of that contact, or of the one they were merged into, as JSON."""


def conversation_at(redis: Client, address: Address) -> Conversation | None:
    """The conversation of the contact at that address, under whichever spelling of its number it's stored."""
    found = (conversation_of(redis, each) for each in make_contact_ids(address))
    return next((conversation for conversation in found if conversation), None)


def conversation_of(redis: Client, contact_id: str) -> Conversation | None:
    """The conversation of that contact, or of the one they were merged into."""
    raw = redis.eval(READ_CONVERSATION, 0, contact_id)
    return load(Conversation, raw) if raw else None


@dataclass(frozen=True, slots=True)
class LaneRecipient:
    """The current address of a recipient; `version` changes with every write to the contact."""

    contact_id: str
    version: str = ""
    address: Address | None = None
    heard_at: datetime | None = None  # at `address`
    staff_last_inbound_at: datetime | None = None  # of staff, at the lane's address
    refused_at: datetime | None = None

    def accepts_text(self, address: Address, now: datetime) -> bool:
        """Whether free text may be sent to that address."""
        return whatsapp_window.is_open(address, self._heard_at(address), now, self.refused_at)

    def _heard_at(self, address: Address) -> datetime | None:
        """All WhatsApp addresses of a person (phone number, business-scoped id) share one window."""
        is_here = self.address is not None and self.address.channel == address.channel
        told = [at for at in (self.heard_at if is_here else None, self.staff_last_inbound_at) if at]
        return max(told, default=None)


class LaneRecipients:
    """Reads and writes where people can be reached."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def find(self, contact_id: str) -> LaneRecipient:
        """The recipient for that contact, or for the one they were merged into."""
        found = [part.decode() for part in self._redis.eval(_READ, 0, contact_id)]
        contact_id, version, conversation, refused_at, staff_last_inbound_at = found
        known = load(Conversation, conversation.encode()) if conversation else None
        return LaneRecipient(
            contact_id=contact_id,
            version=version,
            address=known.address if known else None,
            heard_at=known.last_inbound_at if known else None,
            staff_last_inbound_at=_instant(staff_last_inbound_at),
            refused_at=_instant(refused_at),
        )

    def mark_window_closed(self, contact_id: str, at: datetime) -> None:
        """WhatsApp has reported the window closed; only a later message opens it."""
        self._redis.set(keys.window_closed_at(contact_id), at.isoformat(), ex=_REFUSAL_HOLDS)


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
