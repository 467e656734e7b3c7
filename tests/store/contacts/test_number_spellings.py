"""A number that networks spell in two ways is one customer, whichever way each of them says it."""

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest
from redis import Redis

from bot.archiving.archive_record import NoArchive
from bot.messages.ids import make_contact_id, owner_of
from bot.messages.inbound import Address
from store import keys
from store.codec import dump
from store.contacts.personal_data import erase_contact_data, load_contact_data
from tests.fixtures.environment import TWILIO
from tests.fixtures.store_desk import StoreDesk

PAIRS = {
    "Brazil": ("+5511987654321", "+551187654321"),
    "Mexico": ("+525512345678", "+5215512345678"),
    "Argentina": ("+5491123456789", "+541123456789"),
}
BOTH_WAYS = [pytest.param(*pair[::way], id=f"{name}{way}") for name, pair in PAIRS.items() for way in (1, -1)]
APART = [
    ("+351912345678", "+351912345679"),
    ("+5511987654321", "+5521987654321"),
    ("+551132345678", "+5511932345678"),  # a landline, and a mobile that ends in the same digits
    ("+5215512345678", "+5215512345679"),
    ("+541123456789", "+542223456789"),
]


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    return StoreDesk(redis, tmp_path)


def whatsapp(number: str) -> Address:
    return Address("whatsapp", number)


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_addresses_in_both_spellings_are_equal_and_keep_their_own(one: str, other: str) -> None:
    assert whatsapp(one) == whatsapp(other)
    assert len({whatsapp(one), whatsapp(other)}) == 1
    assert make_contact_id(whatsapp(one)) == make_contact_id(whatsapp(other))
    assert str(whatsapp(one)) != str(whatsapp(other))
    assert Address("portal", one) != Address("portal", other), "a portal's ids are no numbers"


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_numbers_stay_apart(one: str, other: str) -> None:
    assert whatsapp(one) != whatsapp(other)
    assert make_contact_id(whatsapp(one)) != make_contact_id(whatsapp(other))


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_who_writes_by_one_spelling_is_found_by_the_other(desk: StoreDesk, one: str, other: str) -> None:
    ticket_id = desk.open_ticket(f"whatsapp:{one}")
    desk.customer_writes(f"whatsapp:{other}", "It still fails on the second till")
    known = desk.conversation(f"whatsapp:{one}")
    assert [head.ticket_id for head in known.tickets] == [ticket_id]
    assert [str(known.address), len(known.addresses)] == [f"whatsapp:{other}", 1], (
        "answers go where they wrote"
    )
    for number in (one, other, f"00{other[1:]}", f"+{other[1:3]} {other[3:]}"):
        assert [row.ticket_id for row in desk.wiring.queries.search(number)] == [ticket_id]


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_what_was_stored_under_a_spelling_of_its_own_is_joined(desk: StoreDesk, one: str, other: str) -> None:
    ticket_id = stored_as_before(desk, one)
    assert [row.ticket_id for row in desk.wiring.queries.search(other)] == [ticket_id]
    desk.customer_writes(f"whatsapp:{other}", "It still fails on the second till")
    desk.customer_writes(f"whatsapp:{one}", "And on the third")
    assert [head.ticket_id for head in desk.conversation(f"whatsapp:{other}").tickets] == [ticket_id]
    assert [entry.text for entry in desk.wiring.queries.ticket(ticket_id).entries][-2:] == [
        "It still fails on the second till",
        "And on the third",
    ]


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_erasing_by_one_spelling_leaves_nothing_of_the_other(desk: StoreDesk, one: str, other: str) -> None:
    desk.open_ticket(f"whatsapp:{one}")
    found = load_contact_data(desk.redis, whatsapp(other), NoArchive())
    erase_contact_data(desk.redis, found, lambda _: None, lambda _: None)
    assert desk.wiring.queries.search(one) == desk.wiring.queries.search(other) == []


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_a_manager_who_answers_an_alert_is_no_customer(
    redis: Redis, tmp_path: Path, one: str, other: str
) -> None:
    desk = StoreDesk(redis, tmp_path, ALERTS=f"whatsapp:{one}", **TWILIO)
    desk.customer_writes(f"whatsapp:{other}", "what is this?")
    assert desk.wiring.queries.rows("open") == []
    assert desk.redis.exists(keys.contact(make_contact_id(whatsapp(other)))) == 0


def stored_as_before(desk: StoreDesk, number: str) -> str:
    """A ticket of a contact whose id was made of the number as it was spelled."""
    ticket_id = desk.open_ticket(f"whatsapp:{number}")
    new_id, old_id = owner_of(ticket_id), blake2b(f"whatsapp:{number}".encode(), digest_size=10).hexdigest()
    if new_id == old_id:
        return ticket_id
    who, ticket = desk.conversation(f"whatsapp:{number}"), desk.ticket(ticket_id)
    old_ticket = f"{old_id}-1"
    heads = tuple(replace(head, ticket_id=old_ticket) for head in who.tickets)
    moved = who.evolve(contact_id=old_id, tickets=heads, ticket_id=old_ticket)
    desk.redis.rename(keys.contact(new_id), keys.contact(old_id))
    desk.redis.hset(keys.contact(old_id), mapping={"c": dump(moved), "t": old_ticket})
    desk.redis.delete(keys.ticket(ticket_id))
    desk.redis.set(keys.ticket(old_ticket), dump(ticket.evolve(ticket_id=old_ticket, contact_id=old_id)))
    row = desk.redis.hget(keys.TICKET_ROWS, ticket_id)
    assert row is not None
    desk.redis.hdel(keys.TICKET_ROWS, ticket_id)
    desk.redis.hset(keys.TICKET_ROWS, old_ticket, row.replace(ticket_id.encode(), old_ticket.encode()))
    desk.redis.rename(keys.thread(ticket_id), keys.thread(old_ticket))
    return old_ticket
