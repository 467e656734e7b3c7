"""An answer on its way through every kind of trouble: it arrives once, or the agent reads why not."""

from dataclasses import replace

import pytest

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Outgoing
from bot.messages.phrases_delivery import reason_for
from bot.messages.thread import DeliveryStatus, OutboxEntry
from sandbox import credentials
from store.outbox.outbox import Outbox
from tests.fixtures.customer import Customer
from tests.fixtures.sandbox_desk import SandboxDesk


class FaultyCustomer(Customer):
    """A customer with a ticket, whose provider fails in the ways that a test asks for."""

    def trouble(self, kind: str, method: str = "Messages.create", **details: object) -> None:
        self.desk.sandbox.fault(kind, channel="whatsapp", method=method, **details)


@pytest.fixture
def customer(desk: SandboxDesk) -> FaultyCustomer:
    customer = FaultyCustomer(desk, name="Emma")
    customer.ask_for_agent()
    desk.sandbox.ask("DELETE", "/control/calls")
    return customer


@pytest.mark.parametrize("kind", ["drop", "hang", "reset"])
def test_a_send_that_nobody_answered_is_looked_up_and_arrives_once(
    customer: FaultyCustomer, kind: str
) -> None:
    """After `drop` Twilio has it, after `reset` and `hang` it has not; nobody could tell from the call."""
    customer.trouble(kind, seconds=0.5)
    assert customer.reply("The answer").status is DeliveryStatus.DELIVERED
    assert customer.texts().count("The answer") == 1


def test_a_dropped_send_is_proven_by_its_receipt_alone(customer: FaultyCustomer) -> None:
    customer.trouble("drop")
    customer.trouble("error", method="Messages.list", status=503, count=None)
    assert customer.reply("The answer").status is DeliveryStatus.DELIVERED
    assert (customer.texts().count("The answer"), len(customer.calls())) == (1, 1)


def test_without_any_receipt_the_look_up_proves_it(customer: FaultyCustomer) -> None:
    customer.trouble("drop")
    customer.trouble("lose_receipt", method="receipt", count=None)
    assert customer.reply("The answer").status is DeliveryStatus.SENT
    assert (customer.texts().count("The answer"), len(customer.calls())) == (1, 1)


def test_equal_answers_are_not_taken_for_one_another(customer: FaultyCustomer) -> None:
    """The first “OK” is known; the look-up for the second must not find it and call it sent."""
    customer.reply("OK")
    customer.trouble("reset")
    customer.reply("OK")
    assert customer.texts().count("OK") == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_an_error_of_the_providers_is_tried_again_and_arrives_once(
    customer: FaultyCustomer, status: int
) -> None:
    customer.trouble("error", status=status, code=20500)
    assert customer.reply("The answer").status is DeliveryStatus.DELIVERED
    assert customer.texts().count("The answer") == 1


def test_a_page_of_html_in_place_of_an_answer_is_no_answer(customer: FaultyCustomer) -> None:
    customer.trouble("html")
    assert customer.reply("The answer").status is DeliveryStatus.DELIVERED
    assert customer.texts().count("The answer") == 1


def test_nobody_is_called_before_the_time_they_asked_for(customer: FaultyCustomer) -> None:
    customer.trouble("rate_limit", retry_after=12)
    for number in range(3):
        customer.desk.wiring.desk.act(customer.ticket_id, "reply", customer.ana, text=f"Answer {number}")
    customer.desk.run_jobs()
    assert [customer.texts().count(f"Answer {number}") for number in range(3)] == [1, 1, 1]
    assert not [call for call in customer.calls() if "early" in str(call["note"])]
    assert len(customer.calls()) == 4


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
def test_a_refusal_for_good_is_tried_once_and_told_in_words(
    customer: FaultyCustomer, code: int, reason: str
) -> None:
    customer.trouble("error", status=400, code=code, text="No such luck", count=None)
    entry = customer.reply("The answer")
    customer.desk.clock.advance(hours=1)
    customer.desk.run_jobs()
    assert (entry.status, entry.reason, len(customer.calls())) == (DeliveryStatus.FAILED, reason, 1)
    assert str(code) in entry.detail
    assert reason_for(entry.reason).text


def test_the_reason_shows_within_five_seconds(customer: FaultyCustomer) -> None:
    """Refused at once or by receipt; run_jobs turns the clock only where something waits."""
    customer.phone.change(is_reachable=False)
    before = customer.desk.clock.ahead
    entry = customer.reply("The answer")
    assert (entry.status, entry.reason) == (DeliveryStatus.FAILED, "not_found")
    assert (customer.desk.clock.ahead - before).total_seconds() < 5


def test_trying_again_after_a_failure_really_sends(customer: FaultyCustomer) -> None:
    customer.phone.change(is_reachable=False)
    entry = customer.reply("The answer")
    customer.phone.change(is_reachable=True)
    customer.desk.wiring.desk.try_again(entry.entry_id, customer.ana)
    customer.desk.run_jobs()
    assert customer.last_entry().status is DeliveryStatus.DELIVERED
    assert customer.texts().count("The answer") == 1


def test_trying_again_what_has_arrived_sends_nothing(customer: FaultyCustomer) -> None:
    entry = customer.reply("The answer")
    customer.desk.wiring.desk.try_again(entry.entry_id, customer.ana)
    customer.desk.run_jobs()
    assert customer.texts().count("The answer") == 1


def test_a_long_answer_arrives_whole_and_in_order_through_a_lost_part(customer: FaultyCustomer) -> None:
    words = " ".join(f"word{number}" for number in range(700))
    customer.trouble("drop", count=1)
    entry = customer.reply(words)
    shown = [m["text"] for m in customer.phone.messages() if "word" in str(m["text"])]
    assert "".join(shown) == words
    assert len(shown) == entry.part_count == len(entry.external_ids)


@pytest.mark.parametrize("kind", ["duplicate_receipt", "reorder_receipt"])
def test_receipts_that_come_twice_or_turned_round_end_the_same(customer: FaultyCustomer, kind: str) -> None:
    customer.trouble(kind, method="receipt", count=None)
    customer.phone.change(is_open=True)
    customer.reply("The answer")
    customer.desk.sandbox.settle()
    assert customer.last_entry().status is DeliveryStatus.READ


def test_a_worker_that_dies_after_the_call_sends_nothing_twice(customer: FaultyCustomer) -> None:
    """It said `sending`, and Twilio took it; another worker finds it so and looks it up."""
    customer.trouble("lose_receipt", method="receipt", count=None)
    entry = customer.reply("The answer")
    outbox = Outbox(customer.desk.redis, customer.desk.wiring.job_queue)
    died = replace(entry, status=DeliveryStatus.SENDING, external_ids=(), fates={})
    outbox.update(entry.entry_id, lambda _: died)
    outbox.requeue(died, customer.desk.clock())
    customer.desk.run_jobs()
    assert customer.last_entry().status is DeliveryStatus.SENT
    assert (customer.texts().count("The answer"), len(customer.calls())) == (1, 1)


def test_a_worker_that_dies_before_the_call_has_it_sent_by_another(customer: FaultyCustomer) -> None:
    customer.trouble("reset")
    customer.trouble("error", method="Messages.list", status=503, count=1)
    assert customer.reply("The answer").status is DeliveryStatus.DELIVERED
    assert customer.texts().count("The answer") == 1


def test_a_group_that_moved_is_written_to_where_it_is_now(desk: SandboxDesk) -> None:
    group = Address("telegram", str(credentials.TELEGRAM_INBOX_CHAT))
    desk.sandbox.ask("PATCH", "/control/forum", {"migrate": True})
    desk.sandbox.ask("DELETE", "/control/calls")
    entry = OutboxEntry(
        "a.1.0", make_contact_id(group), group, "en", Outgoing(("to the group",)), desk.clock()
    )
    with desk.redis.pipeline() as pipe:
        pipe.multi()
        desk.wiring.job_queue.queue_entry(pipe, entry)
        desk.wiring.job_queue.deliver(entry.lane, "telegram", pipe)
        pipe.execute()
    desk.run_jobs()
    found = Outbox(desk.redis, desk.wiring.job_queue).find("a.1.0")
    assert found is not None
    assert (found.status, found.address != group) == (DeliveryStatus.SENT, True)
    assert len([c for c in desk.sandbox.calls(name="sendMessage") if c["direction"] == "asked"]) == 2
