"""Customers ask what we have about them, and to have it deleted, in three languages on both channels."""

import pytest

from bot.messages.inbound import Address
from store.contacts.personal_data import load_contact_data
from tests.fixtures.customer import STORY, Customer
from tests.fixtures.sandbox_desk import SandboxDesk

WORDS = {
    "en": ("what do you have about me?", "please delete my data", "yes please", "your data", "keep my data"),
    "fr": ("quelles données avez-vous sur moi ?", "supprimez mes données", "oui", "vos données", "gardez mes données"),
    "es": ("¿qué datos tienen sobre mí?", "borren mis datos", "sí, por favor", "sus datos", "conserven mis datos"),
}  # fmt: skip


@pytest.fixture(params=[("en", "whatsapp"), ("fr", "telegram"), ("es", "whatsapp")], ids="-".join)
def customer(request: pytest.FixtureRequest, desk: SandboxDesk) -> Customer:
    customer = Customer(desk, *request.param)
    customer.ask_for_agent(STORY[customer.locale])
    return customer


def notes(customer: Customer) -> list[str]:
    browser = customer.desk.browser(customer.desk.agent("Ana Costa"))
    shown = browser.get(f"/inbox/api/tickets/{customer.ticket_id}").get_json()["ticket"]["items"]
    return [each["text"] for each in shown if each.get("author") == "note"]


def test_they_read_what_we_have_and_have_it_deleted(customer: Customer) -> None:
    ask, erase, yes, told, _ = WORDS[customer.locale]
    ticket = customer.view.ticket
    copy = customer.say(ask)
    assert ticket.number in copy
    assert STORY[customer.locale] in copy
    assert ("WhatsApp" if customer.channel == "whatsapp" else "Telegram") in copy
    customer.say(erase)
    customer.say(yes)
    assert told in customer.say(yes)
    assert "delete their data" in notes(customer)[-1]
    assert customer.view.contact.erasure_due_at
    customer.desk.pass_time(days=7, minutes=5)
    assert customer.desk.wiring.queries.rows("open") == []
    assert told not in customer.say(STORY[customer.locale]), "they're a new customer"


def test_they_change_their_mind(customer: Customer) -> None:
    _, erase, yes, told, keep = WORDS[customer.locale]
    for words in (erase, yes, yes):
        customer.say(words)
    assert told in customer.say(keep)
    assert "changed their mind" in notes(customer)[-1]
    customer.desk.pass_time(days=8)
    found = load_contact_data(
        customer.desk.redis, Address.parse(customer.address), customer.desk.wiring.archive
    )
    assert found.conversation.erasure is None
    assert [row.ticket_id for row in customer.desk.wiring.queries.rows("open")] == [customer.ticket_id]
