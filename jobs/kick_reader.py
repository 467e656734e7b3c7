"""Reads the jobs of a queue whose work other threads do at once: sending messages.

RQ's worker would spend more time on recording each job than we need to send a message. These jobs only say where to
look: what a crash loses, the clock finds again. So they're taken from RQ's queue many at a time, and forgotten.
"""

import json
import logging
import zlib
from collections.abc import Callable, Mapping
from threading import Event
from typing import Any

from redis import ConnectionError as RedisConnectionError
from redis import Redis, RedisError
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from store.outbox.job_queue import RENAMED_TASKS

log = logging.getLogger(__name__)

AT_ONCE = 100
WAITS_FOR = 1
"""Seconds for a job, before it looks whether it's to stop."""

RETRY_EVERY = 1.0
"""Seconds between attempts to reach Redis."""

HandOver = Callable[..., object]
"""Takes the arguments of a job and returns at once."""


class KickReader:
    """Hands the jobs of one queue to others."""

    def __init__(self, redis: Redis, queue: str, hand_over: Mapping[str, HandOver]) -> None:
        """`hand_over`: what takes the jobs, by the name of their task."""
        self._redis: Any = redis
        self._key, self._hand_over = Queue(queue, connection=redis, serializer=JSONSerializer).key, hand_over

    def run(self, stop: Event) -> None:
        """Read until told to stop; keeps trying while Redis is unavailable."""
        is_told = False
        while not stop.is_set():
            try:
                self.read(WAITS_FOR)
                is_told = False
            except RedisError as error:
                if not is_told:
                    log.warning("the store is away", extra={"error": str(error)})
                is_told = True
                stop.wait(RETRY_EVERY if isinstance(error, RedisConnectionError) else 0)

    def read(self, timeout: float) -> int:
        """Hand over what's there, after waiting for it; how many jobs there were."""
        first = self._redis.blpop([self._key], timeout)
        if first is None:
            return 0
        job_ids = [first[1], *(self._redis.lpop(self._key, AT_ONCE - 1) or ())]
        names = [Job.key_for(job_id.decode()) for job_id in job_ids]
        pipe = self._redis.pipeline(transaction=False)
        for name in names:
            pipe.hget(name, "data")
        pipe.delete(*names)
        for raw in pipe.execute()[:-1]:
            if raw is not None:
                self._take(raw)
        return len(names)

    def _take(self, raw: bytes) -> None:
        try:
            task, _, arguments, _ = json.loads(zlib.decompress(raw))
        except (zlib.error, ValueError, TypeError):
            log.error("an unreadable job", extra={"queue": self._key})
            return
        take = self._hand_over.get(RENAMED_TASKS.get(task, task))
        if take is None:
            log.error("unknown task", extra={"task": task})
            return
        take(*arguments)
