"""The retry rule: never too early, never for ever, never a second copy of what may have arrived."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.retry import (
    MAX_ATTEMPTS,
    MAX_RETRY_AFTER,
    MAX_WAIT,
    GiveUp,
    LookUp,
    RetryAt,
    after_failure,
    after_nothing_found,
)
from bot.messages.errors import AddressMoved, DeliveryError, WindowClosed
from bot.messages.inbound import Address

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


def waited(error: DeliveryError, attempts: int = 1, seed: str = "a") -> timedelta:
    rule = after_failure(error, attempts, NOW, seed=seed)
    assert isinstance(rule, RetryAt)
    return rule.at - NOW


def test_a_permanent_refusal_is_tried_once_and_keeps_its_reason() -> None:
    error = DeliveryError("blocked", "bot was blocked by the user", permanent=True)
    assert after_failure(error, 1, NOW) == GiveUp("blocked", "bot was blocked by the user")


@pytest.mark.parametrize("error", [WindowClosed(), AddressMoved(Address("telegram", "-100"))])
def test_a_closed_window_or_a_moved_chat_is_never_simply_sent_again(error: DeliveryError) -> None:
    assert isinstance(after_failure(error, 1, NOW), GiveUp)


def test_an_uncertain_message_is_looked_up_and_not_sent_again() -> None:
    error = DeliveryError("unavailable", is_uncertain=True)
    rule = after_failure(error, 1, NOW)
    assert isinstance(rule, LookUp)
    assert NOW < rule.at <= NOW + timedelta(seconds=5)


@pytest.mark.parametrize("seconds", [1, 3, 30, 299, 1800])
@pytest.mark.parametrize("attempts", [1, 7, 39])
def test_no_retry_comes_before_the_provider_permits_it(seconds: int, attempts: int) -> None:
    asked = timedelta(seconds=seconds)
    wait = waited(DeliveryError("paced", retry_after=asked), attempts)
    assert asked <= wait <= asked * 1.25


def test_a_provider_gone_mad_cannot_put_us_off_for_a_day() -> None:
    wait = waited(DeliveryError("paced", retry_after=timedelta(days=1)))
    assert wait <= MAX_RETRY_AFTER * 1.25


def test_waits_grow_up_to_a_limit() -> None:
    waits = [waited(DeliveryError("unavailable"), attempts) for attempts in range(1, MAX_ATTEMPTS)]
    assert waits[0] < timedelta(seconds=2)
    assert waits[3] > waits[1]
    assert max(waits) <= MAX_WAIT * 1.25


def test_an_outage_of_an_hour_and_a_half_loses_nothing() -> None:
    shortest = sum((waited(DeliveryError("unavailable"), n) for n in range(1, MAX_ATTEMPTS)), timedelta())
    assert shortest > timedelta(minutes=90)


def test_retries_end() -> None:
    assert after_failure(DeliveryError("unavailable", "x"), MAX_ATTEMPTS, NOW) == GiveUp("gave_up", "x")


def test_being_told_to_slow_down_hundreds_of_times_loses_nothing() -> None:
    error = DeliveryError("paced", retry_after=timedelta(seconds=30))
    assert isinstance(after_failure(error, 400, NOW), RetryAt)
    assert isinstance(after_failure(error, 10_000, NOW), GiveUp)


def test_many_messages_do_not_all_come_back_at_the_same_instant() -> None:
    waits = {waited(DeliveryError("unavailable"), 5, seed=str(n)) for n in range(50)}
    assert len(waits) > 40


def test_the_same_message_always_waits_the_same() -> None:
    assert waited(DeliveryError("unavailable"), 5, "m1") == waited(DeliveryError("unavailable"), 5, "m1")


def test_a_message_without_a_trace_is_sent_again_only_after_three_looks() -> None:
    first = after_nothing_found(1, 1, NOW, can_look_up=True)
    second = after_nothing_found(2, 1, NOW, can_look_up=True)
    assert isinstance(first, LookUp)
    assert isinstance(second, LookUp)
    assert isinstance(after_nothing_found(3, 1, NOW, can_look_up=True), RetryAt)


def test_a_channel_that_cannot_be_asked_leaves_it_to_the_agent() -> None:
    assert after_nothing_found(1, 1, NOW, can_look_up=False) == GiveUp("uncertain")


def test_looking_up_does_not_go_on_for_ever_either() -> None:
    assert after_nothing_found(3, MAX_ATTEMPTS, NOW, can_look_up=True) == GiveUp("gave_up")
