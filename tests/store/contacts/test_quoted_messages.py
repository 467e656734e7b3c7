"""The thread of a quoted message: ours, or one of the customer's own."""

import pytest

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import DeliveryStatus
from store.outbox.job_queue import JobQueue
from store.outbox.outbox import Outbox
from tests.fixtures.store_desk import StoreDesk

CUSTOMER = "telegram:7001"


@pytest.fixture
def desk(redis, tmp_path):
    return StoreDesk(redis, tmp_path)


def _two_tickets(desk: StoreDesk) -> tuple[str, str]:
    ids = []
    for text in ("I want to speak to a person", "/new"):
        desk.customer_writes(CUSTOMER, text)
        desk.customer_writes(CUSTOMER, "the till prints nothing since noon", message_id=f"42:{len(ids)}")
        desk.customer_writes(CUSTOMER, "/human")
        ids.append(desk.conversation(CUSTOMER).ticket_id)
    return ids[0], ids[1]


def test_quoting_ones_own_message_joins_its_ticket(desk):
    first, second = _two_tickets(desk)
    assert first != second
    desk.customer_writes(CUSTOMER, "still the same", quoted_id="42:0")
    assert desk.conversation(CUSTOMER).ticket_id == first
    desk.customer_writes(CUSTOMER, "and this one too", quoted_id="42:1")
    assert desk.conversation(CUSTOMER).ticket_id == second


def test_quoting_the_desks_message_joins_its_ticket(desk):
    first, second = _two_tickets(desk)
    outbox = Outbox(desk.redis, JobQueue(desk.redis))
    entry = next(
        entry
        for entry in outbox.waiting(make_contact_id(Address.parse(CUSTOMER)))
        if entry.thread_id == first
    )
    outbox.apply_receipt(entry.entry_id, DeliveryStatus.SENT, desk.clock(), external_id="42:900")
    desk.customer_writes(CUSTOMER, "about this", quoted_id="42:900")
    assert desk.conversation(CUSTOMER).ticket_id == first
    desk.customer_writes(CUSTOMER, "and that", quoted_id="42:1")
    assert desk.conversation(CUSTOMER).ticket_id == second


def test_quoting_what_nobody_knows_changes_nothing(desk):
    _, second = _two_tickets(desk)
    desk.customer_writes(CUSTOMER, "about this", quoted_id="42:12345")
    assert desk.conversation(CUSTOMER).ticket_id == second
