"""A job that failed and then succeeded is no longer a trouble; one that keeps failing is."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from store.integrity.failed_jobs import list_failed_jobs, record_failure

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
DEADLINES = "jobs.tasks.check_deadlines"


def failed(redis: Redis, times: int, name: str = DEADLINES) -> None:
    for n in range(times):
        record_failure(redis, name, ["c-1"], "KeyError", AT - timedelta(minutes=times - 1 - n))


@pytest.mark.parametrize(
    ("times", "minutes", "is_mended"),
    [(1, 1, False), (1, 2, True), (2, 2, False), (2, 4, True), (5, 30, False), (5, 62, True)],
)
def test_it_is_mended_once_its_next_attempt_was_due_and_has_not_failed(
    redis: Redis, times: int, minutes: int, is_mended: bool
) -> None:
    failed(redis, times)
    [job] = list_failed_jobs(redis)
    assert (job.times, job.is_mended(AT + timedelta(minutes=minutes))) == (times, is_mended)


def test_a_message_that_crashes_again_and_again_stays_a_trouble(redis: Redis) -> None:
    failed(redis, 3, "outgoing")
    [job] = list_failed_jobs(redis)
    assert not job.is_mended(AT + timedelta(hours=5))
