"""Applies delivery receipts to an outbox entry, part by part; their order and repeats don't matter.

A message of several parts has the status of its slowest part, and failed if one of them failed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.messages.thread import DeliveryStatus, OutboxEntry

_RANK = {
    DeliveryStatus.HELD: 0,
    DeliveryStatus.QUEUED: 0,
    DeliveryStatus.SENDING: 1,
    DeliveryStatus.UNCERTAIN: 2,
    DeliveryStatus.SENT: 3,
    DeliveryStatus.FAILED: 4,  # wins over `sent`; a delivery to another device of theirs wins over it
    DeliveryStatus.DELIVERED: 5,
    DeliveryStatus.READ: 6,
}


_MAY_BE_THE_FORM = ("template", "refused", "other", "too_long")
"""Errors after which a message with buttons is sent once more without them."""


def apply_status(
    entry: OutboxEntry,
    status: DeliveryStatus,
    at: datetime,
    external_id: str,
    reason: str = "",
    detail: str = "",
) -> OutboxEntry | None:
    """`entry` after a receipt for the part with that `external_id`; None if the receipt changes nothing."""
    external_id = external_id or entry.entry_id  # a channel that gives messages no id
    if external_id in entry.void_ids:
        return None
    ids = with_part_id(entry.external_ids, external_id)
    known = entry.fates.get(external_id, DeliveryStatus.SENDING)
    fate = status if _RANK[status] > _RANK[known] else known
    if fate is known and ids == entry.external_ids:
        return None
    after = replace(entry, external_ids=ids, fates={**entry.fates, external_id: fate})
    return _with_overall_status(
        after, at, *((reason, detail) if fate is DeliveryStatus.FAILED else (entry.reason, entry.detail))
    )


def with_part_id(ids: tuple[str, ...], external_id: str) -> tuple[str, ...]:
    """The ids with this one in the first free place: parts are sent in order."""
    if external_id in ids:
        return ids
    if "" in ids:
        at = ids.index("")
        return (*ids[:at], external_id, *ids[at + 1 :])
    return (*ids, external_id)


def unsent_parts(entry: OutboxEntry, part_count: int) -> list[int]:
    """Indexes of the parts that the channel doesn't have, in order."""
    ids = entry.external_ids
    return [number for number in range(part_count) if number >= len(ids) or not ids[number]]


def return_to_hold(entry: OutboxEntry, external_id: str, at: datetime) -> OutboxEntry | None:
    """The entry held because WhatsApp's window was closed; None if that's known already or out of date."""
    if external_id in entry.void_ids or entry.fates.get(external_id) in (
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READ,
    ):
        return None
    ids = with_part_id(entry.external_ids, external_id)
    return replace(
        without_parts(replace(entry, external_ids=ids), {external_id}),
        status=DeliveryStatus.HELD,
        changed_at=at,
    )


def retry_without_buttons(entry: OutboxEntry, code: str) -> OutboxEntry | None:
    """The entry to send again with numbered lines if it failed because of its buttons; else None."""
    if not entry.has_form or entry.is_plain or code not in _MAY_BE_THE_FORM:
        return None
    afresh = without_failed(entry)
    return replace(
        afresh, status=DeliveryStatus.QUEUED, is_plain=True, has_form=False, attempts=0, next_at=None
    )


def without_failed(entry: OutboxEntry) -> OutboxEntry:
    """The entry ready for another try: failed parts count as unsent, delivered ones stay."""
    return without_parts(entry, {each for each, fate in entry.fates.items() if fate is DeliveryStatus.FAILED})


def without_parts(entry: OutboxEntry, void: set[str]) -> OutboxEntry:
    """Without the receipts for those parts."""
    return replace(
        entry,
        external_ids=tuple("" if each in void else each for each in entry.external_ids),
        fates={each: fate for each, fate in entry.fates.items() if each not in void},
        void_ids=tuple(dict.fromkeys((*entry.void_ids, *sorted(void)))),
    )


def _with_overall_status(entry: OutboxEntry, at: datetime, reason: str, detail: str) -> OutboxEntry:
    """The entry's status from its parts; while parts are unsent, sending sets the status."""
    if unsent_parts(entry, entry.part_count):
        return (
            replace(entry, reason=reason, detail=detail)
            if DeliveryStatus.FAILED in entry.fates.values()
            else entry
        )
    status = _overall_status(entry.fates)
    if status is not DeliveryStatus.FAILED:
        reason = detail = ""
    is_news = status is not entry.status
    return replace(
        entry, status=status, changed_at=at if is_news else entry.changed_at, reason=reason, detail=detail
    )


def _overall_status(fates: Mapping[str, DeliveryStatus]) -> DeliveryStatus:
    if DeliveryStatus.FAILED in fates.values():
        return DeliveryStatus.FAILED
    return min(fates.values(), key=_RANK.__getitem__)
