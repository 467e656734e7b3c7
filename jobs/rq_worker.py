"""RQ's worker, fitted for a thread that shares its process with others.

It listens to one queue, because RQ loses a job if a worker that listens to two crashes between taking the job and
recording it. RQ's scheduler isn't used: the clock does its work.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from redis import Redis
from redis.client import Pipeline
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError
from rq.job import Job
from rq.job_lifecycle import call_exception_handlers
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from store.integrity import failed_jobs
from store.outage import is_outage
from store.outbox.job_queue import RENAMED_TASKS

log = logging.getLogger(__name__)

HEARTBEAT_EVERY = 2.0
"""Seconds. RQ would write several times for each job."""


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


class Worker(SimpleWorker):
    """An RQ worker for a thread. It reconnects faster than RQ's, which waits up to a minute between attempts."""

    max_connection_wait_time = 2.0
    death_penalty_class = TimerDeathPenalty  # a signal would only reach the main thread

    def stop(self) -> None:
        """Take no more jobs; the thread ends after the present one, or when it next wakes up."""
        self._stop_requested = True

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """The next job; None once it's to stop. RQ's relies on a signal that interrupts the wait."""
        if timeout is None:  # all that's there, without waiting
            return super().dequeue_job_and_maintain_ttl(timeout, max_idle_time)
        while not self._stop_requested:
            if found := super().dequeue_job_and_maintain_ttl(timeout, timeout):
                return found
        return None

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say that it lives, but not many times a second."""
        if timeout is None and pipeline is None and self._seconds_since_heartbeat() < HEARTBEAT_EVERY:
            return
        super().heartbeat(timeout, pipeline)

    def set_state(self, state: str, pipeline: Pipeline | None = None) -> None:
        """Record the state, if it's new."""
        if state != self.get_state():
            super().set_state(state, pipeline)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Log an unknown task in one line instead of a traceback; the rest is RQ's."""
        if not isinstance(exc_info[1], UnknownTask):
            super().handle_exception(job, *exc_info)
            return
        log.error("unknown task", extra={"task": str(exc_info[1]), "job": job.id})
        call_exception_handlers(self._exc_handlers, job, *exc_info)

    def subscribe(self) -> None:
        """RQ's remote commands aren't used; they'd take a thread and a connection."""

    def unsubscribe(self) -> None:
        """See `subscribe`."""

    def _install_signal_handlers(self) -> None:
        """The process has its own."""

    def _seconds_since_heartbeat(self) -> float:
        return (
            (datetime.now(UTC) - self.last_heartbeat).total_seconds()
            if self.last_heartbeat
            else HEARTBEAT_EVERY
        )


ExceptionHandler = Callable[[Job, type[BaseException], BaseException, TracebackType], bool]


def failure_handler(redis: Redis, clock: Callable[[], datetime]) -> ExceptionHandler:
    """An RQ exception handler that counts the failure and postpones the work; RQ lists the job as failed too."""

    def handle(job: Job, kind: type[BaseException], error: BaseException, where: TracebackType) -> bool:
        if not is_outage(error):  # else the work isn't to blame
            function, ids = _call_of(job)
            failed_jobs.record_failure(redis, function, ids, kind.__name__, clock())
        return True

    return handle


def make_worker(redis: Redis, queue: str) -> Worker:
    """A worker for that queue."""
    return Worker(
        [Queue(queue, connection=redis, serializer=JSONSerializer, job_class=TaskJob)],
        connection=redis,
        serializer=JSONSerializer,
        job_class=TaskJob,
        exception_handlers=[failure_handler(redis, lambda: datetime.now(UTC))],
        job_monitoring_interval=5,
        maintenance_interval=5,
        worker_ttl=17,  # 15 more than the seconds for which it waits for a job
        log_job_description=False,
    )


def _call_of(job: Job) -> tuple[str, list[str]]:
    try:
        return str(job.func_name), [str(each) for each in job.args]
    except DeserializationError:
        return f"an unreadable job ({job.id})", []
