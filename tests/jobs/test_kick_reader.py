"""Jobs of the delivery queues: handed over many at a time, whatever else lies in the queue."""

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from jobs.kick_reader import AT_ONCE, KickReader
from store.outbox.job_queue import DELIVER_REPLIES_TASK, DELIVER_TASK, JobQueue

QUEUE = "deliver-whatsapp"


class Hands:
    """Records what was handed over."""

    def __init__(self, redis: Redis) -> None:
        self.lanes: list[str] = []
        self.replies: list[str] = []
        self.reader = KickReader(
            redis,
            QUEUE,
            {
                DELIVER_TASK: lambda *lanes: self.lanes.extend(lanes),
                DELIVER_REPLIES_TASK: lambda *lanes: self.replies.extend(lanes),
            },
        )


@pytest.fixture
def hands(redis: Redis) -> Hands:
    return Hands(redis)


def test_everything_is_handed_over_in_order_and_leaves_nothing_behind(redis: Redis, hands: Hands) -> None:
    jobs = JobQueue(redis)
    lanes = [f"lane{number}" for number in range(AT_ONCE + 20)]
    for lane in lanes:
        jobs.deliver(lane, "whatsapp")
    jobs.deliver("answered", "whatsapp", is_reply=True)
    jobs.deliver_all(["x", "y"], "whatsapp")
    assert [hands.reader.read(1), hands.reader.read(1)] == [AT_ONCE, 22]
    assert (hands.lanes, hands.replies) == ([*lanes, "x", "y"], ["answered"])
    assert [key for key in redis.scan_iter() if key.startswith(b"rq:job")] == []


def test_an_empty_queue_is_no_work(hands: Hands) -> None:
    assert hands.reader.read(0.01) == 0


def test_jobs_of_older_versions_are_understood_and_unknown_ones_are_logged(
    redis: Redis, hands: Hands, caplog: pytest.LogCaptureFixture
) -> None:
    queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
    queue.enqueue("jobs.deliver.deliver", "old")
    queue.enqueue("jobs.nowhere.nothing", "id")
    broken = queue.enqueue(DELIVER_TASK, "id")
    redis.hset(broken.key, "data", b"\xff not a job")
    redis.rpush(queue.key, "no-such-job")
    queue.enqueue(DELIVER_TASK, "last")
    hands.reader.read(1)
    assert hands.lanes == ["old", "last"]
    assert [line.message for line in caplog.records] == ["unknown task", "an unreadable job"]
