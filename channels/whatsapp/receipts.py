"""Parses a verified status callback into a receipt; its URL must carry our own signature, too."""

from collections.abc import Mapping
from datetime import datetime

from bot.messages.thread import DeliveryStatus
from channels.inbound_events import Ignored, Receipt, Refused
from channels.signed_links import SignedLinks
from channels.whatsapp.errors import code_of

_STATUSES = {
    "accepted": DeliveryStatus.SENDING,
    "scheduled": DeliveryStatus.SENDING,
    "queued": DeliveryStatus.SENDING,
    "sending": DeliveryStatus.SENDING,
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "partially_delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "failed": DeliveryStatus.FAILED,
    "undelivered": DeliveryStatus.FAILED,
    "canceled": DeliveryStatus.FAILED,
}


def parse_receipt(
    form: Mapping[str, str], query: Mapping[str, str], links: SignedLinks, now: datetime
) -> Receipt | Ignored | Refused:
    """The receipt; without our reference, if the message was sent by other means, only its id identifies it."""
    reference = query.get("o", "")
    if reference and not links.is_valid_receipt(reference, query.get("h", "")):
        return Refused("the receipt’s reference isn’t signed by us")
    status = _STATUSES.get(form.get("MessageStatus", ""))
    if status is None:
        return Ignored("a receipt with an unknown status")
    error = form.get("ErrorCode", "")
    number = int(error) if error.isascii() and error.isdecimal() and len(error) < 7 else 0
    return Receipt(
        channel="whatsapp",
        external_id=form["MessageSid"],
        status=status,
        at=now,
        reference=reference,
        code=(code_of(number) or "other") if status is DeliveryStatus.FAILED else "",
        reason=f"Twilio {number}" if number else "",
    )
