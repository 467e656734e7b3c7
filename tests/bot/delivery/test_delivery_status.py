"""Receipts come in any order, twice, and before the call that sent the message has returned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from bot.delivery.delivery_status import (
    apply_status,
    return_to_hold,
    unsent_parts,
    with_part_id,
    without_failed,
)
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.thread import DeliveryStatus, OutboxEntry

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
A, B, C = "SMa", "SMb", "SMc"


def entry(*ids: str, parts: int = 1, status: DeliveryStatus = DeliveryStatus.SENDING) -> OutboxEntry:
    return OutboxEntry(
        "c.1.0", "c", Address("whatsapp", "+351912345678"), "en", Outgoing(("hi",)), NOW,
        status=status, part_count=parts, external_ids=ids, fates=dict.fromkeys(ids, DeliveryStatus.SENT),
    )  # fmt: skip


def after(start: OutboxEntry, *told: tuple[DeliveryStatus, str]) -> OutboxEntry:
    for n, (status, external_id) in enumerate(told):
        reason = "blocked" if status is DeliveryStatus.FAILED else ""
        start = apply_status(start, status, NOW + timedelta(seconds=n), external_id, reason) or start
    return start


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (
            (
                DeliveryStatus.SENDING,
                DeliveryStatus.SENDING,
                DeliveryStatus.SENT,
                DeliveryStatus.DELIVERED,
                DeliveryStatus.READ,
            ),
            DeliveryStatus.READ,
        ),
        (
            (
                DeliveryStatus.SENDING,
                DeliveryStatus.SENT,
                DeliveryStatus.FAILED,
                DeliveryStatus.SENT,
                DeliveryStatus.SENDING,
            ),
            DeliveryStatus.FAILED,
        ),
        (
            (
                DeliveryStatus.SENT,
                DeliveryStatus.FAILED,
                DeliveryStatus.DELIVERED,
                DeliveryStatus.SENT,
                DeliveryStatus.SENDING,
            ),
            DeliveryStatus.DELIVERED,
        ),
        (
            (
                DeliveryStatus.FAILED,
                DeliveryStatus.FAILED,
                DeliveryStatus.READ,
                DeliveryStatus.DELIVERED,
                DeliveryStatus.SENT,
            ),
            DeliveryStatus.READ,
        ),
    ],
)
def test_all_orders_of_five_receipts_end_the_same(
    told: tuple[DeliveryStatus, ...], ends: DeliveryStatus
) -> None:
    orders = list(permutations(told))
    assert len(orders) == 120
    for order in orders:
        found = after(entry(), *((status, A) for status in order))
        assert (found.status, found.external_ids) == (ends, (A,)), order
        assert found.reason == ("blocked" if ends is DeliveryStatus.FAILED else "")


def test_a_receipt_told_ten_times_counts_once() -> None:
    once = after(entry(A), (DeliveryStatus.DELIVERED, A))
    assert apply_status(once, DeliveryStatus.DELIVERED, NOW + timedelta(hours=1), A) is None


def test_a_receipt_before_the_call_returned_is_kept() -> None:
    early = after(entry(), (DeliveryStatus.DELIVERED, A))
    assert (early.status, early.external_ids) == (DeliveryStatus.DELIVERED, (A,))
    assert apply_status(early, DeliveryStatus.SENT, NOW, A) is None


def test_nothing_goes_back_from_delivered() -> None:
    arrived = after(entry(A), (DeliveryStatus.DELIVERED, A))
    assert apply_status(arrived, DeliveryStatus.FAILED, NOW, A, "blocked") is None


def test_a_message_of_two_parts_has_arrived_when_both_have() -> None:
    half = after(entry(A, B, parts=2, status=DeliveryStatus.SENT), (DeliveryStatus.DELIVERED, A))
    assert half.status is DeliveryStatus.SENT
    assert after(half, (DeliveryStatus.DELIVERED, B)).status is DeliveryStatus.DELIVERED
    assert after(half, (DeliveryStatus.READ, B)).status is DeliveryStatus.DELIVERED


def test_a_file_that_failed_is_told_though_its_words_arrived() -> None:
    orders = permutations(
        [(DeliveryStatus.DELIVERED, A), (DeliveryStatus.FAILED, B), (DeliveryStatus.READ, A)]
    )
    for order in orders:
        found = after(entry(A, B, parts=2, status=DeliveryStatus.SENT), *order)
        assert (found.status, found.reason) == (DeliveryStatus.FAILED, "blocked")


def test_a_receipt_for_the_first_part_does_not_end_the_message() -> None:
    """The second part is still to be sent: were it taken for delivered now, it never would be."""
    found = after(entry(parts=2), (DeliveryStatus.DELIVERED, A))
    assert found.status is DeliveryStatus.SENDING
    assert unsent_parts(found, 2) == [1]


def test_another_try_sends_only_what_failed() -> None:
    found = after(
        entry(A, B, C, parts=3, status=DeliveryStatus.SENT),
        (DeliveryStatus.FAILED, B),
        (DeliveryStatus.READ, A),
    )
    again = without_failed(found)
    assert unsent_parts(again, 3) == [1]
    assert again.void_ids == (B,)
    sent = after(again, (DeliveryStatus.SENT, "SMd"))
    assert sent.external_ids == (A, "SMd", C)
    assert apply_status(sent, DeliveryStatus.FAILED, NOW, B) is None, (
        "the part that was given up says nothing any more"
    )


def test_what_the_window_did_not_let_through_waits() -> None:
    held = return_to_hold(entry(A, status=DeliveryStatus.SENT), A, NOW)
    assert held is not None
    assert (held.status, unsent_parts(held, 1), held.void_ids) == (DeliveryStatus.HELD, [0], (A,))
    assert return_to_hold(held, A, NOW) is None


def test_what_arrived_is_not_held_again() -> None:
    assert return_to_hold(after(entry(A), (DeliveryStatus.DELIVERED, A)), A, NOW) is None


def test_a_late_refusal_of_an_earlier_try_does_not_hold_the_next() -> None:
    held = return_to_hold(entry(A, status=DeliveryStatus.SENT), A, NOW)
    assert held is not None
    sent = after(replace(held, status=DeliveryStatus.SENDING), (DeliveryStatus.SENT, B))
    assert sent.status is DeliveryStatus.SENT
    assert return_to_hold(sent, A, NOW) is None


def test_ids_take_the_places_of_the_parts_that_were_taken_back() -> None:
    assert with_part_id((A, "", C), B) == (A, B, C)
    assert with_part_id((A,), B) == (A, B)
    assert with_part_id((A,), A) == (A,)


def test_a_channel_that_gives_no_name_is_heard_all_the_same() -> None:
    failed = apply_status(entry(), DeliveryStatus.FAILED, NOW, "", "blocked")
    assert failed is not None
    assert (failed.status, failed.reason) == (DeliveryStatus.FAILED, "blocked")
    assert unsent_parts(without_failed(failed), 1) == [0]
