"""The audit over a store that a real desk has filled: well as it is, and ill in each way that it knows."""

import inspect
from collections.abc import Callable

import pytest
from redis import Redis

from bot.messages.thread import DeliveryStatus
from store import keys
from store.agents import keys as agent_keys
from store.agents.agent import Role
from store.forum import keys as forum_keys
from store.integrity.audit import EXPIRING_PREFIXES, PERMANENT_PREFIXES, Fault, audit
from store.integrity.repair import Repair
from store.outbox.outbox import Outbox
from store.outgoing_webhooks import keys as webhook_keys
from store.policies import StoredPolicies
from tests.fixtures.sandbox_desk import SandboxDesk


class FilledDesk:
    """A desk with two customers, tickets in different states, and something still to be sent."""

    def __init__(self, desk: SandboxDesk) -> None:
        self.desk, self.redis = desk, desk.redis
        self.ana = desk.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        desk.wiring.tokens.add("Portal")
        for channel, detail in (("whatsapp", {"country": "GB"}), ("telegram", {"language_code": "en"})):
            phone = desk.phone(channel, "Emma", **detail)
            desk.say(phone, "hello, nothing works, I need a person")
            desk.say(phone, "/human")
            phone.say("and a picture", files=[{"sample": "photo"}])
        desk.run_jobs()
        self.tickets = [row.ticket_id for row in desk.wiring.queries.rows("open")]
        desk.wiring.desk.act(self.tickets[0], "resolve", self.ana)
        desk.run_jobs()
        self.reply()

    def reply(self) -> None:
        """An answer that no job has attended to yet."""
        self.desk.wiring.desk.act(self.tickets[1], "reply", self.ana, text="on its way")
        view = self.desk.wiring.queries.ticket(self.tickets[1])
        self.entry = view.deliveries[view.entries[-1].entry_id]

    def faults(self, pause: Callable[[], None] = lambda: None) -> list[Fault]:
        policies = StoredPolicies(self.redis, self.desk.wiring.policy)
        return list(audit(self.redis, policies, pause).faults)

    def repair(self) -> list[bool]:
        mending = Repair(
            self.redis, Outbox(self.redis, self.desk.wiring.job_queue), self.desk.wiring.job_queue
        )
        return [mending.repair(fault, self.desk.clock()) for fault in self.faults()]


@pytest.fixture
def audited(desk: SandboxDesk) -> FilledDesk:
    return FilledDesk(desk)


def test_a_desk_at_work_has_no_fault_and_keeps_all_it_has(audited: FilledDesk) -> None:
    assert audited.faults() == []
    audited.desk.run_jobs()
    policies = StoredPolicies(audited.redis, audited.desk.wiring.policy)
    found = audit(audited.redis, policies, lambda: None)
    assert (found.faults, found.tickets) == ((), 2)
    assert found.entries >= 8
    assert found.messages >= 6


def no_lane(audited: FilledDesk, redis: Redis) -> Fault:
    redis.lrem(keys.lane(audited.entry.lane), 0, audited.entry.entry_id)
    return Fault("unreachable-message", audited.entry.entry_id)


def no_sweep(audited: FilledDesk, redis: Redis) -> Fault:
    redis.delete(keys.LANES)
    return Fault("unreachable-lane", audited.entry.lane)


def no_deadline(audited: FilledDesk, redis: Redis) -> Fault:
    redis.zrem(keys.DEADLINES, audited.tickets[1])
    return Fault("unreachable-ticket", audited.tickets[1])


def no_list(audited: FilledDesk, redis: Redis) -> Fault:
    redis.zrem(keys.LIVE, audited.tickets[1])
    return Fault("unreachable-ticket", audited.tickets[1])


@pytest.mark.parametrize("breaking", [no_lane, no_sweep, no_deadline, no_list])
def test_what_is_out_of_reach_is_found_and_put_back(
    audited: FilledDesk, breaking: Callable[[FilledDesk, Redis], Fault]
) -> None:
    assert breaking(audited, audited.redis) in audited.faults()
    assert all(audited.repair())
    audited.desk.run_jobs()
    assert audited.faults() == []
    view = audited.desk.wiring.queries.ticket(audited.tickets[1])
    assert view.deliveries[audited.entry.entry_id].status in (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


def ghost(audited: FilledDesk, redis: Redis) -> Fault:
    redis.zadd(keys.DEADLINES, {"gone-1": 0})
    return Fault("ghost", "gone-1")


def lost(audited: FilledDesk, redis: Redis) -> Fault:
    redis.delete(keys.outbox_entry(audited.entry.entry_id))
    return Fault("lost-message", audited.entry.entry_id)


def double(audited: FilledDesk, redis: Redis) -> Fault:
    last = redis.lrange(keys.thread(audited.tickets[1]), -1, -1)[0]
    redis.rpush(keys.thread(audited.tickets[0]), last)
    return Fault("double-entry", audited.entry.entry_id)


def immortal(audited: FilledDesk, redis: Redis) -> Fault:
    redis.set(keys.seen("whatsapp", "SM1"), 1)
    return Fault("immortal", "seen:whatsapp:SM1")


def stranger(audited: FilledDesk, redis: Redis) -> Fault:
    redis.set("cache:of:something", 1)
    return Fault("stranger", "cache:…")


@pytest.mark.parametrize("breaking", [ghost, lost, double, immortal, stranger])
def test_what_a_person_has_to_see_is_told_and_left_alone(
    audited: FilledDesk, breaking: Callable[[FilledDesk, Redis], Fault]
) -> None:
    fault = breaking(audited, audited.redis)
    assert audited.faults() == [fault]
    assert audited.repair() == [False]
    assert audited.faults() == [fault]


def test_what_was_only_on_its_way_is_no_fault(audited: FilledDesk) -> None:
    audited.redis.lrem(keys.lane(audited.entry.lane), 0, audited.entry.entry_id)

    def meanwhile() -> None:
        audited.redis.rpush(keys.lane(audited.entry.lane), audited.entry.entry_id)

    assert audited.faults(meanwhile) == []


def test_every_kind_of_key_is_known_to_expire_or_to_last() -> None:
    for module in (keys, agent_keys, forum_keys, webhook_keys):
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if made.__module__ != module.__name__ or name in ("hashed", "all_of"):
                continue
            wanted = inspect.signature(made).parameters
            prefix = made(*("x" for _ in wanted)).partition(":")[0]
            assert prefix in EXPIRING_PREFIXES | PERMANENT_PREFIXES, f"{module.__name__}.{name}"
            if module is not forum_keys and "with a lifetime:" in made.__doc__:
                assert prefix in EXPIRING_PREFIXES, f"{module.__name__}.{name}"


def test_what_was_sent_is_forgotten_one_day_and_what_waits_never(audited: FilledDesk) -> None:
    assert audited.redis.ttl(keys.outbox_entry(audited.entry.entry_id)) == -1
    audited.desk.run_jobs()
    assert 0 < audited.redis.ttl(keys.outbox_entry(audited.entry.entry_id)) <= keys.ENDED_FOR
