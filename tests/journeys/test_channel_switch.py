"""From WhatsApp to Telegram by a link, and back by a code: one request, one thread, in the customer's language."""

import re

import pytest

from bot.messages.inbound import Address
from bot.messages.thread import DeliveryStatus
from store import keys
from store.contacts.personal_data import load_contact_data
from tests.fixtures.customer import HELLO, NAMES
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.two_channel_customer import AIM, ASK, LANGUAGES, WE_GO_ON, TwoChannelCustomer, code_in


@pytest.fixture
def person(desk: SandboxDesk) -> TwoChannelCustomer:
    return TwoChannelCustomer(desk)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_request_goes_on_in_telegram_and_comes_back(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    ticket_id = person.open(person.whatsapp)
    number = desk.wiring.queries.ticket(ticket_id).ticket.number
    offered = "\n".join(desk.say(person.whatsapp, ASK[locale][0]))
    [token] = re.findall(r"https://t\.me/guichet_sandbox_bot\?start=([\w-]{1,64})\s*$", offered)
    [told] = desk.say(person.telegram, f"/start {token}")
    assert told.startswith(WE_GO_ON[locale])
    assert f"#{number}" in told
    assert AIM[locale] in told
    before = person.heard(person.whatsapp)
    person.reply(ticket_id, "Here on Telegram")
    assert person.heard(person.telegram)[-1] == "Here on Telegram"
    assert person.heard(person.whatsapp) == before

    code = code_in("\n".join(desk.say(person.telegram, ASK[locale][1])))
    [told] = desk.say(person.whatsapp, code)
    assert told.startswith(WE_GO_ON[locale])
    assert f"#{number}" in told
    before = person.heard(person.telegram)
    person.reply(ticket_id, "Back on WhatsApp")
    assert person.heard(person.whatsapp)[-1] == "Back on WhatsApp"
    assert person.heard(person.telegram) == before

    assert [row.ticket_id for row in desk.wiring.queries.rows("open")] == [ticket_id]
    assert person.moves(ticket_id) == ["telegram", "whatsapp"]
    assert person.thread(ticket_id)[-6:] == [
        ("whatsapp", ASK[locale][0]),
        ("telegram", "/start"),
        ("telegram", "Here on Telegram"),
        ("telegram", ASK[locale][1]),
        ("whatsapp", "•••"),
        ("whatsapp", "Back on WhatsApp"),
    ]
    assert {a.channel for a in desk.wiring.queries.ticket(ticket_id).contact.addresses} == {
        "whatsapp", "telegram"
    }  # fmt: skip


@pytest.mark.parametrize("locale", LANGUAGES)
def test_it_begins_on_telegram_and_goes_on_in_whatsapp(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    ticket_id = person.open(person.telegram)
    before = len(person.telegram.messages())
    code = code_in("\n".join(desk.say(person.telegram, ASK[locale][1])))
    assert "https://wa.me/15005550006?text=" + code in str(person.telegram.messages()[before:])
    [told] = desk.say(person.whatsapp, f" {code.lower().replace('-', ' ')} ")
    assert told.startswith(WE_GO_ON[locale])
    person.reply(ticket_id, "Here on WhatsApp")
    assert person.heard(person.whatsapp)[-1] == "Here on WhatsApp"
    assert len(desk.wiring.queries.rows("open")) == 1


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_half_told_request_goes_on_at_the_same_question(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    asked = desk.say(person.whatsapp, HELLO[locale])[-1].splitlines()[-1]
    told = desk.say(person.telegram, person.link())
    assert told[-1].splitlines()[0] == WE_GO_ON[locale]
    assert told[-1].splitlines()[-1] == asked
    desk.say(person.telegram, NAMES[locale])
    desk.say(person.telegram, "/human")
    [row] = desk.wiring.queries.rows("open")
    assert row.contact_name == NAMES[locale]
    assert (row.channel, row.locale) == ("telegram", locale)
    assert ("whatsapp", HELLO[locale]) in person.thread(row.ticket_id)


def test_a_half_told_request_comes_back_by_code(person: TwoChannelCustomer) -> None:
    asked = person.desk.say(person.telegram, HELLO["en"])[-1].splitlines()[-1]
    told = person.desk.say(person.whatsapp, person.code())
    assert told[-1].splitlines()[-1] == asked


def test_what_whatsapp_held_arrives_on_telegram_at_once(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    person.desk.redis.set(
        keys.window_closed_at(ticket_id.partition("-")[0]), person.desk.clock().isoformat()
    )  # WhatsApp says that its window is shut
    person.reply(ticket_id, "One")
    person.reply(ticket_id, "Two")
    view = person.desk.wiring.queries.ticket(ticket_id)
    waiting = [view.deliveries[e.entry_id].status for e in view.entries if e.text in ("One", "Two")]
    assert waiting == [DeliveryStatus.HELD] * 2
    told = person.desk.say(person.telegram, link)
    assert [text for text in told if text in ("One", "Two")] == ["One", "Two"]
    assert sum(text.startswith("Let’s continue here.") for text in told) == 1
    assert not {"One", "Two"} & set(person.heard(person.whatsapp))


def test_what_telegram_had_not_taken_yet_goes_to_whatsapp(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    person.desk.sandbox.fault("rate_limit", channel="telegram", method="sendMessage", retry_after=60)
    person.reply(ticket_id, "It waits")
    assert "It waits" not in person.heard(person.telegram)
    told = person.desk.say(person.whatsapp, code)
    assert "It waits" in told
    assert "It waits" not in person.heard(person.telegram)


def test_the_window_of_whatsapp_is_over_and_no_deadline_moves(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    before = person.desk.wiring.queries.ticket(ticket_id)
    assert before.contact.window_closes_at is not None
    person.desk.say(person.telegram, person.link())
    view = person.desk.wiring.queries.ticket(ticket_id)
    assert view.contact.window_closes_at is None
    assert view.ticket.address == person.chat
    assert [d.due_at for d in view.deadlines] == [d.due_at for d in before.deadlines]


def test_writing_in_the_old_app_brings_the_answers_back_there(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    person.desk.say(person.telegram, person.link())
    person.desk.say(person.whatsapp, "I am on this phone again, it still fails")
    person.reply(ticket_id, "As you like")
    assert person.heard(person.whatsapp)[-1] == "As you like"
    assert "As you like" not in person.heard(person.telegram)
    assert person.desk.wiring.queries.ticket(ticket_id).ticket.address.channel == "whatsapp"


def test_two_requests_become_one_contacts_and_the_one_that_moved_goes_on(person: TwoChannelCustomer) -> None:
    first = person.open(person.whatsapp)
    person.desk.say(person.telegram, HELLO["en"])
    person.desk.say(person.telegram, "/human")
    [second] = {row.ticket_id for row in person.desk.wiring.queries.rows("open")} - {first}
    number = person.desk.wiring.queries.ticket(first).ticket.number
    link = person.link()
    [told] = person.desk.say(person.telegram, link)
    assert "To combine them with WhatsApp" in told
    assert person.moves(first) == []
    assert person.chat not in person.desk.wiring.queries.ticket(first).contact.addresses
    [told] = person.desk.say(person.telegram, link)
    assert f"#{number}" in told
    person.desk.say(person.telegram, "and here is one more thing about it")
    assert person.thread(first)[-1] == ("telegram", "and here is one more thing about it")
    assert [h.ticket_id for h in person.desk.wiring.queries.ticket(first).contact.tickets] == [second]
    number_of_whatsapp = Address("whatsapp", str(person.whatsapp.person["number"]))
    redis, archive = person.desk.redis, person.desk.wiring.archive
    assert load_contact_data(redis, person.chat, archive) == load_contact_data(
        redis, number_of_whatsapp, archive
    )


def test_a_desk_on_whatsapp_alone_says_so(desk: SandboxDesk, person: TwoChannelCustomer) -> None:
    person.open(person.whatsapp)
    desk.environment.update(TELEGRAM_BOT_TOKEN="", TELEGRAM_WEBHOOK_SECRET="", ALERTS="")
    desk.restart()
    [told] = desk.say(person.whatsapp, "/telegram")
    assert told == "Sorry, you can’t reach us on Telegram. Let’s continue here."


def test_who_asks_for_where_they_are_is_told_so(person: TwoChannelCustomer) -> None:
    person.open(person.telegram)
    assert person.desk.say(person.telegram, "/telegram") == ["You’re already on Telegram: just write here."]


def test_while_telegram_does_not_tell_its_name_they_are_asked_to_come_again(
    desk: SandboxDesk, person: TwoChannelCustomer
) -> None:
    person.open(person.whatsapp)
    desk.sandbox.fault("error", channel="telegram", method="getMe")
    [told] = desk.say(person.whatsapp, "/telegram")
    assert told == "I can’t make the link right now. Please ask again in a few minutes."
    assert person.link()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_an_agent_may_offer_it(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    ticket_id = person.open(person.whatsapp)
    desk.wiring.desk.act(ticket_id, "offer_telegram", person.ana)
    desk.run_jobs()
    found = re.search(r"\?start=(move-[\w-]+)", person.heard(person.whatsapp)[-1])
    assert found
    [told] = desk.say(person.telegram, f"/start {found[1]}")
    assert told.startswith(WE_GO_ON[locale])


@pytest.mark.parametrize("is_back", [False, True], ids=["in the other app", "in the same app"])
def test_a_template_that_waits_is_dropped_once_they_write(person: TwoChannelCustomer, is_back: bool) -> None:
    """Twilio had no time for it, and what it would have asked for has happened."""
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    person.desk.redis.set(keys.window_closed_at(ticket_id.partition("-")[0]), person.desk.clock().isoformat())
    person.desk.sandbox.fault("rate_limit", channel="whatsapp", method="Messages.create", retry_after=60)
    person.reply(ticket_id, "One")
    told = (
        person.desk.say(person.whatsapp, "still here") if is_back else person.desk.say(person.telegram, link)
    )
    assert is_back or "One" in told
    person.desk.sandbox.clear_faults()
    person.desk.clock.advance(minutes=20)
    person.desk.run_jobs()
    heard = person.heard(person.whatsapp)
    assert ("One" in heard) is is_back
    assert not [text for text in heard if "There’s an answer to your request" in text]
    view = person.desk.wiring.queries.ticket(ticket_id)
    [template] = [entry for entry in view.deliveries.values() if entry.approved]
    assert (template.status, template.reason) == (DeliveryStatus.FAILED, "not_needed")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_help_names_the_other_app_where_the_desk_has_it(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    desk.say(person.whatsapp, HELLO[locale])
    desk.say(person.telegram, HELLO[locale])
    assert "/telegram" in "\n".join(desk.say(person.whatsapp, "/help"))
    told = "\n".join(desk.say(person.telegram, "/help"))
    assert f"/whatsapp{chr(0x202F) if locale == 'fr' else ''}:" in told
    assert "/telegram" not in told
