"""Workers with jobs that break: the queue goes on, what broke is put off and listed."""

from datetime import UTC, datetime

import pytest
from redis import ConnectionError as StoreAway
from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.utils import import_attribute

from jobs.rq_worker import TaskJob, Worker, failure_handler
from jobs.worker import wait_for_redis
from store import keys
from store.integrity.failed_jobs import list_failed_jobs
from store.outbox.job_queue import RENAMED_TASKS

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RAN: list[str] = []


def good(name: str) -> None:
    RAN.append(name)


def bad(name: str) -> None:
    raise KeyError("a customer's words")


def store_away(name: str) -> None:
    raise StoreAway


@pytest.fixture
def queue(redis: Redis) -> Queue:
    RAN.clear()
    return Queue("due", connection=redis, serializer=JSONSerializer)


def run(queue: Queue) -> None:
    worker = Worker(
        [Queue(queue.name, connection=queue.connection, serializer=JSONSerializer, job_class=TaskJob)],
        connection=queue.connection,
        serializer=JSONSerializer,
        job_class=TaskJob,
        exception_handlers=[failure_handler(queue.connection, lambda: NOW)],
    )
    worker.work(burst=True, logging_level="CRITICAL")


def test_good_jobs_run_between_the_bad_ones(queue: Queue, redis: Redis) -> None:
    for number in range(5):
        queue.enqueue(bad, f"bad{number}")
        queue.enqueue(good, f"good{number}")
    run(queue)
    assert [f"good{number}" for number in range(5)] == RAN
    assert {each.times for each in list_failed_jobs(redis)} == {1}
    assert len(list_failed_jobs(redis)) == 5


def test_what_is_kept_of_a_failure_holds_no_words(queue: Queue, redis: Redis) -> None:
    queue.enqueue(bad, "id")
    run(queue)
    [trouble] = list_failed_jobs(redis)
    assert trouble.why == "KeyError"
    assert b"customer" not in b"".join(redis.hgetall(keys.failed_job(trouble.name)).values())


def test_a_store_that_was_away_is_no_fault_of_the_work(queue: Queue, redis: Redis) -> None:
    queue.enqueue(store_away, "id")
    run(queue)
    assert list_failed_jobs(redis) == []


def test_jobs_that_cannot_be_read_or_found_are_set_aside(queue: Queue, redis: Redis) -> None:
    queue.enqueue("jobs.nowhere.nothing", "id")
    broken = Job.create(good, args=["x"], connection=redis, serializer=JSONSerializer)
    queue.enqueue_job(broken)
    redis.hset(broken.key, "data", b"\xff not a job")
    redis.rpush(queue.key, "no-such-job")
    queue.enqueue(good, "last")
    run(queue)
    assert RAN == ["last"]
    assert queue.count == 0


def test_an_unknown_task_is_one_clear_line(queue: Queue, caplog: pytest.LogCaptureFixture) -> None:
    queue.enqueue("jobs.nowhere.nothing", "id")
    queue.enqueue("jobs.tasks.nothing", "id")
    run(queue)
    lines = [(line.message, vars(line)["task"]) for line in caplog.records if line.name == "jobs.rq_worker"]
    assert lines == [("unknown task", "jobs.nowhere.nothing"), ("unknown task", "jobs.tasks.nothing")]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(("old", "new"), RENAMED_TASKS.items())
def test_a_job_queued_under_an_old_name_still_runs(old: str, new: str, redis: Redis) -> None:
    Queue("due", connection=redis, serializer=JSONSerializer).enqueue(old, "id")
    [job] = Queue("due", connection=redis, serializer=JSONSerializer, job_class=TaskJob).jobs
    assert job.func is import_attribute(new)
    assert job.func.__module__ == "jobs.tasks"


def test_workers_look_soon_for_a_store_that_is_back() -> None:
    assert Worker.max_connection_wait_time <= 5 < SimpleWorker.max_connection_wait_time


class Away:
    """A store that answers only after so many tries."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def ping(self) -> bool:
        self.tries -= 1
        if self.tries >= 0:
            raise StoreAway("Connection refused")
        return True


def test_a_worker_waits_for_a_store_that_is_away_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    pauses: list[float] = []
    wait_for_redis(Away(5), pauses.append)
    assert len(pauses) == 5
    assert [line.message for line in caplog.records] == ["the store is away"]
    wait_for_redis(Away(0), pauses.append)
    assert len(pauses) == 5
