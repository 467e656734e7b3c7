"""Work that breaks each time: put off longer and longer, never dropped, and listed."""

from datetime import UTC, datetime, timedelta

from redis import Redis

from store import keys
from store.integrity.failed_jobs import list_failed_jobs, record_failure

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOOK = "jobs.tasks.check_deadlines"


def rest(redis: Redis, name: str) -> timedelta:
    return timedelta(seconds=redis.zscore(keys.DEADLINES, name) - NOW.timestamp())


def test_each_failure_puts_it_off_longer_up_to_an_hour(redis: Redis) -> None:
    redis.zadd(keys.DEADLINES, {"t": 0})
    rests = []
    for _ in range(6):
        record_failure(redis, LOOK, ["t"], "KeyError", NOW)
        rests.append(rest(redis, "t").total_seconds())
    assert rests == [30, 120, 480, 1920, 3600, 3600]


def test_work_that_is_no_more_is_not_brought_back(redis: Redis) -> None:
    record_failure(redis, LOOK, ["gone"], "KeyError", NOW)
    assert redis.zcard(keys.DEADLINES) == 0


def test_it_is_listed_with_how_often_and_why_and_no_words_of_a_customer(redis: Redis) -> None:
    record_failure(redis, "jobs.tasks.fetch_media", ["thread", "entry"], "ValueError", NOW)
    record_failure(redis, LOOK, ["t"], "KeyError", NOW + timedelta(seconds=1))
    record_failure(redis, LOOK, ["t"], "KeyError", NOW + timedelta(seconds=2))
    found = [(each.name, each.times, each.why) for each in list_failed_jobs(redis)]
    assert found == [(f"{LOOK} t", 2, "KeyError"), ("jobs.tasks.fetch_media thread entry", 1, "ValueError")]


def test_what_has_not_failed_for_a_day_is_forgotten(redis: Redis) -> None:
    record_failure(redis, LOOK, ["old"], "KeyError", NOW)
    record_failure(redis, LOOK, ["new"], "KeyError", NOW + timedelta(days=1, seconds=1))
    assert [each.name for each in list_failed_jobs(redis)] == [f"{LOOK} new"]
    assert 0 < redis.ttl(keys.failed_job(f"{LOOK} old")) <= 24 * 3600
