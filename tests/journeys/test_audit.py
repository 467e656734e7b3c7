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
from tests.fixtures.sandbox_desk import House


class Desk:
    """A desk with two customers, tickets in different states, and something still to be sent."""

    def __init__(self, house: House) -> None:
        self.house, self.redis = house, house.redis
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        house.wiring.tokens.add("Portal")
        for channel, detail in (("whatsapp", {"country": "GB"}), ("telegram", {"language_code": "en"})):
            phone = house.customer(channel, "Emma", **detail)
            house.say(phone, "hello, nothing works, I need a person")
            house.say(phone, "/human")
            phone.say("and a picture", files=[{"sample": "photo"}])
        house.run_jobs()
        self.tickets = [row.ticket_id for row in house.wiring.queries.rows("open")]
        house.wiring.desk.act(self.tickets[0], "resolve", self.ana)
        house.run_jobs()
        self.reply()

    def reply(self) -> None:
        """An answer that no job has attended to yet."""
        self.house.wiring.desk.act(self.tickets[1], "reply", self.ana, text="on its way")
        view = self.house.wiring.queries.ticket(self.tickets[1])
        self.entry = view.deliveries[view.entries[-1].entry_id]

    def faults(self, pause: Callable[[], None] = lambda: None) -> list[Fault]:
        policies = StoredPolicies(self.redis, self.house.wiring.policy)
        return list(audit(self.redis, policies, pause).faults)

    def repair(self) -> list[bool]:
        mending = Repair(
            self.redis, Outbox(self.redis, self.house.wiring.job_queue), self.house.wiring.job_queue
        )
        return [mending.repair(fault, self.house.clock()) for fault in self.faults()]


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_a_desk_at_work_has_no_fault_and_keeps_all_it_has(desk: Desk) -> None:
    assert desk.faults() == []
    desk.house.run_jobs()
    policies = StoredPolicies(desk.redis, desk.house.wiring.policy)
    found = audit(desk.redis, policies, lambda: None)
    assert (found.faults, found.tickets) == ((), 2)
    assert found.entries >= 8
    assert found.messages >= 6


def no_lane(desk: Desk, redis: Redis) -> Fault:
    redis.lrem(keys.lane(desk.entry.lane), 0, desk.entry.entry_id)
    return Fault("unreachable-message", desk.entry.entry_id)


def no_sweep(desk: Desk, redis: Redis) -> Fault:
    redis.delete(keys.LANES)
    return Fault("unreachable-lane", desk.entry.lane)


def no_deadline(desk: Desk, redis: Redis) -> Fault:
    redis.zrem(keys.DEADLINES, desk.tickets[1])
    return Fault("unreachable-ticket", desk.tickets[1])


def no_list(desk: Desk, redis: Redis) -> Fault:
    redis.zrem(keys.LIVE, desk.tickets[1])
    return Fault("unreachable-ticket", desk.tickets[1])


@pytest.mark.parametrize("breaking", [no_lane, no_sweep, no_deadline, no_list])
def test_what_is_out_of_reach_is_found_and_put_back(
    desk: Desk, breaking: Callable[[Desk, Redis], Fault]
) -> None:
    assert breaking(desk, desk.redis) in desk.faults()
    assert all(desk.repair())
    desk.house.run_jobs()
    assert desk.faults() == []
    view = desk.house.wiring.queries.ticket(desk.tickets[1])
    assert view.deliveries[desk.entry.entry_id].status in (DeliveryStatus.SENT, DeliveryStatus.DELIVERED)


def ghost(desk: Desk, redis: Redis) -> Fault:
    redis.zadd(keys.DEADLINES, {"gone-1": 0})
    return Fault("ghost", "gone-1")


def lost(desk: Desk, redis: Redis) -> Fault:
    redis.delete(keys.outbox_entry(desk.entry.entry_id))
    return Fault("lost-message", desk.entry.entry_id)


def double(desk: Desk, redis: Redis) -> Fault:
    last = redis.lrange(keys.thread(desk.tickets[1]), -1, -1)[0]
    redis.rpush(keys.thread(desk.tickets[0]), last)
    return Fault("double-entry", desk.entry.entry_id)


def immortal(desk: Desk, redis: Redis) -> Fault:
    redis.set(keys.seen("whatsapp", "SM1"), 1)
    return Fault("immortal", "seen:whatsapp:SM1")


def stranger(desk: Desk, redis: Redis) -> Fault:
    redis.set("cache:of:something", 1)
    return Fault("stranger", "cache:…")


@pytest.mark.parametrize("breaking", [ghost, lost, double, immortal, stranger])
def test_what_a_person_has_to_see_is_told_and_left_alone(
    desk: Desk, breaking: Callable[[Desk, Redis], Fault]
) -> None:
    fault = breaking(desk, desk.redis)
    assert desk.faults() == [fault]
    assert desk.repair() == [False]
    assert desk.faults() == [fault]


def test_what_was_only_on_its_way_is_no_fault(desk: Desk) -> None:
    desk.redis.lrem(keys.lane(desk.entry.lane), 0, desk.entry.entry_id)

    def meanwhile() -> None:
        desk.redis.rpush(keys.lane(desk.entry.lane), desk.entry.entry_id)

    assert desk.faults(meanwhile) == []


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


def test_what_was_sent_is_forgotten_one_day_and_what_waits_never(desk: Desk) -> None:
    assert desk.redis.ttl(keys.outbox_entry(desk.entry.entry_id)) == -1
    desk.house.run_jobs()
    assert 0 < desk.redis.ttl(keys.outbox_entry(desk.entry.entry_id)) <= keys.ENDED_FOR
