"""Every kind of message that a WhatsApp customer can send stands in the thread as what it is."""

from typing import Any

import pytest

from bot.messages.inbound import MessageKind
from bot.messages.thread import ThreadEntry
from sandbox.stickers import STICKERS
from store.agents.agent import Role
from tests.fixtures.customer import Customer
from tests.fixtures.sandbox_desk import SandboxDesk


class WritingCustomer(Customer):
    """A customer with a ticket."""

    def sends(self, text: str = "", **more: Any) -> ThreadEntry:
        self.desk.say(self.phone, text, **more)
        return self.view.entries[-1]


@pytest.fixture
def customer(desk: SandboxDesk) -> WritingCustomer:
    customer = WritingCustomer(desk, name="Emma")
    customer.ask_for_agent()
    return customer


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ({"text": "just words"}, MessageKind.TEXT, "just words"),
        ({"files": [{"sample": "photo"}], "text": "the screen"}, MessageKind.MEDIA, "the screen"),
        ({"files": [{"sample": "document"}]}, MessageKind.MEDIA, ""),
        ({"files": [{"sample": "voice"}], "as_voice": True}, MessageKind.MEDIA, ""),
        (
            {"location": {"latitude": 38.7, "longitude": -9.1, "label": "The office"}},
            MessageKind.LOCATION,
            "The office",
        ),
        ({"contact": {"name": "Max Roy", "phone": "+33600000000"}}, MessageKind.CONTACT, ""),
    ],
    ids=["text", "picture", "document", "voice note", "place", "contact card"],
)
def test_it_stands_in_the_thread_as_what_it_is(
    customer: WritingCustomer, said: dict[str, Any], kind: MessageKind, text: str
) -> None:
    entry = customer.sends(**said)
    assert entry.kind is kind
    assert text in entry.text
    assert all(file.file_id and not file.problem for file in entry.attachments)
    assert bool(entry.attachments) is (kind in (MessageKind.MEDIA, MessageKind.CONTACT))


def test_a_sticker_is_kept_and_asks_for_nothing(customer: WritingCustomer) -> None:
    assert customer.sends(sticker=next(iter(STICKERS))).kind is MessageKind.STICKER
    facts = customer.desk.wiring.queries.ticket(customer.ticket_id).ticket.facts
    assert facts[-1].kind.value == "thanked"


def test_an_answer_to_a_message_of_ours_shows_which(customer: WritingCustomer) -> None:
    desk = customer.desk
    ana = desk.wiring.agents.add("Ana", "ana", Role.AGENT).agent_id
    desk.wiring.desk.act(customer.ticket_id, "reply", ana, text="Is it the till on the left?")
    desk.run_jobs()
    ours = customer.phone.messages()[-1]["id"]
    entry = customer.sends("yes, that one", reply_to=ours)
    view = desk.wiring.queries.ticket(customer.ticket_id)
    replied = next(e for e in view.entries if e.text == "Is it the till on the left?")
    assert entry.quoted_id in view.deliveries[replied.entry_id].external_ids


def test_what_was_forwarded_says_so(customer: WritingCustomer) -> None:
    assert customer.sends("my colleague sees the same", is_forwarded=True).is_forwarded
    assert not customer.sends("and this is mine").is_forwarded


def test_the_advertisement_that_brought_them_is_recorded(desk: SandboxDesk) -> None:
    phone = desk.phone("whatsapp", "Emma", country="GB")
    ad = {"Headline": "20 % off", "Body": "Tills for everybody", "SourceUrl": "https://fb.me/x"}
    desk.say(phone, "hello, nothing works, I need a person", referral=ad)
    desk.say(phone, "/human")
    ticket_id = desk.wiring.queries.rows("open")[0].ticket_id
    first = desk.wiring.queries.ticket(ticket_id).entries[0]
    assert first.referral == "20 % off\nTills for everybody\nhttps://fb.me/x"
