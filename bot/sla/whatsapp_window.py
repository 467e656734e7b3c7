"""WhatsApp's window: whether free text may go to an address, 24 hours from the customer's last message.

The only module that knows the rule; pure. Outside the window only approved templates go
(twilio.com/docs/whatsapp/key-concepts).
"""

from datetime import datetime, timedelta

from bot.messages.inbound import Address

WINDOW = timedelta(hours=24)


def closes_at(
    address: Address, last_inbound_at: datetime | None, refused_at: datetime | None = None
) -> datetime | None:
    """When the window closes or closed; None if the address has no window, or never wrote to us.

    `refused_at` is when WhatsApp last said that it was closed: its clock counts, not ours.
    """
    if not has_window(address) or last_inbound_at is None:
        return None
    end = last_inbound_at + WINDOW
    return end if refused_at is None or refused_at < last_inbound_at else min(end, refused_at)


def is_open(
    address: Address,
    last_inbound_at: datetime | None,
    now: datetime,
    refused_at: datetime | None = None,
) -> bool:
    """Whether free text may go to `address` at `now`; closed from the exact second of `closes_at`."""
    if not has_window(address):
        return True
    window_closes_at = closes_at(address, last_inbound_at, refused_at)
    return window_closes_at is not None and now < window_closes_at


def has_window(address: Address) -> bool:
    """Whether this address's channel limits when we may write."""
    return address.channel == "whatsapp"
