"""Providers that repeat themselves, receipts in any order, messages and posts that break what handles them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import permutations

import pytest
import requests

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment, Outgoing
from bot.messages.thread import DeliveryStatus, OutboxEntry
from channels.telegram.webhook import SECRET_HEADER
from sandbox import credentials
from sandbox.control_client import Phone
from store import keys
from store.agents.agent import Role
from store.integrity.failed_jobs import list_failed_jobs
from store.outbox.outbox import Outbox
from tests.fixtures.customer import Customer
from tests.fixtures.sandbox_desk import SandboxDesk

CHANNELS = ("whatsapp", "telegram")
NOWHERE = Attachment("image", "image/png", "till.png", 10, file_id="no name of a file of ours")


def opened(desk: SandboxDesk, channel: str) -> tuple[Phone, str]:
    """A customer with a ticket; its id."""
    customer = Customer(desk, channel=channel, name="Emma")
    return customer.phone, customer.ask_for_agent()


def texts(desk: SandboxDesk, ticket_id: str) -> list[str]:
    return [entry.text for entry in desk.wiring.queries.ticket(ticket_id).entries]


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_post_told_ten_times_is_one_message(desk: SandboxDesk, channel: str) -> None:
    phone, ticket_id = opened(desk, channel)
    desk.sandbox.fault("duplicate_webhook", channel=channel, times=10)
    desk.say(phone, "it is the till at the door")
    told = desk.sandbox.calls(direction="told", name="webhook")
    assert {call["status"] for call in told} == {200}
    assert texts(desk, ticket_id).count("it is the till at the door") == 1


def test_the_same_update_at_once_from_many_sides_and_a_month_later_is_one_message(desk: SandboxDesk) -> None:
    phone, ticket_id = opened(desk, "telegram")
    person = {"id": phone.person["telegram_id"], "is_bot": False, "first_name": "Emma"}
    message = {
        "message_id": 9001, "from": person, "chat": {**person, "type": "private"},
        "date": int(desk.clock().timestamp()), "text": "told many times",
    }  # fmt: skip
    update = {"update_id": 99_000_001, "message": message}

    def post(_: int = 0) -> int:
        headers = {SECRET_HEADER: credentials.TELEGRAM_WEBHOOK_SECRET}
        answer = requests.post(f"{desk.url}/webhooks/telegram", json=update, headers=headers, timeout=20)
        return answer.status_code

    with ThreadPoolExecutor(10) as many:
        statuses = set(many.map(post, range(10)))
    for days in (1, 31):
        desk.clock.advance(days=days)
        statuses.add(post())
    assert statuses == {200}
    assert texts(desk, ticket_id).count("told many times") == 1


def test_receipts_in_all_orders_and_twice_end_the_same(desk: SandboxDesk) -> None:
    """Every order of five receipts; `read` was the furthest that any of them told."""
    _, ticket_id = opened(desk, "whatsapp")
    ana = desk.wiring.agents.add("Ana Costa", "ana", Role.AGENT).agent_id
    desk.wiring.desk.act(ticket_id, "reply", ana, text="The answer")
    told = (
        DeliveryStatus.SENDING,
        DeliveryStatus.SENT,
        DeliveryStatus.FAILED,
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READ,
    )
    desk.run_jobs()
    view = desk.wiring.queries.ticket(ticket_id)
    sent = view.deliveries[view.entries[-1].entry_id]
    assert sent.status in (DeliveryStatus.DELIVERED, DeliveryStatus.SENT)
    blank = replace(
        sent,
        status=DeliveryStatus.SENT,
        fates={sent.external_ids[0]: DeliveryStatus.SENT},
        reason="",
        detail="",
    )
    outbox, ends = Outbox(desk.redis, desk.wiring.job_queue), set()
    for order in permutations(told):
        outbox.update(sent.entry_id, lambda _: blank)
        for status in (*order, order[0]):
            desk.wiring.desk.record_receipt(
                "whatsapp", status, entry_id=sent.entry_id, external_id=sent.external_ids[0], reason="other"
            )
        entry = outbox.find(sent.entry_id)
        assert entry is not None
        ends.add((entry.status, entry.reason, entry.external_ids))
    assert ends == {(DeliveryStatus.READ, "", sent.external_ids)}


def queued(desk: SandboxDesk, phone: Phone, outgoing: Outgoing, number: int) -> OutboxEntry:
    """A message to that customer, put at the end of their lane."""
    address = Address("telegram", str(phone.person["telegram_id"]))
    owner = make_contact_id(address)
    entry = OutboxEntry(f"{owner}.9{number}.0", owner, address, "en", outgoing, desk.clock())
    pipe = desk.redis.pipeline()
    pipe.multi()
    desk.wiring.job_queue.queue_entry(pipe, entry)
    desk.wiring.job_queue.deliver(owner, "telegram", pipe)
    pipe.execute()
    return entry


def found(desk: SandboxDesk, entry: OutboxEntry) -> OutboxEntry:
    kept = Outbox(desk.redis, desk.wiring.job_queue).find(entry.entry_id)
    assert kept is not None
    return kept


def test_a_message_that_breaks_its_sender_is_put_aside_and_the_next_ones_go(desk: SandboxDesk) -> None:
    phone, _ = opened(desk, "telegram")
    bad = queued(desk, phone, Outgoing(("look",), attachments=(NOWHERE,)), 1)
    good = queued(desk, phone, Outgoing(("after it",)), 2)
    desk.run_jobs()
    assert (found(desk, bad).status, found(desk, bad).reason) == (DeliveryStatus.FAILED, "broken")
    assert found(desk, good).status is DeliveryStatus.SENT
    assert [m["text"] for m in phone.messages()].count("after it") == 1
    assert [(each.name, each.times) for each in list_failed_jobs(desk.redis)] == [
        (f"outgoing {bad.entry_id}", 3)
    ]


def died_while_sending(desk: SandboxDesk, entry: OutboxEntry, attempts: int) -> None:
    dying = replace(entry, status=DeliveryStatus.SENDING, attempts=attempts, tried_at=desk.clock())
    Outbox(desk.redis, desk.wiring.job_queue).update(entry.entry_id, lambda _: dying)


def test_what_a_dead_worker_may_have_sent_on_telegram_goes_once_more_and_says_so(desk: SandboxDesk) -> None:
    phone, _ = opened(desk, "telegram")
    entry = queued(desk, phone, Outgoing(("perhaps twice",)), 1)
    died_while_sending(desk, entry, 1)
    desk.run_jobs()
    assert (found(desk, entry).status, found(desk, entry).reason) == (DeliveryStatus.SENT, "possibly_twice")
    assert [m["text"] for m in phone.messages()].count("perhaps twice") == 1


def test_what_kills_its_sender_again_and_again_is_left_to_an_agent(desk: SandboxDesk) -> None:
    phone, _ = opened(desk, "telegram")
    entry = queued(desk, phone, Outgoing(("deadly",)), 1)
    died_while_sending(desk, entry, 4)
    desk.run_jobs()
    assert (found(desk, entry).status, found(desk, entry).reason) == (DeliveryStatus.UNCERTAIN, "uncertain")
    assert [m["text"] for m in phone.messages()].count("deadly") == 0
    assert desk.redis.exists(keys.lane(entry.lane)) == 0


def test_a_post_that_nobody_understands_holds_up_nobody(desk: SandboxDesk) -> None:
    phone, ticket_id = opened(desk, "telegram")
    headers = {SECRET_HEADER: credentials.TELEGRAM_WEBHOOK_SECRET}
    for number in range(50):
        odd = {"update_id": 98_000_000 + number, "message": {"message_id": number, "date": "yesterday"}}
        answer = requests.post(f"{desk.url}/webhooks/telegram", json=odd, headers=headers, timeout=20)
        assert answer.status_code == 200
    desk.say(phone, "still here")
    assert texts(desk, ticket_id).count("still here") == 1
