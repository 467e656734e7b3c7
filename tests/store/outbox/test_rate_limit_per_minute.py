"""Limits that count over a stretch of time, beside those that leak."""

from datetime import UTC, datetime, timedelta

from redis import Redis

from store.outbox.rate_limit import RateLimit, acquire, back_off

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = RateLimit("minute", 0, 3, within=60)


def waits(redis: Redis, limit: RateLimit, after: float) -> float:
    return acquire(redis, [limit], NOW + timedelta(seconds=after)).total_seconds()


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
    album = RateLimit("minute", 0, 3, within=60, calls=2)
    assert waits(redis, album, 0) == 0
    assert waits(redis, album, 1) > 0
    assert waits(redis, MINUTE, 1) == 0


def test_the_same_count_may_be_read_more_narrowly_for_what_matters_less(redis: Redis) -> None:
    narrow = RateLimit("minute", 0, 1, within=60)
    assert waits(redis, MINUTE, 0) == 0
    assert waits(redis, narrow, 1) > 0
    assert waits(redis, MINUTE, 1) == 0


def test_silence_asked_for_by_the_provider_holds_back_all_limits_taken_with_it(redis: Redis) -> None:
    chat = RateLimit("chat", 0.05, 2)
    back_off(redis, chat, NOW + timedelta(seconds=7), NOW)
    wait = acquire(redis, [chat, MINUTE], NOW).total_seconds()
    assert 6.8 < wait <= 7
    assert acquire(redis, [MINUTE], NOW).total_seconds() == 0
