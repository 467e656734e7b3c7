"""After an outage: what Twilio has and we have not is found and taken, in order, once, and accounted for."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from sandbox.control_client import Phone, Sandbox
from store.integrity.twilio_reconciliation import Reconciliation, ReconciliationState
from tests.fixtures.alerted_managers import alerted
from tests.fixtures.sandbox_desk import House


class Desk:
    """A desk that has compared once, with customers whose requests are open."""

    def __init__(self, house: House, customers: int) -> None:
        self.house = house
        self.look()
        self.phones: list[Phone] = []
        self.tickets: dict[str, str] = {}
        for number in range(customers):
            phone = house.customer("whatsapp", f"Customer {number}", country="GB")
            house.say(phone, "hello, nothing works, I need a person")
            house.say(phone, "/human")
            rows = {row.ticket_id for row in house.wiring.queries.rows("open")}
            [self.tickets[phone.id]] = rows - set(self.tickets.values())
            self.phones.append(phone)
        self.pass_time(minutes=2)

    def pass_time(self, **length: float) -> None:
        seconds = timedelta(**length).total_seconds()
        self.house.clock.turn(seconds=seconds)
        self.house.sandbox.set_clock(advance_seconds=seconds)
        self.house.run_jobs()

    def look(self) -> ReconciliationState:
        self.house.wiring.chores["backfill"]()
        self.house.run_jobs()
        found = Reconciliation(self.house.redis).state()
        assert found is not None
        return found

    def down(self) -> None:
        self.house.sandbox.fault("webhook_down", channel="whatsapp", method="webhook", count=None)

    def texts(self, phone: Phone) -> list[str]:
        view = self.house.wiring.queries.ticket(self.tickets[phone.id])
        return [e.text for e in view.entries if e.author.value == "customer"][2:]


def test_ten_minutes_without_a_web_and_two_hundred_messages_lose_none(house: House) -> None:
    desk = Desk(house, 5)
    desk.down()
    sent_between: dict[str, tuple[datetime, datetime]] = {}
    for number in range(200):
        phone = desk.phones[number % 5]
        before = house.clock() - timedelta(seconds=1)  # Twilio's record has whole seconds
        phone.say(f"line {number}")
        sent_between[f"line {number}"] = (before, house.clock())
        house.sandbox.set_clock(advance_seconds=3)
        house.clock.turn(seconds=3)
    house.sandbox.clear_faults()
    desk.pass_time(seconds=60)
    desk.pass_time(seconds=60)
    for place, phone in enumerate(desk.phones):
        assert desk.texts(phone) == [f"line {number}" for number in range(place, 200, 5)]
        view = house.wiring.queries.ticket(desk.tickets[phone.id])
        for entry in view.entries:
            if entry.text in sent_between:
                earliest, latest = sent_between[entry.text]
                assert earliest <= entry.at <= latest
    account = desk.look()
    assert (account.recovered, account.lost, account.set_aside) == (200, 0, 0)


def test_nothing_is_taken_twice_however_often_it_is_compared(house: House) -> None:
    desk = Desk(house, 1)
    desk.down()
    desk.phones[0].say("while you were away")
    house.sandbox.clear_faults()
    desk.pass_time(minutes=1)
    for _ in range(3):
        desk.look()
    desk.phones[0].say("and now")
    desk.pass_time(hours=30)
    assert desk.texts(desk.phones[0]) == ["while you were away", "and now"]
    assert desk.look().recovered == 1


def test_what_was_sent_before_the_desk_began_is_left_alone(house: House) -> None:
    phone = house.customer("whatsapp", "Emma", country="GB")
    house.sandbox.fault("webhook_down", channel="whatsapp", method="webhook", count=None)
    phone.say("to whoever had this number before")
    house.sandbox.clear_faults()
    house.clock.turn(minutes=5)
    desk = Desk(house, 0)
    desk.pass_time(hours=30)
    desk.look()
    assert [m for m in phone.messages() if m["from"] == "desk"] == []


def test_a_message_that_is_still_on_its_way_is_not_fetched(house: House) -> None:
    desk = Desk(house, 1)
    desk.down()
    desk.phones[0].say("a moment ago")
    assert desk.look().recovered == 0
    desk.pass_time(minutes=1)
    assert desk.look().recovered == 1


def test_files_come_with_their_message(house: House) -> None:
    desk = Desk(house, 1)
    desk.down()
    desk.phones[0].say("the screen", files=[{"sample": "photo"}])
    house.sandbox.clear_faults()
    desk.pass_time(minutes=1)
    desk.look()
    entry = house.wiring.queries.ticket(desk.tickets[desk.phones[0].id]).entries[-1]
    assert (entry.text, entry.attachments[0].media_type) == ("the screen", "image/png")
    assert house.wiring.files.path(entry.attachments[0].file_id).is_file()


@pytest.mark.parametrize("kind", ["error", "html", "reset", "rate_limit"])
def test_a_record_that_cannot_be_read_is_read_the_next_time(house: House, kind: str) -> None:
    desk = Desk(house, 1)
    desk.down()
    desk.phones[0].say("while you were away")
    house.sandbox.clear_faults()
    desk.pass_time(seconds=40)
    before = Reconciliation(house.redis).state()
    house.sandbox.fault(kind, channel="whatsapp", method="Messages.list", status=500, retry_after=1)
    desk.look()
    if before and not desk.texts(desk.phones[0]):
        assert Reconciliation(house.redis).state() == before, "nothing is claimed that was not compared"
    desk.pass_time(minutes=2)
    assert desk.texts(desk.phones[0]) == ["while you were away"]


def test_a_store_that_was_away_while_they_wrote_is_made_good(house: House) -> None:
    """The clock itself had stopped; at its first sweep the comparison reaches back to the last one."""
    desk = Desk(house, 1)
    desk.down()
    desk.phones[0].say("nobody there?")
    house.sandbox.clear_faults()
    house.clock.turn(hours=7)
    house.sandbox.set_clock(advance_seconds=7 * 3600)
    house.run_jobs()
    assert desk.texts(desk.phones[0]) == ["nobody there?"]


def test_a_message_without_a_webhook_from_somebody_new_begins_a_conversation(house: House) -> None:
    desk = Desk(house, 0)
    desk.down()
    phone = house.customer("whatsapp", "Emma", country="GB")
    phone.say("hello, the app does not work")
    house.sandbox.clear_faults()
    desk.pass_time(minutes=1)
    desk.look()
    assert any("name" in str(m["text"]) for m in phone.messages() if m["from"] == "desk")


def test_the_figures_tell_that_none_is_lost(house: House) -> None:
    Desk(house, 0).look()
    told = {name: value for name, _, _, value in house.wiring.figures()}
    assert told["guichet_messages_lost"] == 0
    assert told["guichet_messages_recovered_total"] == 0


def test_what_managers_write_is_known_too(
    redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path
) -> None:
    number = "+351961000000"
    manager = alerted(redis, redis_url, Sandbox(sandbox_url), tmp_path, ALERTS=f"whatsapp:{number}")
    desk = Desk(manager.house, 0)
    phone = manager.whatsapp_manager(number)
    manager.say(phone, "what is going on?")
    desk.pass_time(minutes=2)
    account = desk.look()
    assert (account.recovered, account.lost) == (0, 0)
    manager.house.close()
