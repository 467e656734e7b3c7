"""Links and codes to the other app that are forged, late, passed on or guessed, and processes that die halfway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages.inbound import Inbound
from store import keys
from tests.fixtures.crash import ProcessKilled
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.two_channel_customer import LANGUAGES, OVER, TwoChannelCustomer


@pytest.fixture
def person(desk: SandboxDesk) -> TwoChannelCustomer:
    return TwoChannelCustomer(desk)


def everything_kept(desk: SandboxDesk) -> str:
    """All that lies in the store, as one text."""
    found = []
    for key in desk.redis.scan_iter(count=1000):
        kind, name = desk.redis.type(key).decode(), key.decode(errors="replace")
        read: dict[str, Callable[[], object]] = {
            "string": lambda key=key: desk.redis.get(key),
            "hash": lambda key=key: desk.redis.hgetall(key),
            "list": lambda key=key: desk.redis.lrange(key, 0, -1),
            "stream": lambda key=key: desk.redis.xrange(key),
        }
        found.append(f"{name} {read[kind]() if kind in read else ''}")
    return "\n".join(found)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_link_lets_one_person_through(desk: SandboxDesk, locale: str) -> None:
    person = TwoChannelCustomer(desk, locale)
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    desk.say(person.telegram, link)
    stranger = desk.phone("telegram", "Zoe", language_code=locale)
    assert OVER[locale] in "\n".join(desk.say(stranger, link))
    person.reply(ticket_id, "Only for you")
    assert "Only for you" not in person.heard(stranger)
    assert "Only for you" in person.heard(person.telegram)


def test_a_code_lets_one_person_through(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    person.desk.say(person.whatsapp, code)
    stranger = person.desk.phone("whatsapp", "Zoe", country="GB")
    assert OVER["en"] in "\n".join(person.desk.say(stranger, code))
    person.reply(ticket_id, "Only for you")
    assert "Only for you" not in person.heard(stranger)
    assert len(person.desk.wiring.queries.rows("open")) == 1


def test_the_same_person_may_open_it_again_and_nothing_is_doubled(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    for _ in range(3):
        [told] = person.desk.say(person.telegram, link)
        assert told.startswith("Let’s continue here.")
    assert person.moves(ticket_id) == ["telegram"]


@pytest.mark.parametrize("minutes", [30, 31, 600])
def test_after_half_an_hour_it_is_too_late(person: TwoChannelCustomer, minutes: int) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    inbound = Inbound("9001", person.chat, person.desk.clock() + timedelta(minutes=minutes), text=link)
    person.desk.wiring.desk.receive(inbound)
    person.desk.run_jobs()
    assert OVER["en"] in person.heard(person.telegram)[-1]
    assert person.moves(ticket_id) == []


def test_one_opened_in_time_is_good_however_late_we_hear_of_it(person: TwoChannelCustomer) -> None:
    """The web was away for an hour, and Telegram told us again."""
    ticket_id = person.open(person.whatsapp)
    link, opened_at = person.link(), person.desk.clock()
    person.desk.clock.advance(minutes=70)
    person.desk.wiring.desk.receive(Inbound("9001", person.chat, opened_at, text=link))
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
def test_a_forged_link_opens_nothing(person: TwoChannelCustomer, change: Callable[[str], str]) -> None:
    ticket_id = person.open(person.whatsapp)
    forged = change(person.link())
    assert OVER["en"] in "\n".join(person.desk.say(person.telegram, forged))
    assert person.moves(ticket_id) == []
    assert person.chat not in person.desk.wiring.queries.ticket(ticket_id).contact.addresses


def test_a_link_of_another_desk_opens_nothing(person: TwoChannelCustomer) -> None:
    """Signed with another key."""
    person.open(person.whatsapp)
    link = person.link()
    person.desk.environment["SECRET_KEY"] = "another secret of the tests, just as long as that one"
    person.desk.restart()
    assert OVER["en"] in "\n".join(person.desk.say(person.telegram, link))


def test_after_ten_wrong_codes_even_the_right_one_is_not_looked_at(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.telegram)
    code = person.code()
    wrong = [f"M{a}777-77{b}77" for a in "34678" for b in "34"]
    for guess in wrong:
        [told] = person.desk.say(person.whatsapp, guess)
        assert "I don’t know that code" in told
    [told] = person.desk.say(person.whatsapp, code)
    assert "Too many codes" in told
    assert person.moves(ticket_id) == []
    person.desk.clock.advance(minutes=16)
    assert any(told.startswith("Let’s continue here.") for told in person.desk.say(person.whatsapp, code))


def test_words_that_look_like_a_code_answer_the_agent_who_asked_for_them(person: TwoChannelCustomer) -> None:
    """A serial number, from somebody who has a request in hand."""
    ticket_id = person.open(person.whatsapp)
    person.reply(ticket_id, "What is the serial number?")
    assert person.desk.say(person.whatsapp, "M777A-CDEFG") == []
    assert person.thread(ticket_id)[-1] == ("whatsapp", "M777A-CDEFG")


def test_no_link_and_no_code_lies_in_the_store_or_in_the_thread(person: TwoChannelCustomer) -> None:
    """Neither while it is good nor afterwards; the phones alone have it."""
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    token = link.removeprefix("/start move-")
    assert token not in everything_kept(person.desk)
    person.desk.say(person.telegram, link)
    code = person.code()
    person.desk.say(person.whatsapp, code)
    kept = everything_kept(person.desk)
    assert token not in kept
    assert code not in kept
    assert code.replace("-", "") not in kept
    view = person.desk.wiring.queries.ticket(ticket_id)
    said = "\n".join(str(line) for e in view.entries if e.said for line in e.said.lines)
    assert "•••" in said
    assert token not in said


def test_a_death_between_the_claim_and_the_merge_is_made_good_by_the_next_delivery(
    person: TwoChannelCustomer,
) -> None:
    ticket_id = person.open(person.whatsapp)
    inbound = Inbound("9001", person.chat, person.desk.clock(), text=person.link())
    passages = person.desk.wiring.desk._switch_links
    assert passages.claim(inbound) is not None  # and no more than that
    assert person.moves(ticket_id) == []
    for _ in range(3):
        person.desk.wiring.desk.receive(inbound)
    person.desk.run_jobs()
    assert person.moves(ticket_id) == ["telegram"]
    assert len([t for t in person.heard(person.telegram) if t.startswith("Let’s continue here.")]) == 1


def test_a_death_between_the_merge_and_the_record_is_made_good_too(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    inbound = Inbound("9001", person.chat, person.desk.clock(), text=person.link())
    wiring = person.desk.wiring
    claimed = replace(inbound, claimed=wiring.desk._switch_links.claim(inbound))

    def dies(_records: object) -> None:
        raise ProcessKilled

    with pytest.raises(ProcessKilled):
        wiring.desk._units.receive(claimed, dies)
    wiring.desk.receive(inbound)
    person.desk.run_jobs()
    assert person.moves(ticket_id) == ["telegram"]
    assert person.heard(person.telegram)[-1].startswith("Let’s continue here.")


def test_an_erased_contact_leaves_no_way_in(person: TwoChannelCustomer) -> None:
    ticket_id = person.open(person.whatsapp)
    link = person.link()
    contact = ticket_id.partition("-")[0]
    person.desk.redis.delete(keys.contact(contact))
    assert OVER["en"] in "\n".join(person.desk.say(person.telegram, link))
