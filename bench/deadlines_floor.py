"""The floor for deadlines.py: a sorted set, swept every half second, each member an empty RQ job."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event

from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from runtime.forked_child import ForkedChild

DUE, NOTED, QUEUE = "floor:due", "floor:noted", "floor"
EVERY = 0.5  # seconds, as in our clock


def run(url: str, dues: list[datetime], stop: Event) -> None:
    """Sweep until stopped."""
    redis = Redis.from_url(url)
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    for n, due in enumerate(dues):
        redis.zadd(DUE, {str(n): due.timestamp()})
    while not stop.wait(EVERY):
        found = redis.zrangebyscore(DUE, "-inf", time.time(), withscores=True)
        for member, due in found:
            redis.zrem(DUE, member)
            queue.enqueue_call("bench.deadlines_floor.note", args=[due, url], result_ttl=0)


def note(due: float, url: str) -> None:
    """Record how late this job is."""
    with Redis.from_url(url) as redis:
        redis.rpush(NOTED, time.time() - due)


def lateness(redis: Redis) -> list[float]:
    """Seconds late, for each job."""
    return [float(raw) for raw in redis.lrange(NOTED, 0, -1)]


@contextmanager
def worker(url: str) -> Iterator[None]:
    """One RQ worker for the floor's jobs."""

    def work() -> int:
        redis = Redis.from_url(url)
        queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
        SimpleWorker([queue], connection=redis, serializer=JSONSerializer).work(logging_level="ERROR")
        return 0

    child = ForkedChild(work)
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=20)
