"""What a channel's later word does to an outbox entry: ranked, so that order and repeats do not matter."""

from dataclasses import replace
from datetime import datetime

from bot.thread import Delivery, OutboxEntry

_RANK = {
    Delivery.HELD: 0,
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.UNCERTAIN: 2,
    Delivery.SENT: 3,
    Delivery.FAILED: 4,  # over `sent`, but a delivery to another device of theirs wins over it
    Delivery.DELIVERED: 5,
    Delivery.READ: 6,
}


def merged(
    entry: OutboxEntry,
    status: Delivery,
    at: datetime,
    external_id: str = "",
    reason: str = "",
    detail: str = "",
) -> OutboxEntry | None:
    """`entry` after a receipt; None when it tells nothing new."""
    ids = entry.external_ids
    if external_id and external_id not in ids:
        ids = (*ids, external_id)
    if _RANK[status] <= _RANK[entry.status]:
        return None if ids == entry.external_ids else replace(entry, external_ids=ids)
    if status is not Delivery.FAILED:
        reason = detail = ""
    return replace(entry, status=status, changed_at=at, external_ids=ids, reason=reason, detail=detail)
