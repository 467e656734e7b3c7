"""The circuit breaker over a real store: who may send, who may ask, and when it's over."""

from datetime import timedelta

import pytest
from redis import Redis

from store import keys
from store.outbox.circuit_breaker import CircuitBreaker, Permission
from tests.fixtures.clock import MONDAY, ManualClock

CHANNEL = "telegram"


@pytest.fixture
def hand() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def breaker(redis: Redis) -> CircuitBreaker:
    return CircuitBreaker(redis)


def permissions(breaker: CircuitBreaker, hand: ManualClock, count: int) -> list[Permission]:
    return [breaker.ask(CHANNEL, hand()).permission for _ in range(count)]


def open_it(breaker: CircuitBreaker, hand: ManualClock) -> None:
    breaker.trip(CHANNEL, hand() - timedelta(milliseconds=100), hand())


def until_answered(breaker: CircuitBreaker, hand: ManualClock) -> None:
    hand.advance(seconds=1)
    assert breaker.ask(CHANNEL, hand()).permission is Permission.PROBE
    breaker.probe_answered(CHANNEL, hand())


def test_a_channel_without_trouble_is_closed(breaker: CircuitBreaker, hand: ManualClock) -> None:
    assert permissions(breaker, hand, 2) == [Permission.CLOSED] * 2


def test_an_unclear_answer_stops_that_channel_alone(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    answer = breaker.ask(CHANNEL, hand())
    assert (answer.permission, answer.wait) == (Permission.OPEN, timedelta(seconds=0.25))
    assert breaker.ask("whatsapp", hand()).permission is Permission.CLOSED


def test_one_process_asks_the_channel_and_the_others_wait(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    hand.advance(seconds=1)
    assert permissions(breaker, hand, 3) == [Permission.PROBE, Permission.OPEN, Permission.OPEN]


def test_who_crashed_while_asking_is_succeeded(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    hand.advance(seconds=1)
    permissions(breaker, hand, 1)
    hand.advance(seconds=14)
    assert permissions(breaker, hand, 1) == [Permission.PROBE]


def test_the_pauses_grow_while_nobody_answers(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    waits = []
    for _ in range(8):
        waits.append(breaker.ask(CHANNEL, hand()).wait.total_seconds())
        hand.advance(seconds=waits[-1] + 0.001)
        assert permissions(breaker, hand, 1) == [Permission.PROBE]
        breaker.probe_failed(CHANNEL, hand())
    assert waits == pytest.approx([0.25, 0.5, 1, 2, 4, 8, 10, 10], abs=0.01)


def test_once_it_answers_messages_are_tried_one_at_a_time(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    until_answered(breaker, hand)
    assert permissions(breaker, hand, 2) == [Permission.TRIAL, Permission.OPEN]
    breaker.close(CHANNEL)
    assert permissions(breaker, hand, 2) == [Permission.CLOSED] * 2


def test_a_trial_without_a_clear_answer_opens_it_again(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    until_answered(breaker, hand)
    assert permissions(breaker, hand, 1) == [Permission.TRIAL]
    breaker.trip(CHANNEL, hand(), hand())
    answer = breaker.ask(CHANNEL, hand())
    assert (answer.permission, answer.wait) == (Permission.OPEN, timedelta(seconds=0.5))


def test_calls_from_before_the_answer_prove_nothing(breaker: CircuitBreaker, hand: ManualClock) -> None:
    """Many calls end unclear at the start of an outage; each must not make the pause longer."""
    began = hand()
    open_it(breaker, hand)
    for _ in range(20):
        breaker.trip(CHANNEL, began, hand())
    assert breaker.ask(CHANNEL, hand()).wait == timedelta(seconds=0.25)
    until_answered(breaker, hand)
    breaker.trip(CHANNEL, began, hand())
    assert permissions(breaker, hand, 1) == [Permission.TRIAL]


def test_without_a_message_to_try_it_closes_after_a_while(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    until_answered(breaker, hand)
    answer = breaker.ask(CHANNEL, hand(), has_message=False)
    assert (answer.permission, answer.wait) == (Permission.OPEN, timedelta(seconds=5))
    hand.advance(seconds=5)
    assert breaker.ask(CHANNEL, hand(), has_message=False).permission is Permission.CLOSED


def test_after_a_pause_that_the_provider_asked_for_messages_are_tried_one_at_a_time(
    breaker: CircuitBreaker, hand: ManualClock
) -> None:
    until = hand() + timedelta(seconds=30)
    breaker.rest(CHANNEL, until, hand())
    breaker.rest(CHANNEL, until - timedelta(seconds=20), hand())
    answer = breaker.ask(CHANNEL, hand())
    assert (answer.permission, answer.wait) == (Permission.OPEN, timedelta(seconds=30))
    hand.advance(seconds=30)
    assert permissions(breaker, hand, 2) == [Permission.TRIAL, Permission.OPEN]


def test_a_pause_does_not_close_what_is_open(breaker: CircuitBreaker, hand: ManualClock) -> None:
    open_it(breaker, hand)
    breaker.rest(CHANNEL, hand(), hand())
    hand.advance(seconds=1)
    assert permissions(breaker, hand, 1) == [Permission.PROBE]


def test_it_is_forgotten_in_time(breaker: CircuitBreaker, hand: ManualClock, redis: Redis) -> None:
    open_it(breaker, hand)
    assert 0 < redis.ttl(keys.circuit_breaker(CHANNEL)) <= 3600
