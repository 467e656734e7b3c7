"""What a worker does about a job that raised: the work behind it is noted and put off, never dropped."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from redis import Redis, RedisError
from rq.exceptions import DeserializationError
from rq.job import Job

from store.integrity import failed_jobs

Handler = Callable[[Job, type[BaseException], BaseException, TracebackType], bool]


def poison(redis: Redis, clock: Callable[[], datetime]) -> Handler:
    """A handler of RQ's; True lets RQ list the job among the failed as well."""

    def handle(job: Job, kind: type[BaseException], error: BaseException, where: TracebackType) -> bool:
        if not issubclass(kind, RedisError):  # the store was away: the work is not to blame
            function, ids = _work_of(job)
            failed_jobs.note(redis, function, ids, kind.__name__, clock())
        return True

    return handle


def _work_of(job: Job) -> tuple[str, list[str]]:
    try:
        return str(job.func_name), [str(each) for each in job.args]
    except DeserializationError:
        return f"an unreadable job ({job.id})", []
