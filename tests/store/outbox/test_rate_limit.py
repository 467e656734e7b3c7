"""Pacing over a real store: bursts, rests, and the silence that a provider asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from store.outbox.rate_limit import RateLimit, acquire, back_off

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP = RateLimit("group", 3.0, 5)


def test_a_burst_goes_at_once_and_the_next_waits(redis: Redis) -> None:
    assert [acquire(redis, [GROUP], NOW) for _ in range(5)] == [timedelta()] * 5
    assert acquire(redis, [GROUP], NOW) == timedelta(seconds=3)


@pytest.mark.parametrize("limit", [GROUP, RateLimit("sender", 1 / 80, 20), RateLimit("chat", 1.0)])
def test_no_call_of_a_burst_comes_before_the_silence_is_over(redis: Redis, limit: RateLimit) -> None:
    until = NOW + timedelta(seconds=10)
    back_off(redis, limit, until, NOW)
    just_before = until - timedelta(milliseconds=1)
    assert acquire(redis, [limit], just_before) > timedelta()
    assert acquire(redis, [limit], until) == timedelta()


def test_a_shorter_silence_does_not_cut_a_longer_one_short(redis: Redis) -> None:
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    back_off(redis, GROUP, NOW + timedelta(seconds=5), NOW)
    assert acquire(redis, [GROUP], NOW + timedelta(seconds=29)) > timedelta()


def test_a_call_that_one_limit_refuses_is_taken_from_none(redis: Redis) -> None:
    wide = RateLimit("wide", 1.0, 1)
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    assert acquire(redis, [GROUP, wide], NOW) > timedelta()
    assert acquire(redis, [wide], NOW) == timedelta()


def test_what_is_remembered_is_forgotten_when_it_matters_no_more(redis: Redis) -> None:
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    acquire(redis, [RateLimit("wide", 1.0)], NOW)
    assert all(0 < redis.pttl(key) < 60_000 for key in redis.keys("pace:*"))
