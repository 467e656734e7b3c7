"""An answer on its way through every kind of trouble: it arrives once, or the agent reads why not."""

from dataclasses import replace

import pytest

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import DeliveryStatus, OutboxEntry
from sandbox import credentials
from sandbox.control_client import Phone
from store.agents.agent import Role
from store.outbox.outbox import Outbox
from tests.fixtures.sandbox_desk import House


class Desk:
    """A customer on WhatsApp with a request, and an agent."""

    def __init__(self, house: House, channel: str = "whatsapp") -> None:
        self.house = house
        details = {"country": "GB"} if channel == "whatsapp" else {"language_code": "en"}
        self.phone: Phone = house.customer(channel, "Emma", **details)
        self.ana = house.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
        house.say(self.phone, "hello, nothing works, I need a person")
        house.say(self.phone, "/human")
        self.ticket_id = house.wiring.queries.rows("open")[0].ticket_id
        house.sandbox.ask("DELETE", "/control/calls")

    def trouble(self, kind: str, method: str = "Messages.create", **details: object) -> None:
        self.house.sandbox.fault(kind, channel="whatsapp", method=method, **details)

    def reply(self, text: str) -> OutboxEntry:
        self.house.wiring.desk.act(self.ticket_id, "reply", self.ana, text=text)
        self.house.run_jobs()
        return self.last()

    def last(self) -> OutboxEntry:
        view = self.house.wiring.queries.ticket(self.ticket_id)
        return view.deliveries[view.entries[-1].entry_id]

    def heard(self, text: str) -> int:
        return [m["text"] for m in self.phone.messages() if m["from"] == "desk"].count(text)

    def calls(self, name: str = "Messages.create") -> list[dict[str, object]]:
        return [call for call in self.house.sandbox.calls(name=name) if call["direction"] == "asked"]


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


@pytest.mark.parametrize("kind", ["drop", "hang", "reset"])
def test_a_send_that_nobody_answered_is_looked_up_and_arrives_once(desk: Desk, kind: str) -> None:
    """After `drop` Twilio has it, after `reset` and `hang` it has not; nobody could tell from the call."""
    desk.trouble(kind, seconds=0.5)
    assert desk.reply("The answer").status is DeliveryStatus.DELIVERED
    assert desk.heard("The answer") == 1


def test_a_dropped_send_is_proven_by_its_receipt_alone(desk: Desk) -> None:
    desk.trouble("drop")
    desk.trouble("error", method="Messages.list", status=503, count=None)
    assert desk.reply("The answer").status is DeliveryStatus.DELIVERED
    assert (desk.heard("The answer"), len(desk.calls())) == (1, 1)


def test_without_any_receipt_the_look_up_proves_it(desk: Desk) -> None:
    desk.trouble("drop")
    desk.trouble("lose_receipt", method="receipt", count=None)
    assert desk.reply("The answer").status is DeliveryStatus.SENT
    assert (desk.heard("The answer"), len(desk.calls())) == (1, 1)


def test_equal_answers_are_not_taken_for_one_another(desk: Desk) -> None:
    """The first “OK” is known; the look-up for the second must not find it and call it sent."""
    desk.reply("OK")
    desk.trouble("reset")
    desk.reply("OK")
    assert desk.heard("OK") == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_of_the_providers_is_tried_again_and_arrives_once(desk: Desk, status: int) -> None:
    desk.trouble("error", status=status, code=20500)
    assert desk.reply("The answer").status is DeliveryStatus.DELIVERED
    assert desk.heard("The answer") == 1


def test_a_page_of_html_in_place_of_an_answer_is_no_answer(desk: Desk) -> None:
    desk.trouble("html")
    assert desk.reply("The answer").status is DeliveryStatus.DELIVERED
    assert desk.heard("The answer") == 1


def test_nobody_is_called_before_the_time_they_asked_for(desk: Desk) -> None:
    desk.trouble("rate_limit", retry_after=12)
    for number in range(3):
        desk.house.wiring.desk.act(desk.ticket_id, "reply", desk.ana, text=f"Answer {number}")
    desk.house.run_jobs()
    assert [desk.heard(f"Answer {number}") for number in range(3)] == [1, 1, 1]
    assert not [call for call in desk.calls() if "early" in str(call["note"])]
    assert len(desk.calls()) == 4


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (63024, "not_found"),
        (63003, "not_found"),
        (21610, "opted_out"),
        (63013, "refused"),
        (63007, "credentials"),
    ],
)
def test_a_refusal_for_good_is_tried_once_and_told_in_words(desk: Desk, code: int, reason: str) -> None:
    desk.trouble("error", status=400, code=code, text="No such luck", count=None)
    entry = desk.reply("The answer")
    desk.house.clock.turn(hours=1)
    desk.house.run_jobs()
    assert (entry.status, entry.reason, len(desk.calls())) == (DeliveryStatus.FAILED, reason, 1)
    assert str(code) in entry.detail
    assert reason_for(entry.reason).text


def test_the_reason_shows_within_five_seconds(desk: Desk) -> None:
    """Refused at once or by receipt; run_jobs turns the clock only where something waits."""
    desk.phone.change(is_reachable=False)
    before = desk.house.clock.ahead
    entry = desk.reply("The answer")
    assert (entry.status, entry.reason) == (DeliveryStatus.FAILED, "not_found")
    assert (desk.house.clock.ahead - before).total_seconds() < 5


def test_trying_again_after_a_failure_really_sends(desk: Desk) -> None:
    desk.phone.change(is_reachable=False)
    entry = desk.reply("The answer")
    desk.phone.change(is_reachable=True)
    desk.house.wiring.desk.try_again(entry.entry_id, desk.ana)
    desk.house.run_jobs()
    assert desk.last().status is DeliveryStatus.DELIVERED
    assert desk.heard("The answer") == 1


def test_trying_again_what_has_arrived_sends_nothing(desk: Desk) -> None:
    entry = desk.reply("The answer")
    desk.house.wiring.desk.try_again(entry.entry_id, desk.ana)
    desk.house.run_jobs()
    assert desk.heard("The answer") == 1


def test_a_long_answer_arrives_whole_and_in_order_through_a_lost_part(desk: Desk) -> None:
    words = " ".join(f"word{number}" for number in range(700))
    desk.trouble("drop", count=1)
    entry = desk.reply(words)
    shown = [m["text"] for m in desk.phone.messages() if "word" in str(m["text"])]
    assert "".join(shown) == words
    assert len(shown) == entry.part_count == len(entry.external_ids)


@pytest.mark.parametrize("kind", ["duplicate_receipt", "reorder_receipt"])
def test_receipts_that_come_twice_or_turned_round_end_the_same(desk: Desk, kind: str) -> None:
    desk.trouble(kind, method="receipt", count=None)
    desk.phone.change(is_open=True)
    desk.reply("The answer")
    desk.house.sandbox.settle()
    assert desk.last().status is DeliveryStatus.READ


def test_a_worker_that_dies_after_the_call_sends_nothing_twice(desk: Desk) -> None:
    """It said `sending`, and Twilio took it; another worker finds it so and looks it up."""
    desk.trouble("lose_receipt", method="receipt", count=None)
    entry = desk.reply("The answer")
    outbox = Outbox(desk.house.redis, desk.house.wiring.job_queue)
    died = replace(entry, status=DeliveryStatus.SENDING, external_ids=(), fates={})
    outbox.update(entry.entry_id, lambda _: died)
    outbox.requeue(died, desk.house.clock())
    desk.house.run_jobs()
    assert desk.last().status is DeliveryStatus.SENT
    assert (desk.heard("The answer"), len(desk.calls())) == (1, 1)


def test_a_worker_that_dies_before_the_call_has_it_sent_by_another(desk: Desk) -> None:
    desk.trouble("reset")
    desk.trouble("error", method="Messages.list", status=503, count=1)
    assert desk.reply("The answer").status is DeliveryStatus.DELIVERED
    assert desk.heard("The answer") == 1


def test_a_group_that_moved_is_written_to_where_it_is_now(house: House) -> None:
    group = Address("telegram", str(credentials.TELEGRAM_INBOX_CHAT))
    house.sandbox.ask("PATCH", "/control/forum", {"migrate": True})
    house.sandbox.ask("DELETE", "/control/calls")
    entry = OutboxEntry(
        "a.1.0", make_contact_id(group), group, "en", Outgoing(("to the group",)), house.clock()
    )
    with house.redis.pipeline() as pipe:
        pipe.multi()
        house.wiring.job_queue.queue_entry(pipe, entry)
        house.wiring.job_queue.deliver(entry.lane, "telegram", pipe)
        pipe.execute()
    house.run_jobs()
    found = Outbox(house.redis, house.wiring.job_queue).find("a.1.0")
    assert found is not None
    assert (found.status, found.address != group) == (DeliveryStatus.SENT, True)
    assert len([c for c in house.sandbox.calls(name="sendMessage") if c["direction"] == "asked"]) == 2
