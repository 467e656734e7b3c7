"""After an outage: what Twilio has and we have not is found and taken, in order, once, and accounted for."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from sandbox.control_client import Phone, Sandbox
from store.integrity.twilio_reconciliation import Reconciliation, ReconciliationState
from tests.fixtures.alerted_managers import AlertingDesk
from tests.fixtures.sandbox_desk import SandboxDesk


class BackfilledDesk:
    """A desk that has compared once, with customers whose requests are open."""

    def __init__(self, desk: SandboxDesk, customers: int) -> None:
        self.desk = desk
        self.look()
        self.phones: list[Phone] = []
        self.tickets: dict[str, str] = {}
        for number in range(customers):
            phone = desk.phone("whatsapp", f"Customer {number}", country="GB")
            desk.say(phone, "hello, nothing works, I need a person")
            desk.say(phone, "/human")
            rows = {row.ticket_id for row in desk.wiring.queries.rows("open")}
            [self.tickets[phone.id]] = rows - set(self.tickets.values())
            self.phones.append(phone)
        self.pass_time(minutes=2)

    def pass_time(self, **length: float) -> None:
        seconds = timedelta(**length).total_seconds()
        self.desk.clock.advance(seconds=seconds)
        self.desk.sandbox.set_clock(advance_seconds=seconds)
        self.desk.run_jobs()

    def look(self) -> ReconciliationState:
        self.desk.wiring.chores["backfill"]()
        self.desk.run_jobs()
        found = Reconciliation(self.desk.redis).state()
        assert found is not None
        return found

    def down(self) -> None:
        self.desk.sandbox.fault("webhook_down", channel="whatsapp", method="webhook", count=None)

    def texts(self, phone: Phone) -> list[str]:
        view = self.desk.wiring.queries.ticket(self.tickets[phone.id])
        return [e.text for e in view.entries if e.author.value == "customer"][2:]


def test_ten_minutes_without_a_web_and_two_hundred_messages_lose_none(desk: SandboxDesk) -> None:
    backfill = BackfilledDesk(desk, 5)
    backfill.down()
    sent_between: dict[str, tuple[datetime, datetime]] = {}
    for number in range(200):
        phone = backfill.phones[number % 5]
        before = desk.clock() - timedelta(seconds=1)  # Twilio's record has whole seconds
        phone.say(f"line {number}")
        sent_between[f"line {number}"] = (before, desk.clock())
        desk.sandbox.set_clock(advance_seconds=3)
        desk.clock.advance(seconds=3)
    desk.sandbox.clear_faults()
    backfill.pass_time(seconds=60)
    backfill.pass_time(seconds=60)
    for place, phone in enumerate(backfill.phones):
        assert backfill.texts(phone) == [f"line {number}" for number in range(place, 200, 5)]
        view = desk.wiring.queries.ticket(backfill.tickets[phone.id])
        for entry in view.entries:
            if entry.text in sent_between:
                earliest, latest = sent_between[entry.text]
                assert earliest <= entry.at <= latest
    account = backfill.look()
    assert (account.recovered, account.lost, account.set_aside) == (200, 0, 0)


def test_nothing_is_taken_twice_however_often_it_is_compared(desk: SandboxDesk) -> None:
    backfill = BackfilledDesk(desk, 1)
    backfill.down()
    backfill.phones[0].say("while you were away")
    desk.sandbox.clear_faults()
    backfill.pass_time(minutes=1)
    for _ in range(3):
        backfill.look()
    backfill.phones[0].say("and now")
    backfill.pass_time(hours=30)
    assert backfill.texts(backfill.phones[0]) == ["while you were away", "and now"]
    assert backfill.look().recovered == 1


def test_what_was_sent_before_the_desk_began_is_left_alone(desk: SandboxDesk) -> None:
    phone = desk.phone("whatsapp", "Emma", country="GB")
    desk.sandbox.fault("webhook_down", channel="whatsapp", method="webhook", count=None)
    phone.say("to whoever had this number before")
    desk.sandbox.clear_faults()
    desk.clock.advance(minutes=5)
    backfill = BackfilledDesk(desk, 0)
    backfill.pass_time(hours=30)
    backfill.look()
    assert [m for m in phone.messages() if m["from"] == "desk"] == []


def test_a_message_that_is_still_on_its_way_is_not_fetched(desk: SandboxDesk) -> None:
    backfill = BackfilledDesk(desk, 1)
    backfill.down()
    backfill.phones[0].say("a moment ago")
    assert backfill.look().recovered == 0
    backfill.pass_time(minutes=1)
    assert backfill.look().recovered == 1


def test_files_come_with_their_message(desk: SandboxDesk) -> None:
    backfill = BackfilledDesk(desk, 1)
    backfill.down()
    backfill.phones[0].say("the screen", files=[{"sample": "photo"}])
    desk.sandbox.clear_faults()
    backfill.pass_time(minutes=1)
    backfill.look()
    entry = desk.wiring.queries.ticket(backfill.tickets[backfill.phones[0].id]).entries[-1]
    assert (entry.text, entry.attachments[0].media_type) == ("the screen", "image/png")
    assert desk.wiring.files.path(entry.attachments[0].file_id).is_file()


@pytest.mark.parametrize("kind", ["error", "html", "reset", "rate_limit"])
def test_a_record_that_cannot_be_read_is_read_the_next_time(desk: SandboxDesk, kind: str) -> None:
    backfill = BackfilledDesk(desk, 1)
    backfill.down()
    backfill.phones[0].say("while you were away")
    desk.sandbox.clear_faults()
    backfill.pass_time(seconds=40)
    before = Reconciliation(desk.redis).state()
    desk.sandbox.fault(kind, channel="whatsapp", method="Messages.list", status=500, retry_after=1)
    backfill.look()
    if before and not backfill.texts(backfill.phones[0]):
        assert Reconciliation(desk.redis).state() == before, "nothing is claimed that was not compared"
    backfill.pass_time(minutes=2)
    assert backfill.texts(backfill.phones[0]) == ["while you were away"]


def test_a_store_that_was_away_while_they_wrote_is_made_good(desk: SandboxDesk) -> None:
    """The clock itself had stopped; at its first sweep the comparison reaches back to the last one."""
    backfill = BackfilledDesk(desk, 1)
    backfill.down()
    backfill.phones[0].say("nobody there?")
    desk.sandbox.clear_faults()
    desk.clock.advance(hours=7)
    desk.sandbox.set_clock(advance_seconds=7 * 3600)
    desk.run_jobs()
    assert backfill.texts(backfill.phones[0]) == ["nobody there?"]


def test_a_message_without_a_webhook_from_somebody_new_begins_a_conversation(desk: SandboxDesk) -> None:
    backfill = BackfilledDesk(desk, 0)
    backfill.down()
    phone = desk.phone("whatsapp", "Emma", country="GB")
    phone.say("hello, the app does not work")
    desk.sandbox.clear_faults()
    backfill.pass_time(minutes=1)
    backfill.look()
    assert any("name" in str(m["text"]) for m in phone.messages() if m["from"] == "desk")


def test_the_figures_tell_that_none_is_lost(desk: SandboxDesk) -> None:
    BackfilledDesk(desk, 0).look()
    told = {name: value for name, _, _, value in desk.wiring.figures()}
    assert told["guichet_messages_lost"] == 0
    assert told["guichet_messages_recovered_total"] == 0


def test_what_managers_write_is_known_too(
    redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path
) -> None:
    number = "+351961000000"
    manager = AlertingDesk(redis, redis_url, Sandbox(sandbox_url), tmp_path, ALERTS=f"whatsapp:{number}")
    backfill = BackfilledDesk(manager, 0)
    phone = manager.whatsapp_manager(number)
    manager.say_as_manager(phone, "what is going on?")
    backfill.pass_time(minutes=2)
    account = backfill.look()
    assert (account.recovered, account.lost) == (0, 0)
    manager.close()
