"""Worker entry point: one process per queue, restarted when it crashes.

A process serves one queue, because RQ loses a job if a process that listens on two queues crashes between taking the
job and recording it. Queues of channels that aren't set up are served too, so that their jobs fail with a reason
instead of waiting forever. RQ's scheduler isn't used: the clock does its work.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from types import TracebackType
from typing import Any

from redis import Redis, RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError
from rq.job import Job
from rq.job_lifecycle import call_exception_handlers
from rq.serializers import JSONSerializer

import jobs.tasks  # noqa: F401 - loaded before the fork, so that all processes share what they load
from runtime.forked_child import ForkedChild
from runtime.redis_url import JOB_RETRY_FOR, connect
from runtime.settings import Settings
from runtime.supervisor import Service, Supervisor
from store.integrity import failed_jobs
from store.outage import is_outage
from store.outbox.job_queue import FORUM_QUEUES, QUEUES, RENAMED_TASKS
from store.redis_client import Client

log = logging.getLogger(__name__)

STOP_WITHIN = 7.0
"""Seconds that jobs get to finish on shutdown; an interrupted provider call is looked up later."""

RETRY_EVERY = 2.0
"""Seconds between attempts to reach Redis when a worker starts."""

SOCKET_TIMEOUT = 8.0
"""Seconds without an answer after which a worker's connection counts as broken; RQ waits for work for 3."""


def main(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; the process's exit code."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    unused = () if settings.has_group else FORUM_QUEUES
    services = [Service(name, _spawner(settings, name)) for name in QUEUES if name not in unused]
    supervisor = Supervisor(services, now=time.monotonic, report=log.warning)
    while not stop.wait(0.2):
        supervisor.tick()
    supervisor.stop(STOP_WITHIN)
    return 0


def work(settings: Settings, queue: str) -> int:
    """Work on one queue until told to stop."""
    redis = connect(settings.redis_url, timeout=SOCKET_TIMEOUT, retry_for=JOB_RETRY_FOR)
    wait_for_redis(redis)
    try:
        _worker(redis, queue).work(with_scheduler=False, logging_level="WARNING")
    except RedisError as error:
        log.warning("the store is away", extra={"error": str(error)})
        return 1
    return 0


def wait_for_redis(redis: Client, pause: Callable[[float], None] = time.sleep) -> None:
    """Return once Redis answers; logs once that it doesn't."""
    is_told = False
    while True:
        try:
            redis.ping()
            return
        except RedisError as error:
            if not is_told:
                log.warning("the store is away", extra={"error": str(error)})
            is_told = True
        pause(RETRY_EVERY)


def _spawner(settings: Settings, queue: str) -> Callable[[], ForkedChild]:
    return lambda: ForkedChild(lambda: work(settings, queue))


class Worker(SimpleWorker):
    """An RQ worker that reconnects faster: RQ's own waits up to a minute between attempts."""

    max_connection_wait_time = 2.0

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Log an unknown task in one line instead of a traceback; the rest is RQ's."""
        if not isinstance(exc_info[1], UnknownTask):
            super().handle_exception(job, *exc_info)
            return
        log.error("unknown task", extra={"task": str(exc_info[1]), "job": job.id})
        call_exception_handlers(self._exc_handlers, job, *exc_info)


class UnknownTask(LookupError):
    """A job names a task that this version doesn't have; the text is that name."""


class TaskJob(Job):
    """A job whose task is found by its present name, also if it was queued under an older one."""

    @property
    def func(self) -> Callable[..., Any]:
        try:
            found: Callable[..., Any] = super().func
        except ValueError:  # RQ could not import it
            raise UnknownTask(self.func_name) from None
        return found

    @property
    def func_name(self) -> str | None:
        name = super().func_name
        return RENAMED_TASKS.get(name, name) if name else name

    @func_name.setter
    def func_name(self, value: str) -> None:
        self._func_name = value


ExceptionHandler = Callable[[Job, type[BaseException], BaseException, TracebackType], bool]


def failure_handler(redis: Redis, clock: Callable[[], datetime]) -> ExceptionHandler:
    """An RQ exception handler that counts the failure and postpones the work; RQ lists the job as failed too."""

    def handle(job: Job, kind: type[BaseException], error: BaseException, where: TracebackType) -> bool:
        if not is_outage(error):  # else the work isn't to blame
            function, ids = _call_of(job)
            failed_jobs.record_failure(redis, function, ids, kind.__name__, clock())
        return True

    return handle


def _call_of(job: Job) -> tuple[str, list[str]]:
    try:
        return str(job.func_name), [str(each) for each in job.args]
    except DeserializationError:
        return f"an unreadable job ({job.id})", []


def _worker(redis: Redis, queue: str) -> Worker:
    return Worker(
        [Queue(queue, connection=redis, serializer=JSONSerializer, job_class=TaskJob)],
        connection=redis,
        serializer=JSONSerializer,
        job_class=TaskJob,
        exception_handlers=[failure_handler(redis, lambda: datetime.now(UTC))],
        job_monitoring_interval=5,
        maintenance_interval=5,
        worker_ttl=18,
        log_job_description=False,
    )
