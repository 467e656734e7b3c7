"""The clock over a real store: many of them do the work once, none feeds a backlog, what nobody did comes again."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from redis import ConnectionError as RedisConnectionError
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from jobs.clock import Clock
from store import keys
from store.outbox.job_queue import FULL_LENGTH, QUEUES, JobQueue
from tests.fixtures.clock import ManualClock

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def hand() -> ManualClock:
    return ManualClock(NOW)


def clock(redis: Redis, hand: ManualClock) -> Clock:
    return Clock(redis, JobQueue(redis), hand)


def jobs(redis: Redis, queue: str) -> list[tuple[str, ...]]:
    found = Queue(queue, connection=redis, serializer=JSONSerializer).jobs
    return [(job.func_name, *job.args) for job in found]


def due(redis: Redis, hand: ManualClock, count: int, key: str = keys.DEADLINES, name: str = "t{}") -> None:
    redis.zadd(key, {name.format(number): hand.now.timestamp() for number in range(count)})


def test_two_clocks_hand_each_deadline_on_once(redis: Redis, hand: ManualClock) -> None:
    due(redis, hand, 40)
    for each in (clock(redis, hand), clock(redis, hand)):
        each.sweep()
    handed = [
        name for job, *names in jobs(redis, "due") if job == "jobs.tasks.check_deadlines" for name in names
    ]
    assert len(handed) == len(set(handed)) == 40


def test_what_no_job_attended_to_is_handed_on_again(redis: Redis, hand: ManualClock) -> None:
    due(redis, hand, 1, keys.LANES, "telegram|lane{}")
    one = clock(redis, hand)
    one.sweep()
    one.sweep()
    assert jobs(redis, "deliver-telegram") == [("jobs.tasks.deliver", "lane0")]
    hand.now += timedelta(seconds=6)
    one.sweep()
    assert len(jobs(redis, "deliver-telegram")) == 2


@pytest.mark.parametrize(
    ("key", "name", "queue"),
    [
        (keys.LANES, "telegram|l{}", "deliver-telegram"),
        (keys.DEADLINES, "t{}", "due"),
        (keys.MEDIA, "t{}|e", "media"),
    ],
)
def test_while_the_workers_are_away_the_queue_does_not_grow_for_ever(
    redis: Redis, hand: ManualClock, key: str, name: str, queue: str
) -> None:
    due(redis, hand, 300, key, name)
    one = clock(redis, hand)
    for _ in range(240):  # four minutes, in steps of a second
        one.sweep()
        hand.now += timedelta(seconds=1)
    assert len(jobs(redis, queue)) <= FULL_LENGTH + 300 + 1
    assert redis.zcard(key) == 300


def test_a_long_queue_of_one_channel_holds_up_no_other(redis: Redis, hand: ManualClock) -> None:
    redis.rpush("rq:queue:deliver-telegram", *range(FULL_LENGTH))
    redis.zadd(keys.LANES, {"telegram|a": 0, "whatsapp|b": 0})
    clock(redis, hand).sweep()
    assert jobs(redis, "deliver-whatsapp") == [("jobs.tasks.deliver", "b")]
    assert redis.llen("rq:queue:deliver-telegram") == FULL_LENGTH


def test_every_queue_that_work_may_be_put_on_is_counted(redis: Redis) -> None:
    for name in QUEUES:
        redis.rpush(f"rq:queue:{name}", *range(FULL_LENGTH))
    assert JobQueue(redis).full_queues() == set(QUEUES)


def test_a_deadline_that_a_wrong_clock_claims_early_is_not_lost(redis: Redis, hand: ManualClock) -> None:
    redis.zadd(keys.DEADLINES, {"t": (hand.now + timedelta(minutes=30)).timestamp()})
    ahead = ManualClock(NOW)
    ahead.now = hand.now + timedelta(hours=1)
    clock(redis, ahead).sweep()
    assert redis.zscore(keys.DEADLINES, "t") is not None
    hand.now += timedelta(hours=1, seconds=16)
    clock(redis, hand).sweep()
    assert ("jobs.tasks.check_deadlines", "t") in jobs(redis, "due")


class Lapses(Clock):
    """A clock whose store is away for so many sweeps."""

    def __init__(self, redis: Redis, hand: ManualClock, away: int) -> None:
        super().__init__(redis, JobQueue(redis), hand)
        self.away = away

    def sweep(self) -> int:
        self.away -= 1
        if self.away >= 0:
            raise RedisConnectionError("Connection refused")
        return 0


class After(Event):
    """Set after so many waits, none of which takes any time."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waits = waits

    def wait(self, timeout: float | None = None) -> bool:
        self.waits -= 1
        return self.waits > 0 or self.set() is None


def test_an_outage_is_told_as_it_begins_and_as_it_ends_and_not_with_every_sweep(
    redis: Redis, hand: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    Lapses(redis, hand, away=20).run(After(30))
    assert [line.message for line in caplog.records] == ["the store is away", "the store answers again"]


def test_a_clock_without_trouble_says_nothing(
    redis: Redis, hand: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    Lapses(redis, hand, away=0).run(After(5))
    assert caplog.records == []
