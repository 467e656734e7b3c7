"""Worker entry point: one process for each queue, brought back when it dies.

One queue a process, because RQ loses jobs for ever when a process that listens on two dies between taking a
job and noting that it did. No scheduler of RQ's: the clock sweeps.
"""

import logging
import signal
import time
from collections.abc import Callable
from threading import Event

from redis import Redis, RedisError
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

import jobs.deliver
import jobs.due
import jobs.forum
import jobs.media  # noqa: F401 - loaded before the fork, so that all processes share what they load
from jobs.forked import Forked
from jobs.redis_url import connect
from jobs.settings import Settings
from jobs.supervisor import Service, Supervisor
from store.kicks import GROUP, GROUP_HEARD, QUEUES

log = logging.getLogger(__name__)

STOP_WITHIN = 7.0
"""Seconds that jobs have to end at a stop; a call to a provider may be cut short, and is then looked up."""

BLOCKED_FOR = 30.0
"""Seconds that a worker's connection may wait for work before it is taken for dead."""


def main(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; the process's exit code."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    services = [Service(name, _spawner(settings, name)) for name in _queues(settings)]
    supervisor = Supervisor(services, now=time.monotonic, tell=log.warning)
    while not stop.wait(0.2):
        supervisor.tick()
    supervisor.stop(STOP_WITHIN)
    return 0


def work(settings: Settings, queue: str) -> int:
    """Work on one queue until told to stop."""
    redis = connect(settings.redis_url, timeout=BLOCKED_FOR)
    worker = _worker(redis, queue)
    try:
        worker.work(with_scheduler=False, logging_level="WARNING")
    except RedisError as error:
        log.warning("the store is away", extra={"error": str(error)})
        return 1
    return 0


def _spawner(settings: Settings, queue: str) -> Callable[[], Forked]:
    return lambda: Forked(lambda: work(settings, queue))


def _worker(redis: Redis, queue: str) -> SimpleWorker:
    return SimpleWorker(
        [Queue(queue, connection=redis, serializer=JSONSerializer)],
        connection=redis,
        serializer=JSONSerializer,
        job_monitoring_interval=5,
        maintenance_interval=5,
        worker_ttl=18,
        log_job_description=False,
    )


def _queues(settings: Settings) -> list[str]:
    """The queues of the channels that are set up, and those that every desk has."""
    unused = set()
    if settings.twilio is None:
        unused.add("deliver-whatsapp")
    if settings.telegram is None:
        unused.add("deliver-telegram")
    if not settings.smtp_url:
        unused.add("deliver-mailto")
    if not settings.has_group:
        unused |= {GROUP, GROUP_HEARD}
    return [name for name in QUEUES if name not in unused]
