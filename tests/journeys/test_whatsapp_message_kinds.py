"""Every kind of message that a WhatsApp customer can send stands in the thread as what it is."""

from typing import Any

import pytest

from bot.messages.inbound import MessageKind
from bot.messages.thread import ThreadEntry
from sandbox.control_client import Phone
from sandbox.stickers import STICKERS
from store.agents.agent import Role
from tests.fixtures.sandbox_desk import House


class Desk:
    """A customer with a request."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phone: Phone = house.customer("whatsapp", "Emma", country="GB")
        house.say(self.phone, "hello, nothing works, I need a person")
        house.say(self.phone, "/human")
        self.ticket_id = house.wiring.queries.rows("open")[0].ticket_id

    def last(self) -> ThreadEntry:
        return self.house.wiring.queries.ticket(self.ticket_id).entries[-1]

    def say(self, text: str = "", **more: Any) -> ThreadEntry:
        self.house.say(self.phone, text, **more)
        return self.last()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


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
    desk: Desk, said: dict[str, Any], kind: MessageKind, text: str
) -> None:
    entry = desk.say(**said)
    assert entry.kind is kind
    assert text in entry.text
    assert all(file.file_id and not file.problem for file in entry.attachments)
    assert bool(entry.attachments) is (kind in (MessageKind.MEDIA, MessageKind.CONTACT))


def test_a_sticker_is_kept_and_asks_for_nothing(desk: Desk) -> None:
    assert desk.say(sticker=next(iter(STICKERS))).kind is MessageKind.STICKER
    facts = desk.house.wiring.queries.ticket(desk.ticket_id).ticket.facts
    assert facts[-1].kind.value == "thanked"


def test_an_answer_to_a_message_of_ours_shows_which(desk: Desk) -> None:
    house = desk.house
    ana = house.wiring.agents.add("Ana", "ana", Role.AGENT).agent_id
    house.wiring.desk.act(desk.ticket_id, "reply", ana, text="Is it the till on the left?")
    house.run_jobs()
    ours = desk.phone.messages()[-1]["id"]
    entry = desk.say("yes, that one", reply_to=ours)
    view = house.wiring.queries.ticket(desk.ticket_id)
    replied = next(e for e in view.entries if e.text == "Is it the till on the left?")
    assert entry.quoted_id in view.deliveries[replied.entry_id].external_ids


def test_what_was_forwarded_says_so(desk: Desk) -> None:
    assert desk.say("look what my colleague wrote", is_forwarded=True).is_forwarded
    assert not desk.say("and this is mine").is_forwarded


def test_the_advertisement_that_brought_them_is_recorded(house: House) -> None:
    phone = house.customer("whatsapp", "Emma", country="GB")
    ad = {"Headline": "20 % off", "Body": "Tills for everybody", "SourceUrl": "https://fb.me/x"}
    house.say(phone, "hello, nothing works, I need a person", referral=ad)
    house.say(phone, "/human")
    ticket_id = house.wiring.queries.rows("open")[0].ticket_id
    first = house.wiring.queries.ticket(ticket_id).entries[0]
    assert first.referral == "20 % off\nTills for everybody\nhttps://fb.me/x"
