"""Kills after each step, two workers, a hook removed, a contact erased, a ticket archived: nothing is lost or left."""

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from redis import Redis
from redis.client import Pipeline

from bot.messages.inbound import Address
from store import keys
from store.contacts.personal_data import erase_contact_data, load_contact_data
from store.integrity.audit import Fault, audit
from store.integrity.repair import Repair
from store.outbox.outbox import Outbox
from store.outgoing_webhooks import keys as webhook_keys
from store.outgoing_webhooks.event_feed import EventFeed, FeedBatch
from store.outgoing_webhooks.queue import QueuedEvent, WebhookQueue
from tests.fixtures.archived_tickets import ArchivedDesk
from tests.fixtures.crash import ProcessKilled
from tests.fixtures.webhook_receiver import WebhookReceiver, webhook_receiver
from tests.fixtures.webhook_sender import JOHN, MARIE, ScriptedCaller, WebhookDesk


class KilledAfterSending(WebhookQueue):
    """Dies when the app has it, and before that is noted."""

    def mark_sent(self, hook_id: str, event_id: str, now: datetime) -> None:
        raise ProcessKilled


class KilledBeforeSending(WebhookQueue):
    """Dies with the event in its hand."""

    def next_event(self, hook_id: str, now: datetime) -> QueuedEvent | None:
        if super().next_event(hook_id, now):
            raise ProcessKilled
        return None


class KilledWhileQueueing(WebhookQueue):
    """Dies while it puts a ticket's events together."""

    def push(self, writes: Pipeline, hook_id: str, event_id: str, body: bytes, now: datetime) -> None:
        raise ProcessKilled


class KilledAfterQueueing(EventFeed):
    """Dies when all is queued, and before that is noted."""

    def move_cursor(self, news: FeedBatch) -> None:
        raise ProcessKilled


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> WebhookDesk:
    return WebhookDesk(redis, tmp_path)


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


@pytest.mark.parametrize("dies", [KilledBeforeSending, KilledWhileQueueing])
def test_a_kill_before_it_was_sent_loses_nothing(
    desk: WebhookDesk, app: WebhookReceiver, dies: type[WebhookQueue]
) -> None:
    desk.listens(app)
    desk.open_ticket(MARIE)
    with pytest.raises(ProcessKilled):
        desk.worker(waiting=dies(desk.redis)).run()
    assert app.requests == []
    desk.clock.advance(seconds=16)
    desk.rounds.run()
    assert app.types == ["ticket.opened"]
    assert desk.redis.llen(webhook_keys.queue(desk.hooks.all()[0].hook_id)) == 0


def test_a_kill_after_it_was_queued_queues_nothing_twice(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    desk.open_ticket(MARIE)
    with pytest.raises(ProcessKilled):
        desk.worker(feed=KilledAfterQueueing(desk.redis)).run()
    desk.rounds.run()
    assert app.types == ["ticket.opened"]


def test_a_kill_between_answer_and_note_sends_it_again_under_the_same_id(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    desk.open_ticket(MARIE)
    with pytest.raises(ProcessKilled):
        desk.worker(waiting=KilledAfterSending(desk.redis)).run()
    assert desk.it(hook).waiting == 1
    desk.clock.advance(seconds=16)
    desk.rounds.run()
    assert len(app.ids) == 2
    assert len(set(app.ids)) == 1
    assert (desk.it(hook).waiting, desk.it(hook).sent) == (0, 1)


def test_two_workers_at_once_send_each_event_once(desk: WebhookDesk, app: WebhookReceiver) -> None:
    hook = desk.listens(app)
    desk.open_ticket(MARIE)
    app.waits_for = threading.Event()
    first = threading.Thread(target=desk.rounds.run)
    first.start()
    while not app.requests:
        first.join(0.01)
    desk.redis.zadd(webhook_keys.DUE, {hook.hook_id: 0})
    desk.worker().run()  # the lease is held: it ends at once
    app.waits_for.set()
    first.join(10)
    assert app.types == ["ticket.opened"]
    assert desk.it(hook).sent == 1


def test_a_hook_removed_while_it_is_called_leaves_nothing_behind(
    redis: Redis, tmp_path: Path, app: WebhookReceiver
) -> None:
    class Removes(ScriptedCaller):
        def post(self, *call: object, **more: object) -> object:  # type: ignore[override]
            desk.hooks.remove("portal")
            return super().post(*call, **more)  # type: ignore[arg-type]

    desk = WebhookDesk(redis, tmp_path, Removes(500))  # type: ignore[arg-type]
    desk.listens(app)
    desk.open_ticket(MARIE)
    desk.rounds.run()
    assert [*redis.scan_iter("hooks*")] == []


def test_what_waits_about_somebody_who_is_erased_is_never_told(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    app.answer(500)
    desk.open_ticket(MARIE)
    theirs = desk.open_ticket(JOHN)
    number = desk.wiring.queries.ticket(theirs).ticket.number
    desk.desk.act(theirs, "claim", desk.ana)
    desk.rounds.run()
    found = load_contact_data(desk.redis, Address.parse(MARIE), desk.wiring.archive)
    erase_contact_data(desk.redis, found, desk.wiring.media.delete, desk.wiring.archive.erase)
    app.answer(200)
    app.requests.clear()
    desk.clock.advance(minutes=1)
    desk.rounds.run()
    assert [each.json["data"]["ticket"]["number"] for each in app.requests] == [number] * 3
    assert desk.redis.hkeys(webhook_keys.EVENTS_SEEN) == [theirs.encode()]
    assert (
        desk.redis.hlen(webhook_keys.attempts(hook.hook_id))
        == desk.redis.hlen(webhook_keys.event_bodies(hook.hook_id))
        == 0
    )


def test_somebody_erased_before_anybody_looked_is_not_told_of(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    desk.listens(app)
    desk.open_ticket(MARIE)
    found = load_contact_data(desk.redis, Address.parse(MARIE), desk.wiring.archive)
    erase_contact_data(desk.redis, found, desk.wiring.media.delete, desk.wiring.archive.erase)
    desk.rounds.run()
    assert app.requests == []
    assert desk.redis.hlen(webhook_keys.EVENTS_SEEN) == 0


def test_a_record_that_cannot_be_read_does_not_stop_the_others(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    desk.listens(app)
    broken = desk.open_ticket(MARIE)
    desk.redis.set(keys.ticket(broken), b"{")
    desk.open_ticket(JOHN)
    desk.rounds.run()
    assert app.types == ["ticket.opened"]
    assert desk.redis.zrange(keys.FAILED_JOBS, 0, -1) == [f"event {broken}".encode()]


def test_a_ticket_leaves_for_the_archive_only_when_all_of_it_is_queued_and_comes_back_without_its_past(
    redis: Redis, tmp_path: Path, app: WebhookReceiver
) -> None:
    old = ArchivedDesk(redis, tmp_path)
    hooked = WebhookDesk(redis, tmp_path, clock=old.clock)
    hooked.listens(app)
    ticket_id = old.old()
    old.look()
    assert old.where(ticket_id) == "live"
    hooked.rounds.run()
    told = len(app.requests)
    old.look()
    assert old.where(ticket_id) == "archived"
    assert redis.hlen(webhook_keys.EVENTS_SEEN) == 0
    old.wiring.archiver.bring_back(ticket_id, old.ana.agent_id)
    hooked.rounds.run()
    assert [each.json["data"]["because"] for each in app.requests[told:]] == ["brought_back"]


def test_the_audit_finds_what_no_sweep_would_and_puts_it_back(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    app.answer(500, 200)
    desk.open_ticket(MARIE)
    desk.rounds.run()
    assert audit(desk.redis, desk.all_policies(), lambda: None).faults == ()
    desk.redis.delete(webhook_keys.DUE)
    faults = audit(desk.redis, desk.all_policies(), lambda: None).faults
    assert faults == (Fault("unreachable-hook", hook.hook_id),)
    mending = Repair(desk.redis, Outbox(desk.redis, desk.wiring.job_queue), desk.wiring.job_queue)
    assert mending.repair(faults[0], desk.clock())
    desk.clock.advance(minutes=1)
    desk.rounds.run()
    assert app.types == ["ticket.opened"] * 2


def test_the_audit_tells_of_what_waits_for_no_hook(desk: WebhookDesk) -> None:
    desk.redis.rpush(webhook_keys.queue("h0"), "evt_A1-001_0_0_0")
    desk.redis.hset(webhook_keys.EVENTS_SEEN, "gone-1", 3)
    faults = audit(desk.redis, desk.all_policies(), lambda: None).faults
    assert faults == (Fault("ghost", "gone-1"), Fault("ghost", "hook h0"))
