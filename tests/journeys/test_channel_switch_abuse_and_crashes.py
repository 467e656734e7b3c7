"""Links and codes to the other app that are forged, late, passed on or guessed, and processes that die halfway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Inbound
from store import keys
from tests.fixtures.sandbox_desk import House
from tests.fixtures.two_channel_customer import LANGUAGES, OVER, Person


@pytest.fixture
def person(house: House) -> Person:
    return Person(house)


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
    passages = person.house.wiring.desk._switch_links
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
    claimed = replace(inbound, claimed=wiring.desk._switch_links.claim(inbound))

    def dies(_records: object) -> None:
        raise Died

    with pytest.raises(Died):
        wiring.desk._units.receive(make_contact_id(person.chat), claimed, dies)
    wiring.desk.receive(inbound)
    person.house.run_jobs()
    assert person.moves(ticket_id) == ["telegram"]
    assert person.heard(person.telegram)[-1].startswith("We go on here.")


def test_an_erased_contact_leaves_no_way_in(person: Person) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    contact = ticket_id.partition("-")[0]
    person.house.redis.delete(keys.contact(contact))
    assert OVER["en"] in "\n".join(person.house.say(person.telegram, link))
