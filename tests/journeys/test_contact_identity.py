"""One person with a number and a business-scoped id is one contact, whichever was known first; no thread is lost."""

import pytest

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound
from bot.messages.thread import DeliveryStatus
from sandbox.control_client import Phone
from store import keys
from store.agents.agent import Role
from store.contacts.personal_data import load_contact_data
from tests.fixtures.sandbox_desk import SandboxDesk

PHONE = Address("whatsapp", "+447700900123")
SCOPED = Address("whatsapp", "GB.4711abc")
SOMEBODY_ELSE = Address("whatsapp", "GB.9999zzz")


class TwoAddresses:
    """Messages as either address tells them."""

    def __init__(self, desk: SandboxDesk) -> None:
        self.desk, self.count = desk, 0
        self.ana = desk.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id

    def hear(self, text: str, address: Address = SCOPED, also: Address | None = None) -> None:
        self.count += 1
        at = self.desk.clock()
        inbound = Inbound(f"SM{self.count:032x}", address, at, text=text, also_known_as=also)
        self.desk.wiring.desk.receive(inbound)

    def open(self, address: Address, also: Address | None = None) -> str:
        """A request from that address; its id."""
        known = {row.ticket_id for row in self.rows()}
        self.hear("hello, nothing works, I need a person", address, also)
        self.hear("/human", address, also)
        [new] = {row.ticket_id for row in self.rows()} - known
        return str(new)

    def rows(self) -> list[object]:
        return list(self.desk.wiring.queries.rows("open"))

    def texts(self, ticket_id: str) -> list[str]:
        view = self.desk.wiring.queries.ticket(ticket_id)
        return [entry.text for entry in view.entries if entry.author.value == "customer"]


@pytest.fixture
def addresses(desk: SandboxDesk) -> TwoAddresses:
    return TwoAddresses(desk)


def test_somebody_without_a_number_is_served_like_everybody(desk: SandboxDesk) -> None:
    phone: Phone = desk.phone("whatsapp", "Eve", country="GB", has_hidden_number=True)
    told = desk.say(phone, "hello, nothing works, I need a person")
    assert any("A colleague will take over from here" in text for text in told)
    ticket_id = desk.wiring.queries.rows("open")[0].ticket_id
    desk.wiring.desk.act(ticket_id, "reply", desk.wiring.agents.add("Ana", "ana").agent_id, text="Here I am")
    desk.run_jobs()
    assert phone.messages()[-1]["text"] == "Here I am"


def test_the_number_leads_to_whoever_was_first_known_by_the_scoped_id(addresses: TwoAddresses) -> None:
    ticket_id = addresses.open(SCOPED, also=PHONE)
    addresses.hear("it also fails on the second till", PHONE)
    assert addresses.texts(ticket_id)[-1] == "it also fails on the second till"
    assert len(addresses.rows()) == 1


def test_the_scoped_id_leads_to_whoever_was_first_known_by_the_number(addresses: TwoAddresses) -> None:
    ticket_id = addresses.open(PHONE)
    addresses.hear("it also fails on the second till", SCOPED, also=PHONE)
    addresses.hear("and on the third one as well", SCOPED)
    assert addresses.texts(ticket_id)[-2:] == [
        "it also fails on the second till",
        "and on the third one as well",
    ]
    addresses = addresses.desk.wiring.queries.ticket(ticket_id).contact.addresses
    assert set(addresses) == {PHONE, SCOPED}


def test_two_contacts_with_a_request_each_become_one_with_both(addresses: TwoAddresses) -> None:
    first, second = addresses.open(PHONE), addresses.open(SCOPED)
    addresses.hear("this is me again, from the other phone", SCOPED, also=PHONE)
    assert {row.ticket_id for row in addresses.rows()} == {first, second}
    assert addresses.texts(second)[-1] == "this is me again, from the other phone"
    assert [head.ticket_id for head in addresses.desk.wiring.queries.ticket(first).contact.tickets] == [
        second
    ]
    assert [head.ticket_id for head in addresses.desk.wiring.queries.ticket(second).contact.tickets] == [
        first
    ]
    for ticket_id in (first, second):
        addresses.desk.wiring.desk.act(ticket_id, "claim", addresses.ana)
        assert addresses.desk.wiring.queries.ticket(ticket_id).ticket.assignee == addresses.ana
    redis, archive = addresses.desk.redis, addresses.desk.wiring.archive
    kept = load_contact_data(redis, PHONE, archive)
    assert kept == load_contact_data(redis, SCOPED, archive)
    assert {t.thread_id for t in kept.threads} >= {first, second}


def test_what_waited_for_the_one_goes_out_once_in_order_after_the_meeting(desk: SandboxDesk) -> None:
    addresses = TwoAddresses(desk)
    phone: Phone = desk.phone("whatsapp", "Emma", country="GB")
    number = Address("whatsapp", str(phone.person["number"]))
    scoped = Address("whatsapp", str(phone.person["business_scoped_id"]))
    first = addresses.open(number)
    addresses.open(scoped)
    phone.change(window_closed=True)
    desk.redis.set(keys.window_closed_at(make_contact_id(number)), desk.clock().isoformat())
    desk.redis.set(keys.window_closed_at(make_contact_id(scoped)), desk.clock().isoformat())
    for text in ("One", "Two"):
        desk.wiring.desk.act(first, "reply", addresses.ana, text=text)
    desk.run_jobs()
    [waiting] = phone.messages()  # the template alone
    assert waiting["text"] not in ("One", "Two")
    phone.say("it is me")
    desk.run_jobs()
    told = [m["text"] for m in phone.messages() if m["from"] == "desk"]
    assert [text for text in told if text in ("One", "Two")] == ["One", "Two"]
    view = desk.wiring.queries.ticket(first)
    assert {view.deliveries[e.entry_id].status for e in view.entries if e.text in ("One", "Two")} == {
        DeliveryStatus.DELIVERED
    }
    assert desk.redis.exists(keys.lane(make_contact_id(number))) == 0


def test_a_request_half_told_is_finished_under_the_other_address(addresses: TwoAddresses) -> None:
    addresses.hear("hello, the app does not work", PHONE)
    addresses.hear("Emma Stone", SCOPED, also=PHONE)
    addresses.hear("/human", SCOPED)
    [row] = addresses.rows()
    assert (row.contact_name, len(addresses.texts(row.ticket_id))) == ("Emma Stone", 3)


def test_two_requests_half_told_lose_no_word(addresses: TwoAddresses) -> None:
    addresses.hear("hello, the app does not work since this morning", PHONE)
    addresses.hear("hello, the printer is broken since yesterday", SCOPED)
    addresses.hear("Emma Stone", SCOPED, also=PHONE)
    addresses.hear("/human", SCOPED)
    [row] = addresses.rows()
    story = addresses.desk.wiring.queries.ticket(row.ticket_id).ticket.details["description"].value
    assert "the app does not work" in story
    assert "the printer is broken" in story
    assert "hello, the app does not work since this morning" in addresses.texts(row.ticket_id)


def test_a_number_that_changed_hands_opens_nobody_elses_request(addresses: TwoAddresses) -> None:
    """Twilio says that a new person has the number: what was said before stays with whom it belongs to."""
    ticket_id = addresses.open(SCOPED, also=PHONE)
    other = addresses.open(SOMEBODY_ELSE, also=PHONE)
    assert other != ticket_id
    addresses.hear("this is the new owner of the number", PHONE)
    assert addresses.texts(other)[-1] == "this is the new owner of the number"
    assert "this is the new owner of the number" not in addresses.texts(ticket_id)


def test_a_number_first_known_alone_is_not_given_to_two_people(addresses: TwoAddresses) -> None:
    ticket_id = addresses.open(PHONE)
    addresses.hear("I am the first", SCOPED, also=PHONE)
    addresses.open(SOMEBODY_ELSE, also=PHONE)
    assert len(addresses.rows()) == 2
    assert SOMEBODY_ELSE not in addresses.desk.wiring.queries.ticket(ticket_id).contact.addresses


def test_being_introduced_twice_changes_nothing(addresses: TwoAddresses) -> None:
    first = addresses.open(PHONE)
    for _ in range(3):
        addresses.hear("still me, and it still does not work", SCOPED, also=PHONE)
    assert addresses.texts(first).count("still me, and it still does not work") == 3
