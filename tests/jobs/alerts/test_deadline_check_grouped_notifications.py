"""What waits to be told is told once, whatever runs twice, at once, or dies."""

import os
import signal
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis

from jobs.tasks import check_deadlines
from store import keys
from store.due_claims import CLAIM_SECONDS
from tests.fixtures.jobs_desk import Desk, desk


@pytest.fixture
def one(redis: Redis, tmp_path: Path) -> Desk:
    return desk(redis, tmp_path)


@pytest.fixture
def waiting(one: Desk) -> str:
    """A ticket whose customer was told of one change, and not yet of a second."""
    ticket_id = one.ticket("medium")
    for priority in ("low", "high"):
        one.wiring.desk.act(ticket_id, "prioritise", "a", priority=priority)
    assert len(one.customer(ticket_id)) == 1
    return ticket_id


def test_the_clock_tells_it_when_the_minute_is_over(one: Desk, waiting: str) -> None:
    one.later(seconds=59)
    assert len(one.customer(waiting)) == 1
    one.later(seconds=1)
    assert "is now High instead of Low" in one.customer(waiting)[1]


def test_many_looks_at_the_same_moment_tell_once(one: Desk, waiting: str) -> None:
    one.clock.turn(seconds=60)
    threads = [Thread(target=check_deadlines, args=(waiting,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(one.customer(waiting)) == 2


def test_a_change_at_the_very_moment_of_the_look_is_told_once(one: Desk, waiting: str) -> None:
    one.clock.turn(seconds=60)
    change = Thread(
        target=one.wiring.desk.act, args=(waiting, "prioritise", "a"), kwargs={"priority": "urgent"}
    )
    threads = [change, *(Thread(target=check_deadlines, args=(waiting,)) for _ in range(4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.later(seconds=65)
    told = one.customer(waiting)[1:]
    steps = [text.partition(" is now ")[2].partition(".")[0] for text in told if " is now " in text]
    assert steps in (["Urgent instead of Low"], ["High instead of Low", "Urgent instead of High"])


def test_a_clock_killed_with_it_in_its_hands_is_made_good_by_another(
    one: Desk, waiting: str, redis_url: str
) -> None:
    one.clock.turn(seconds=60)

    one.sweep_and_die(redis_url)
    one.sweep()
    assert len(one.customer(waiting)) == 1  # claimed by the dead
    one.jump(seconds=CLAIM_SECONDS)
    one.jump(seconds=CLAIM_SECONDS)
    assert len(one.customer(waiting)) == 2


def test_a_worker_killed_just_before_it_writes_has_told_nothing_and_lost_nothing(
    one: Desk, waiting: str, redis_url: str
) -> None:
    one.clock.turn(seconds=60)
    pid = os.fork()
    if pid == 0:
        try:
            own = desk(_DyingAtWrite.from_url(redis_url), Path("/nonexistent"), clock=one.clock)
            own.wiring.deadline_check.check_all([waiting])
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    assert len(one.customer(waiting)) == 1
    one.jump(seconds=CLAIM_SECONDS)
    assert len(one.customer(waiting)) == 2


def test_once_told_it_wakes_nobody_for_that(one: Desk, waiting: str) -> None:
    one.later(seconds=60)
    score = one.redis.zscore(keys.DEADLINES, waiting)
    assert score is not None
    assert score > one.clock().timestamp()


class _DyingAtWrite(Redis):
    """A store whose process dies as it begins to gather what is to be written."""

    def pipeline(self, *args: object, **options: object) -> object:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError
