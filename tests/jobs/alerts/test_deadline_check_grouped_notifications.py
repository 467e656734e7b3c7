"""What waits to be told is told once, whatever runs twice, at once, or dies."""

from pathlib import Path
from threading import Thread

import pytest
from redis import Redis

from jobs.tasks import check_deadlines
from store import keys
from store.due_claims import CLAIM_SECONDS
from tests.fixtures.crash import in_killed_process, kill_this_process, sweep_and_die
from tests.fixtures.store_desk import StoreDesk, alerting_desk


@pytest.fixture
def one(redis: Redis, tmp_path: Path) -> StoreDesk:
    return alerting_desk(redis, tmp_path)


@pytest.fixture
def waiting(one: StoreDesk) -> str:
    """A ticket whose customer was told of one change, and not yet of a second."""
    ticket_id = one.add_ticket("medium")
    for priority in ("low", "high"):
        one.wiring.desk.act(ticket_id, "prioritise", "a", priority=priority)
    assert len(one.messages_to_customer(ticket_id)) == 1
    return ticket_id


def test_the_clock_tells_it_when_the_minute_is_over(one: StoreDesk, waiting: str) -> None:
    one.pass_time(seconds=59)
    assert len(one.messages_to_customer(waiting)) == 1
    one.pass_time(seconds=1)
    assert "is now High instead of Low" in one.messages_to_customer(waiting)[1]


def test_many_looks_at_the_same_moment_tell_once(one: StoreDesk, waiting: str) -> None:
    one.clock.advance(seconds=60)
    threads = [Thread(target=check_deadlines, args=(waiting,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(one.messages_to_customer(waiting)) == 2


def test_a_change_at_the_very_moment_of_the_look_is_told_once(one: StoreDesk, waiting: str) -> None:
    one.clock.advance(seconds=60)
    change = Thread(
        target=one.wiring.desk.act, args=(waiting, "prioritise", "a"), kwargs={"priority": "urgent"}
    )
    threads = [change, *(Thread(target=check_deadlines, args=(waiting,)) for _ in range(4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one.pass_time(seconds=65)
    told = one.messages_to_customer(waiting)[1:]
    steps = [text.partition(" is now ")[2].partition(".")[0] for text in told if " is now " in text]
    assert steps in (["Urgent instead of Low"], ["High instead of Low", "Urgent instead of High"])


def test_a_clock_killed_with_it_in_its_hands_is_made_good_by_another(
    one: StoreDesk, waiting: str, redis_url: str
) -> None:
    one.clock.advance(seconds=60)

    sweep_and_die(redis_url, one.clock)
    one.sweep()
    assert len(one.messages_to_customer(waiting)) == 1  # claimed by the dead
    one.skip_time(seconds=CLAIM_SECONDS)
    one.skip_time(seconds=CLAIM_SECONDS)
    assert len(one.messages_to_customer(waiting)) == 2


def test_a_worker_killed_just_before_it_writes_has_told_nothing_and_lost_nothing(
    one: StoreDesk, waiting: str, redis_url: str
) -> None:
    one.clock.advance(seconds=60)

    def check() -> None:
        own = alerting_desk(_DyingAtWrite.from_url(redis_url), Path("/nonexistent"), clock=one.clock)
        own.wiring.deadline_check.check_all([waiting])

    in_killed_process(check)
    assert len(one.messages_to_customer(waiting)) == 1
    one.skip_time(seconds=CLAIM_SECONDS)
    assert len(one.messages_to_customer(waiting)) == 2


def test_once_told_it_wakes_nobody_for_that(one: StoreDesk, waiting: str) -> None:
    one.pass_time(seconds=60)
    score = one.redis.zscore(keys.DEADLINES, waiting)
    assert score is not None
    assert score > one.clock().timestamp()


class _DyingAtWrite(Redis):
    """A store whose process dies as it begins to gather what is to be written."""

    def pipeline(self, *args: object, **options: object) -> object:
        kill_this_process()
