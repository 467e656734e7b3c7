"""Pacing over a real store: bursts, rests, and the silence that a provider asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from store.pace import Limit, back_off, take

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP = Limit("group", 3.0, 5)


def test_a_burst_goes_at_once_and_the_next_waits(redis: Redis) -> None:
    assert [take(redis, [GROUP], NOW) for _ in range(5)] == [timedelta()] * 5
    assert take(redis, [GROUP], NOW) == timedelta(seconds=3)


@pytest.mark.parametrize("limit", [GROUP, Limit("sender", 1 / 80, 20), Limit("chat", 1.0)])
def test_no_call_of_a_burst_comes_before_the_silence_is_over(redis: Redis, limit: Limit) -> None:
    until = NOW + timedelta(seconds=10)
    back_off(redis, limit, until, NOW)
    just_before = until - timedelta(milliseconds=1)
    assert take(redis, [limit], just_before) > timedelta()
    assert take(redis, [limit], until) == timedelta()


def test_a_shorter_silence_does_not_cut_a_longer_one_short(redis: Redis) -> None:
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    back_off(redis, GROUP, NOW + timedelta(seconds=5), NOW)
    assert take(redis, [GROUP], NOW + timedelta(seconds=29)) > timedelta()


def test_a_call_that_one_limit_refuses_is_taken_from_none(redis: Redis) -> None:
    wide = Limit("wide", 1.0, 1)
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    assert take(redis, [GROUP, wide], NOW) > timedelta()
    assert take(redis, [wide], NOW) == timedelta()


def test_what_is_remembered_is_forgotten_when_it_matters_no_more(redis: Redis) -> None:
    back_off(redis, GROUP, NOW + timedelta(seconds=30), NOW)
    take(redis, [Limit("wide", 1.0)], NOW)
    assert all(0 < redis.pttl(key) < 60_000 for key in redis.keys("pace:*"))


MINUTE = Limit("minute", 0, 3, within=60)


def waits(redis: Redis, limit: Limit, after: float) -> float:
    return take(redis, [limit], NOW + timedelta(seconds=after)).total_seconds()


def test_so_many_in_a_minute_and_the_next_when_the_first_is_a_minute_old(redis: Redis) -> None:
    assert [waits(redis, MINUTE, after) for after in (0, 1, 2)] == [0, 0, 0]
    assert 56.9 < waits(redis, MINUTE, 3) < 57.1
    assert waits(redis, MINUTE, 60.1) == 0
    assert 0.8 < waits(redis, MINUTE, 60.2) < 1.0


def test_a_refused_call_is_not_counted(redis: Redis) -> None:
    for after in range(3):
        waits(redis, MINUTE, after)
    for _ in range(10):
        assert waits(redis, MINUTE, 30) > 0
    assert waits(redis, MINUTE, 60.1) == 0


def test_an_album_counts_for_as_many_as_it_has(redis: Redis) -> None:
    album = Limit("minute", 0, 3, within=60, calls=2)
    assert waits(redis, album, 0) == 0
    assert waits(redis, album, 1) > 0
    assert waits(redis, MINUTE, 1) == 0


def test_the_same_count_may_be_read_more_narrowly_for_what_matters_less(redis: Redis) -> None:
    narrow = Limit("minute", 0, 1, within=60)
    assert waits(redis, MINUTE, 0) == 0
    assert waits(redis, narrow, 1) > 0
    assert waits(redis, MINUTE, 1) == 0


def test_silence_asked_for_by_the_provider_holds_back_all_limits_taken_with_it(redis: Redis) -> None:
    chat = Limit("chat", 0.05, 2)
    back_off(redis, chat, NOW + timedelta(seconds=7), NOW)
    wait = take(redis, [chat, MINUTE], NOW).total_seconds()
    assert 6.8 < wait <= 7
    assert take(redis, [MINUTE], NOW).total_seconds() == 0
