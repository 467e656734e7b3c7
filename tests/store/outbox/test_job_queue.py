"""A lane is kicked once for all that waits for a worker, and never too few times."""

from datetime import UTC, datetime

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound
from bot.messages.outgoing import Outgoing
from bot.messages.thread import OutboxEntry
from bot.model.conversation import Conversation
from bot.model.unit_of_work import Changes, Records, UseCase
from store import keys
from store.outbox import job_queue
from store.outbox.job_queue import GRACE, clear_job_mark, delivery_queue
from tests.fixtures.store_desk import units_over

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SENDER = Address("whatsapp", "+351910000001")
OWNER = make_contact_id(SENDER)


def answers(channel: str = "whatsapp") -> UseCase:
    def decide(records: Records) -> Changes:
        to = Address(channel, SENDER.name)
        entry = OutboxEntry(records.entry_id(0), records.contact_id, to, "en", Outgoing(("yes",)), NOW)
        return Changes(Conversation(records.contact_id, SENDER), outbox=(entry,))

    return decide


def take(redis: Redis, external_id: str, decide: UseCase) -> None:
    inbound = Inbound(address=SENDER, external_id=external_id, sent_at=NOW)
    assert units_over(redis).receive(inbound, decide) is not None


def kicks(redis: Redis, channel: str = "whatsapp") -> int:
    return int(redis.llen(f"rq:queue:{delivery_queue(channel)}"))


def test_a_hundred_messages_that_wait_for_a_worker_cost_it_one_job(redis: Redis) -> None:
    for number in range(100):
        take(redis, f"SM{number}", answers())
    assert kicks(redis) == 1
    assert redis.llen(keys.lane(OWNER)) == 100


def test_what_comes_once_the_lane_is_looked_into_is_kicked_again(redis: Redis) -> None:
    take(redis, "SM1", answers())
    clear_job_mark(redis, OWNER)
    take(redis, "SM2", answers())
    assert kicks(redis) == 2


def test_a_kick_that_arrives_while_a_message_is_decided_is_not_counted_on(redis: Redis) -> None:
    take(redis, "SM1", answers())
    versions = []

    def late(records: Records) -> Changes | None:
        versions.append(records.version)
        clear_job_mark(redis, OWNER)
        return answers()(records)

    take(redis, "SM2", late)
    assert versions == [1, 1]
    assert kicks(redis) == 2
    assert redis.llen(keys.lane(OWNER)) == 2


def test_a_kick_on_one_channel_is_none_on_another(redis: Redis) -> None:
    take(redis, "SM1", answers())
    take(redis, "SM2", answers("telegram"))
    assert (kicks(redis), kicks(redis, "telegram")) == (1, 1)


def test_a_kick_of_which_nothing_came_counts_no_longer_than_the_sweep_waits(redis: Redis) -> None:
    take(redis, "SM1", answers())
    seconds, _ = redis.time()
    redis.hset(keys.contact(OWNER), job_queue.JOB_MARK, job_queue.new_job_mark("whatsapp", seconds - GRACE))
    take(redis, "SM2", answers())
    assert kicks(redis) == 2


@pytest.mark.parametrize(("age", "counts"), [(0, True), (GRACE - 0.1, True), (GRACE, False), (3600, False)])
def test_how_long_a_note_counts(age: float, counts: bool) -> None:
    note = job_queue.new_job_mark("whatsapp", 1000.0).encode()
    assert job_queue.is_job_pending(note, "whatsapp", 1000.0 + age) is counts
    assert not job_queue.is_job_pending(note, "", 1000.0)
    assert not job_queue.is_job_pending(b"", "whatsapp", 1000.0)
