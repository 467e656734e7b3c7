"""A channel that gives no clear answers for a while: few messages are left in doubt, the rest arrive by themselves."""

import pytest

from bot.messages.thread import DeliveryStatus, OutboxEntry
from tests.fixtures.customer import Customer
from tests.fixtures.sandbox_desk import SandboxDesk

REPLIES = ("one", "two", "three")


@pytest.fixture
def customers(desk: SandboxDesk) -> list[Customer]:
    return [with_ticket(Customer(desk, channel="telegram", name=name)) for name in ("Emma", "Noah", "Lena")]


def with_ticket(customer: Customer) -> Customer:
    customer.say("hello, nothing works")
    customer.say("/human")
    customer.ticket_id = customer.conversation.tickets[-1].ticket_id
    return customer


def reply_to_all(customers: list[Customer]) -> None:
    for text in REPLIES:
        for each in customers:
            each.desk.wiring.desk.act(each.ticket_id, "reply", each.ana, text=text)
    customers[0].desk.run_jobs()


def entries(customer: Customer) -> list[OutboxEntry]:
    found = [each for each in customer.view.entries if each.text in REPLIES]
    return [customer.view.deliveries[each.entry_id] for each in found]


def in_doubt(customer: Customer) -> int:
    return sum(each.status is DeliveryStatus.UNCERTAIN for each in entries(customer))


def calls(desk: SandboxDesk, name: str) -> list[dict[str, object]]:
    return desk.sandbox.calls(direction="asked", channel="telegram", name=name)


@pytest.mark.parametrize("kind", ["html", "empty", "hang", "reset"])
def test_an_outage_leaves_one_message_in_doubt_and_the_rest_arrive_later(
    customers: list[Customer], kind: str
) -> None:
    desk = customers[0].desk
    desk.sandbox.fault(kind, channel="telegram", count=None, seconds=0.2)
    desk.sandbox.ask("DELETE", "/control/calls")
    reply_to_all(customers)
    assert len(calls(desk, "sendMessage")) == 1
    assert calls(desk, "getMe")
    assert sum(map(in_doubt, customers)) == 1
    desk.sandbox.clear_faults()
    desk.pass_time(seconds=12)
    for each in customers:
        doubtful = in_doubt(each)
        assert doubtful <= 1
        assert each.texts()[-(3 - doubtful) :] == list(REPLIES)[doubtful:]
    assert sum(map(in_doubt, customers)) == 1


@pytest.mark.parametrize("kind", ["html", "empty"])
def test_no_conversation_has_two_in_doubt_even_if_only_messages_fail(
    customers: list[Customer], kind: str
) -> None:
    """The harmless call is answered all the time: then each message that's tried may be the next in doubt."""
    desk = customers[0].desk
    desk.sandbox.fault(kind, channel="telegram", method="sendMessage", count=3)
    reply_to_all(customers)
    desk.pass_time(minutes=2)
    assert [in_doubt(each) for each in customers] == [1, 1, 1]
    for each in customers:
        delivered = [e for e in entries(each) if e.status is DeliveryStatus.SENT]
        assert len(delivered) + in_doubt(each) == 3


def test_one_channel_in_trouble_stops_no_other(customers: list[Customer]) -> None:
    desk = customers[0].desk
    other = with_ticket(Customer(desk, name="Maya"))
    desk.sandbox.fault("html", channel="telegram", count=None)
    reply_to_all(customers)
    assert other.reply("Still here").status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("kind", ["html", "empty", "drop", "reset"])
def test_on_whatsapp_nothing_stays_in_doubt(desk: SandboxDesk, kind: str) -> None:
    customer = with_ticket(Customer(desk, name="Emma"))
    desk.sandbox.fault(kind, channel="whatsapp", count=3)
    for text in REPLIES:
        desk.wiring.desk.act(customer.ticket_id, "reply", customer.ana, text=text)
    desk.run_jobs()
    desk.pass_time(seconds=30)
    assert [each.status for each in entries(customer)] == [DeliveryStatus.DELIVERED] * 3
    assert [text for text in customer.texts() if text in REPLIES] == list(REPLIES)
