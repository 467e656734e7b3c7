"""Whether free text may be sent to an address now: WhatsApp's 24 hours since the customer's last message.

The only place that knows the rule; pure. Outside the window only approved templates go
(twilio.com/docs/whatsapp/key-concepts).
"""

from datetime import datetime, timedelta

from bot.inbound import Address

WINDOW = timedelta(hours=24)


def closes_at(address: Address, last_inbound_at: datetime | None) -> datetime | None:
    """When the window shuts; None when the address has no window, or nothing was ever heard from it."""
    if not has_window(address) or last_inbound_at is None:
        return None
    return last_inbound_at + WINDOW


def is_open(address: Address, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free text may go to `address` at `now`; shut from the very second of `closes_at`."""
    if not has_window(address):
        return True
    return last_inbound_at is not None and now < last_inbound_at + WINDOW


def has_window(address: Address) -> bool:
    """Whether the channel of this address limits when we may write."""
    return address.channel == "whatsapp"
