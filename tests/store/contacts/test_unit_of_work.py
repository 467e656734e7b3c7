"""Units of work when the store fails at the worst moment: all or nothing, and a number is one ticket's."""

from datetime import UTC, datetime

import pytest
from redis import ConnectionError as StoreLost
from redis import Redis

from bot.messages.errors import NotAllowed
from bot.messages.inbound import Address, Inbound
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records
from bot.policy.policy import load_policy
from runtime.redis_url import connect
from store import keys
from store.contacts.transaction import APPLY
from store.contacts.unit_of_work import UnitsOfWork
from tests.fixtures.breakable_connection import breakable_connection
from tests.fixtures.paths import ROOT
from tests.fixtures.store_desk import units_over

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
POLICY = load_policy(ROOT / "policies/demo.toml")


def hello(name: str, external_id: str = "SM1") -> Inbound:
    return Inbound(address=Address("whatsapp", name), external_id=external_id, sent_at=NOW)


def opens_a_ticket(records: Records) -> Changes:
    who = Conversation(records.contact_id, Address("whatsapp", "+351910000001"))
    ticket = Ticket(
        ticket_id=f"{records.contact_id}-1", contact_id=records.contact_id, number=records.number,
        address=who.address, locale="en", policy_version=POLICY.version, opened_at=NOW, updated_at=NOW,
        priority="medium",
    )  # fmt: skip
    return Changes(who, (ticket,))


def take(units: UnitsOfWork, name: str) -> Changes | None:
    inbound = hello(name, f"SM{name}")
    return units.receive(inbound, opens_a_ticket)


def test_a_number_whose_fate_is_unknown_is_never_given_to_another_ticket(
    redis: Redis, redis_url: str
) -> None:
    with breakable_connection(redis_url) as wire, connect(wire.url) as cut_off:
        units = units_over(cut_off)
        redis.script_load(APPLY.text)
        wire.swallow_answer_to(APPLY.sha.encode())
        with pytest.raises(StoreLost):
            take(units, "+351910000001")
        taken = take(units, "+351910000002")
    assert taken is not None
    numbers = {
        number.decode(): ticket.decode() for number, ticket in redis.hgetall(keys.TICKET_NUMBERS).items()
    }
    assert len(numbers) == 2
    assert numbers[taken.tickets[0].number] == taken.tickets[0].ticket_id


def test_what_the_store_took_without_our_hearing_so_is_a_repeat_the_next_time(
    redis: Redis, redis_url: str
) -> None:
    with breakable_connection(redis_url) as wire, connect(wire.url) as cut_off:
        units = units_over(cut_off)
        redis.script_load(APPLY.text)
        wire.swallow_answer_to(APPLY.sha.encode())
        with pytest.raises(StoreLost):
            take(units, "+351910000001")
        assert take(units, "+351910000001") is None
    assert redis.zcard(keys.LIVE) == 1


def test_a_number_that_was_refused_is_given_again(redis: Redis) -> None:
    units = units_over(redis)
    inbound, given = hello("+351910000001"), []

    def refuses(records: Records) -> Changes:
        given.append(records.number)
        raise NotAllowed("reopen", "open")

    for _ in range(2):
        with pytest.raises(NotAllowed):
            units.receive(inbound, refuses)
    assert given[0] == given[1]


def test_somebody_who_writes_in_between_makes_it_run_again_on_fresh_records(redis: Redis) -> None:
    units, inbound, seen = units_over(redis), hello("+351910000001"), []

    def late(records: Records) -> Changes:
        seen.append(records.version)
        if len(seen) == 1:
            redis.hincrby(keys.contact(records.contact_id), "v", 1)
        return opens_a_ticket(records)

    assert units.receive(inbound, late) is not None
    assert seen == [0, 1]
    assert redis.llen(keys.thread("x")) == 0
    assert redis.hlen(keys.TICKET_NUMBERS) == 1
