"""From WhatsApp to Telegram by a link, and back by a code: one request, one thread, in the customer's language."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.facts import Happened
from bot.ids import contact_id
from bot.inbound import Address, Inbound
from bot.thread import Author, Delivery
from channels.telegram.channel import Telegram
from sandbox.client import Phone
from store import keys
from store.agent import Role
from store.all_of_contact import everything
from tests.journeys.customers import COUNTRIES, HELLO, NAMES
from tests.journeys.house import House

ASK = {
    "en": ("I would like to continue on Telegram", "can we go on in WhatsApp please"),
    "fr": ("je préfère Telegram", "on peut continuer sur WhatsApp s’il vous plaît"),
    "es": ("prefiero continuar en Telegram", "quisiera seguir por WhatsApp por favor"),
}
WE_GO_ON = {"en": "We go on here.", "fr": "Nous continuons ici.", "es": "Seguimos aquí."}
AIM = {"en": "Next answer aimed for", "fr": "Prochaine réponse visée", "es": "Próxima respuesta prevista"}
OVER = {
    "en": "used before, or has expired",
    "fr": "a déjà servi, ou a expiré",
    "es": "ya se usó o ha caducado",
}
LANGUAGES = list(ASK)


class Person:
    """One customer with both apps, and the agent who answers them."""

    def __init__(self, house: House, locale: str = "en") -> None:
        self.house, self.locale = house, locale
        self.whatsapp: Phone = house.customer("whatsapp", NAMES[locale], country=COUNTRIES[locale])
        self.telegram: Phone = house.customer("telegram", NAMES[locale], language_code="en")
        self.telegram.change(has_started=True)
        self.ana = house.wiring.agents.add("Ana Costa", f"ana-{locale}", Role.AGENT).agent_id

    @property
    def chat(self) -> Address:
        return Address("telegram", str(self.telegram.person["telegram_id"]))

    def open(self, phone: Phone) -> str:
        """A request from that phone; its id."""
        self.house.say(phone, HELLO[self.locale])
        self.house.say(phone, "/human")
        [row] = self.house.wiring.queries.rows("open")
        return str(row.ticket_id)

    def link(self) -> str:
        """What opening the link on Telegram sends."""
        told = "\n".join(self.house.say(self.whatsapp, "/telegram"))
        found = re.search(r"https://t\.me/guichet_sandbox_bot\?start=(move-[\w-]+)", told)
        assert found, told
        return f"/start {found[1]}"

    def code(self) -> str:
        return code_in("\n".join(self.house.say(self.telegram, "/whatsapp")))

    def reply(self, ticket_id: str, text: str) -> None:
        self.house.wiring.desk.reply(ticket_id, self.ana, text)
        self.house.run_jobs()

    def heard(self, phone: Phone) -> list[str]:
        return [m["text"] for m in phone.messages() if m["from"] == "desk"]

    def thread(self, ticket_id: str) -> list[tuple[str, str]]:
        """What was written by people, and where."""
        entries = self.house.wiring.queries.ticket(ticket_id).entries
        return [(e.channel, e.text) for e in entries if e.author in (Author.CUSTOMER, Author.AGENT)]

    def moves(self, ticket_id: str) -> list[str]:
        facts = self.house.wiring.queries.ticket(ticket_id).ticket.facts
        return [fact.data["to"] for fact in facts if fact.kind is Happened.MOVED]


def code_in(text: str) -> str:
    found = re.search(r"\bM[A-Z0-9]{4}-[A-Z0-9]{5}\b", text)
    assert found, text
    return found[0]


def everything_kept(house: House) -> str:
    """All that lies in the store, as one text."""
    found = []
    for key in house.redis.scan_iter(count=1000):
        kind, name = house.redis.type(key).decode(), key.decode(errors="replace")
        read: dict[str, Callable[[], object]] = {
            "string": lambda key=key: house.redis.get(key),
            "hash": lambda key=key: house.redis.hgetall(key),
            "list": lambda key=key: house.redis.lrange(key, 0, -1),
            "stream": lambda key=key: house.redis.xrange(key),
        }
        found.append(f"{name} {read[kind]() if kind in read else ''}")
    return "\n".join(found)


@pytest.fixture
def person(house: House) -> Person:
    return Person(house)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_request_goes_on_in_telegram_and_comes_back(house: House, locale: str) -> None:
    person = Person(house, locale)
    ticket_id = person.open(person.whatsapp)
    number = house.wiring.queries.ticket(ticket_id).ticket.number
    offered = "\n".join(house.say(person.whatsapp, ASK[locale][0]))
    [token] = re.findall(r"https://t\.me/guichet_sandbox_bot\?start=([\w-]{1,64})\s*$", offered)
    [told] = house.say(person.telegram, f"/start {token}")
    assert told.startswith(WE_GO_ON[locale])
    assert f"#{number}" in told
    assert AIM[locale] in told
    before = person.heard(person.whatsapp)
    person.reply(ticket_id, "Here on Telegram")
    assert person.heard(person.telegram)[-1] == "Here on Telegram"
    assert person.heard(person.whatsapp) == before

    code = code_in("\n".join(house.say(person.telegram, ASK[locale][1])))
    [told] = house.say(person.whatsapp, code)
    assert told.startswith(WE_GO_ON[locale])
    assert f"#{number}" in told
    before = person.heard(person.telegram)
    person.reply(ticket_id, "Back on WhatsApp")
    assert person.heard(person.whatsapp)[-1] == "Back on WhatsApp"
    assert person.heard(person.telegram) == before

    assert [row.ticket_id for row in house.wiring.queries.rows("open")] == [ticket_id]
    assert person.moves(ticket_id) == ["telegram", "whatsapp"]
    assert person.thread(ticket_id)[-6:] == [
        ("whatsapp", ASK[locale][0]),
        ("telegram", "/start"),
        ("telegram", "Here on Telegram"),
        ("telegram", ASK[locale][1]),
        ("whatsapp", "•••"),
        ("whatsapp", "Back on WhatsApp"),
    ]
    assert {a.channel for a in house.wiring.queries.ticket(ticket_id).contact.addresses} == {
        "whatsapp", "telegram"
    }  # fmt: skip


@pytest.mark.parametrize("locale", LANGUAGES)
def test_it_begins_on_telegram_and_goes_on_in_whatsapp(house: House, locale: str) -> None:
    person = Person(house, locale)
    ticket_id = person.open(person.telegram)
    before = len(person.telegram.messages())
    code = code_in("\n".join(house.say(person.telegram, ASK[locale][1])))
    assert "https://wa.me/15005550006?text=" + code in str(person.telegram.messages()[before:])
    [told] = house.say(person.whatsapp, f" {code.lower().replace('-', ' ')} ")
    assert told.startswith(WE_GO_ON[locale])
    person.reply(ticket_id, "Here on WhatsApp")
    assert person.heard(person.whatsapp)[-1] == "Here on WhatsApp"
    assert len(house.wiring.queries.rows("open")) == 1


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_half_told_request_goes_on_at_the_same_question(house: House, locale: str) -> None:
    person = Person(house, locale)
    asked = house.say(person.whatsapp, HELLO[locale])[-1].splitlines()[-1]
    told = house.say(person.telegram, person.link())
    assert told[-1].splitlines()[0] == WE_GO_ON[locale]
    assert told[-1].splitlines()[-1] == asked
    house.say(person.telegram, NAMES[locale])
    house.say(person.telegram, "/human")
    [row] = house.wiring.queries.rows("open")
    assert row.contact_name == NAMES[locale]
    assert (row.channel, row.locale) == ("telegram", locale)
    assert ("whatsapp", HELLO[locale]) in person.thread(row.ticket_id)


def test_a_half_told_request_comes_back_by_code(person: Person) -> None:
    asked = person.house.say(person.telegram, HELLO["en"])[-1].splitlines()[-1]
    told = person.house.say(person.whatsapp, person.code())
    assert told[-1].splitlines()[-1] == asked


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_link_lets_one_person_through(house: House, locale: str) -> None:
    person = Person(house, locale)
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    house.say(person.telegram, link)
    stranger = house.customer("telegram", "Zoe", language_code=locale)
    assert OVER[locale] in "\n".join(house.say(stranger, link))
    person.reply(ticket_id, "Only for you")
    assert "Only for you" not in person.heard(stranger)
    assert "Only for you" in person.heard(person.telegram)


def test_a_code_lets_one_person_through(person: Person) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    person.house.say(person.whatsapp, code)
    stranger = person.house.customer("whatsapp", "Zoe", country="GB")
    assert OVER["en"] in "\n".join(person.house.say(stranger, code))
    person.reply(ticket_id, "Only for you")
    assert "Only for you" not in person.heard(stranger)
    assert len(person.house.wiring.queries.rows("open")) == 1


def test_the_same_person_may_open_it_again_and_nothing_is_doubled(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    for _ in range(3):
        [told] = person.house.say(person.telegram, link)
        assert told.startswith("We go on here.")
    assert person.moves(ticket_id) == ["telegram"]


@pytest.mark.parametrize("minutes", [30, 31, 600])
def test_after_half_an_hour_it_is_too_late(person: Person, minutes: int) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    inbound = Inbound("9001", person.chat, person.house.clock() + timedelta(minutes=minutes), text=link)
    person.house.wiring.desk.receive(inbound)
    person.house.run_jobs()
    assert OVER["en"] in person.heard(person.telegram)[-1]
    assert person.moves(ticket_id) == []


def test_one_opened_in_time_is_good_however_late_we_hear_of_it(person: Person) -> None:
    """The web was away for an hour, and Telegram told us again."""
    ticket_id = person.open(person.whatsapp)
    link, opened_at = person.link(), person.house.clock()
    person.house.clock.turn(minutes=70)
    person.house.wiring.desk.receive(Inbound("9001", person.chat, opened_at, text=link))
    assert person.moves(ticket_id) == ["telegram"]


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link[:-1] + ("A" if link[-1] != "A" else "B"),
        lambda link: link[:12] + ("A" if link[12] != "A" else "B") + link[13:],
        lambda link: link[:-20],
        lambda link: f"{link}A",
        lambda link: "/start move-",
        lambda link: "/start move-" + "é" * 40,
    ],
    ids=["its mark", "its name", "cut", "longer", "empty", "no letters of ours"],
)
def test_a_forged_link_opens_nothing(person: Person, change: Callable[[str], str]) -> None:
    ticket_id = person.open(person.whatsapp)
    forged = change(person.link())
    assert OVER["en"] in "\n".join(person.house.say(person.telegram, forged))
    assert person.moves(ticket_id) == []
    assert person.chat not in person.house.wiring.queries.ticket(ticket_id).contact.addresses


def test_a_link_of_another_desk_opens_nothing(person: Person) -> None:
    """Signed with another key."""
    person.open(person.whatsapp)
    link = person.link()
    person.house._variables["SECRET_KEY"] = "another secret of the tests, just as long as that one"
    person.house.open(person.house._policy)
    assert OVER["en"] in "\n".join(person.house.say(person.telegram, link))


def test_after_ten_wrong_codes_even_the_right_one_is_not_looked_at(person: Person) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    wrong = [f"M{a}777-77{b}77" for a in "34678" for b in "34"]
    for guess in wrong:
        [told] = person.house.say(person.whatsapp, guess)
        assert "I do not know that code" in told
    [told] = person.house.say(person.whatsapp, code)
    assert "too many codes" in told
    assert person.moves(ticket_id) == []
    person.house.clock.turn(minutes=16)
    assert any(told.startswith("We go on here.") for told in person.house.say(person.whatsapp, code))


def test_words_that_look_like_a_code_answer_the_agent_who_asked_for_them(person: Person) -> None:
    """A serial number, from somebody who has a request in hand."""
    ticket_id = person.open(person.whatsapp)
    person.reply(ticket_id, "What is the serial number?")
    assert person.house.say(person.whatsapp, "M777A-CDEFG") == []
    assert person.thread(ticket_id)[-1] == ("whatsapp", "M777A-CDEFG")


def test_no_link_and_no_code_lies_in_the_store_or_in_the_thread(person: Person) -> None:
    """Neither while it is good nor afterwards; the phones alone have it."""
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    token = link.removeprefix("/start move-")
    assert token not in everything_kept(person.house)
    person.house.say(person.telegram, link)
    code = person.code()
    person.house.say(person.whatsapp, code)
    kept = everything_kept(person.house)
    assert token not in kept
    assert code not in kept
    assert code.replace("-", "") not in kept
    view = person.house.wiring.queries.ticket(ticket_id)
    said = "\n".join(str(line) for e in view.entries if e.said for line in e.said.lines)
    assert "•••" in said
    assert token not in said


class Died(Exception):
    """The process was killed."""


def test_a_death_between_the_claim_and_the_merge_is_made_good_by_the_next_delivery(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    inbound = Inbound("9001", person.chat, person.house.clock(), text=person.link())
    passages = person.house.wiring.desk._passages
    assert passages.claim(inbound) is not None  # and no more than that
    assert person.moves(ticket_id) == []
    for _ in range(3):
        person.house.wiring.desk.receive(inbound)
    person.house.run_jobs()
    assert person.moves(ticket_id) == ["telegram"]
    assert len([t for t in person.heard(person.telegram) if t.startswith("We go on here.")]) == 1


def test_a_death_between_the_merge_and_the_record_is_made_good_too(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    inbound = Inbound("9001", person.chat, person.house.clock(), text=person.link())
    wiring = person.house.wiring
    claimed = replace(inbound, claimed=wiring.desk._passages.claim(inbound))

    def dies(_records: object) -> None:
        raise Died

    with pytest.raises(Died):
        wiring.desk._units.receive(contact_id(person.chat), claimed, dies)
    wiring.desk.receive(inbound)
    person.house.run_jobs()
    assert person.moves(ticket_id) == ["telegram"]
    assert person.heard(person.telegram)[-1].startswith("We go on here.")


def test_what_whatsapp_held_arrives_on_telegram_at_once(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    person.house.redis.set(
        keys.refused(ticket_id.partition("-")[0]), person.house.clock().isoformat()
    )  # WhatsApp says that its window is shut
    person.reply(ticket_id, "One")
    person.reply(ticket_id, "Two")
    view = person.house.wiring.queries.ticket(ticket_id)
    waiting = [view.deliveries[e.entry_id].status for e in view.entries if e.text in ("One", "Two")]
    assert waiting == [Delivery.HELD] * 2
    told = person.house.say(person.telegram, link)
    assert [text for text in told if text in ("One", "Two")] == ["One", "Two"]
    assert sum(text.startswith("We go on here.") for text in told) == 1
    assert not {"One", "Two"} & set(person.heard(person.whatsapp))


def test_what_telegram_had_not_taken_yet_goes_to_whatsapp(person: Person) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    person.house.sandbox.fault("rate_limit", channel="telegram", method="sendMessage", retry_after=60)
    person.reply(ticket_id, "It waits")
    assert "It waits" not in person.heard(person.telegram)
    told = person.house.say(person.whatsapp, code)
    assert "It waits" in told
    assert "It waits" not in person.heard(person.telegram)


def test_the_window_of_whatsapp_sets_no_deadline_any_more(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    assert person.house.wiring.queries.ticket(ticket_id).contact.window_closes_at is not None
    person.house.say(person.telegram, person.link())
    view = person.house.wiring.queries.ticket(ticket_id)
    assert view.contact.window_closes_at is None
    assert view.ticket.address == person.chat
    assert not any(deadline.is_by_window for deadline in view.deadlines)


def test_writing_in_the_old_app_brings_the_answers_back_there(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    person.house.say(person.telegram, person.link())
    person.house.say(person.whatsapp, "I am on this phone again, it still fails")
    person.reply(ticket_id, "As you like")
    assert person.heard(person.whatsapp)[-1] == "As you like"
    assert "As you like" not in person.heard(person.telegram)
    assert person.house.wiring.queries.ticket(ticket_id).ticket.address.channel == "whatsapp"


def test_two_requests_become_one_contacts_and_the_one_that_moved_goes_on(person: Person) -> None:
    first = person.open(person.whatsapp)
    person.house.say(person.telegram, HELLO["en"])
    person.house.say(person.telegram, "/human")
    [second] = {row.ticket_id for row in person.house.wiring.queries.rows("open")} - {first}
    number = person.house.wiring.queries.ticket(first).ticket.number
    link = person.link()
    [told] = person.house.say(person.telegram, link)
    assert "To join them with your conversation in WhatsApp" in told
    assert person.moves(first) == []
    assert person.chat not in person.house.wiring.queries.ticket(first).contact.addresses
    [told] = person.house.say(person.telegram, link)
    assert f"#{number}" in told
    person.house.say(person.telegram, "and here is one more thing about it")
    assert person.thread(first)[-1] == ("telegram", "and here is one more thing about it")
    assert [h.ticket_id for h in person.house.wiring.queries.ticket(first).contact.tickets] == [second]
    number_of_whatsapp = Address("whatsapp", str(person.whatsapp.person["number"]))
    assert everything(person.house.redis, person.chat) == everything(person.house.redis, number_of_whatsapp)


def test_an_erased_contact_leaves_no_way_in(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    contact = ticket_id.partition("-")[0]
    person.house.redis.delete(keys.contact(contact))
    assert OVER["en"] in "\n".join(person.house.say(person.telegram, link))


def test_a_desk_on_whatsapp_alone_says_so(house: House, person: Person) -> None:
    person.open(person.whatsapp)
    house._variables.update(TELEGRAM_BOT_TOKEN="", TELEGRAM_WEBHOOK_SECRET="", ALERTS="")
    house.open(house._policy)
    [told] = house.say(person.whatsapp, "/telegram")
    assert told == "I am sorry, we cannot be reached in Telegram. Let us go on here."


def test_who_asks_for_where_they_are_is_told_so(person: Person) -> None:
    person.open(person.telegram)
    assert person.house.say(person.telegram, "/telegram") == ["This is Telegram already: just write here."]


def test_while_telegram_does_not_tell_its_name_they_are_asked_to_come_again(
    house: House, person: Person
) -> None:
    person.open(person.whatsapp)
    house.sandbox.fault("error", channel="telegram", method="getMe")
    [told] = house.say(person.whatsapp, "/telegram")
    assert told == "I cannot make the link just now. Please ask again in a few minutes."
    assert isinstance(house.wiring.channels["telegram"], Telegram)
    assert person.link()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_an_agent_may_offer_it(house: House, locale: str) -> None:
    person = Person(house, locale)
    ticket_id = person.open(person.whatsapp)
    house.wiring.desk.offer_way(ticket_id, person.ana, "telegram")
    house.run_jobs()
    found = re.search(r"\?start=(move-[\w-]+)", person.heard(person.whatsapp)[-1])
    assert found
    [told] = house.say(person.telegram, f"/start {found[1]}")
    assert told.startswith(WE_GO_ON[locale])
