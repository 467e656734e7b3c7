"""Receipts come in any order, twice, and before the call that sent the message has returned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from bot.delivery.delivery_status import given_back, merged, placed, unsent, without_failed
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.thread import Delivery, OutboxEntry

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
A, B, C = "SMa", "SMb", "SMc"


def entry(*ids: str, parts: int = 1, status: Delivery = Delivery.SENDING) -> OutboxEntry:
    return OutboxEntry(
        "c.1.0", "c", Address("whatsapp", "+351912345678"), "en", Outgoing(("hi",)), NOW,
        status=status, part_count=parts, external_ids=ids, fates=dict.fromkeys(ids, Delivery.SENT),
    )  # fmt: skip


def after(start: OutboxEntry, *told: tuple[Delivery, str]) -> OutboxEntry:
    for n, (status, external_id) in enumerate(told):
        reason = "blocked" if status is Delivery.FAILED else ""
        start = merged(start, status, NOW + timedelta(seconds=n), external_id, reason) or start
    return start


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (
            (Delivery.SENDING, Delivery.SENDING, Delivery.SENT, Delivery.DELIVERED, Delivery.READ),
            Delivery.READ,
        ),
        (
            (Delivery.SENDING, Delivery.SENT, Delivery.FAILED, Delivery.SENT, Delivery.SENDING),
            Delivery.FAILED,
        ),
        (
            (Delivery.SENT, Delivery.FAILED, Delivery.DELIVERED, Delivery.SENT, Delivery.SENDING),
            Delivery.DELIVERED,
        ),
        ((Delivery.FAILED, Delivery.FAILED, Delivery.READ, Delivery.DELIVERED, Delivery.SENT), Delivery.READ),
    ],
)
def test_all_orders_of_five_receipts_end_the_same(told: tuple[Delivery, ...], ends: Delivery) -> None:
    orders = list(permutations(told))
    assert len(orders) == 120
    for order in orders:
        found = after(entry(), *((status, A) for status in order))
        assert (found.status, found.external_ids) == (ends, (A,)), order
        assert found.reason == ("blocked" if ends is Delivery.FAILED else "")


def test_a_receipt_told_ten_times_counts_once() -> None:
    once = after(entry(A), (Delivery.DELIVERED, A))
    assert merged(once, Delivery.DELIVERED, NOW + timedelta(hours=1), A) is None


def test_a_receipt_before_the_call_returned_is_kept() -> None:
    early = after(entry(), (Delivery.DELIVERED, A))
    assert (early.status, early.external_ids) == (Delivery.DELIVERED, (A,))
    assert merged(early, Delivery.SENT, NOW, A) is None


def test_nothing_goes_back_from_delivered() -> None:
    arrived = after(entry(A), (Delivery.DELIVERED, A))
    assert merged(arrived, Delivery.FAILED, NOW, A, "blocked") is None


def test_a_message_of_two_parts_has_arrived_when_both_have() -> None:
    half = after(entry(A, B, parts=2, status=Delivery.SENT), (Delivery.DELIVERED, A))
    assert half.status is Delivery.SENT
    assert after(half, (Delivery.DELIVERED, B)).status is Delivery.DELIVERED
    assert after(half, (Delivery.READ, B)).status is Delivery.DELIVERED


def test_a_file_that_failed_is_told_though_its_words_arrived() -> None:
    orders = permutations([(Delivery.DELIVERED, A), (Delivery.FAILED, B), (Delivery.READ, A)])
    for order in orders:
        found = after(entry(A, B, parts=2, status=Delivery.SENT), *order)
        assert (found.status, found.reason) == (Delivery.FAILED, "blocked")


def test_a_receipt_for_the_first_part_does_not_end_the_message() -> None:
    """The second part is still to be sent: were it taken for delivered now, it never would be."""
    found = after(entry(parts=2), (Delivery.DELIVERED, A))
    assert found.status is Delivery.SENDING
    assert unsent(found, 2) == [1]


def test_another_try_sends_only_what_failed() -> None:
    found = after(entry(A, B, C, parts=3, status=Delivery.SENT), (Delivery.FAILED, B), (Delivery.READ, A))
    again = without_failed(found)
    assert unsent(again, 3) == [1]
    assert again.void_ids == (B,)
    sent = after(again, (Delivery.SENT, "SMd"))
    assert sent.external_ids == (A, "SMd", C)
    assert merged(sent, Delivery.FAILED, NOW, B) is None, "the part that was given up says nothing any more"


def test_what_the_window_did_not_let_through_waits() -> None:
    held = given_back(entry(A, status=Delivery.SENT), A, NOW)
    assert held is not None
    assert (held.status, unsent(held, 1), held.void_ids) == (Delivery.HELD, [0], (A,))
    assert given_back(held, A, NOW) is None


def test_what_arrived_is_not_held_again() -> None:
    assert given_back(after(entry(A), (Delivery.DELIVERED, A)), A, NOW) is None


def test_a_late_refusal_of_an_earlier_try_does_not_hold_the_next() -> None:
    held = given_back(entry(A, status=Delivery.SENT), A, NOW)
    assert held is not None
    sent = after(replace(held, status=Delivery.SENDING), (Delivery.SENT, B))
    assert sent.status is Delivery.SENT
    assert given_back(sent, A, NOW) is None


def test_ids_take_the_places_of_the_parts_that_were_taken_back() -> None:
    assert placed((A, "", C), B) == (A, B, C)
    assert placed((A,), B) == (A, B)
    assert placed((A,), A) == (A,)


def test_a_channel_that_gives_no_name_is_heard_all_the_same() -> None:
    failed = merged(entry(), Delivery.FAILED, NOW, "", "blocked")
    assert failed is not None
    assert (failed.status, failed.reason) == (Delivery.FAILED, "blocked")
    assert unsent(without_failed(failed), 1) == [0]
