"""Apps that refuse, break, hang or are gone: they are tried again, less and less, and no other app waits for it."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from bot.outgoing_webhooks.retry import DISABLE_AFTER, RETRY_DELAYS, DisableReason
from channels.webhook.post import WebhookClient
from store.outgoing_webhooks import keys
from store.outgoing_webhooks.queue import MAX_WAITING
from tests.fixtures.webhook_receiver import WebhookReceiver, webhook_receiver
from tests.fixtures.webhook_sender import JOHN, MARIE, ScriptedCaller, WebhookDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> WebhookDesk:
    return WebhookDesk(redis, tmp_path)


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


def test_one_that_refuses_connections_is_tried_again_with_growing_pauses_and_then_given_up(
    desk: WebhookDesk,
) -> None:
    with webhook_receiver() as gone:
        hook = desk.listens(gone)
    desk.open_ticket(MARIE)
    waits = []
    for _ in range(len(RETRY_DELAYS) + 1):
        desk.rounds.run()
        if due := desk.due():
            waits.append(round(due[0][1] - desk.clock().timestamp()))
            desk.clock.now = desk.clock() + timedelta(seconds=waits[-1])
    assert waits == [round(pause.total_seconds()) for pause in RETRY_DELAYS]
    it = desk.it(hook)
    assert (it.waiting, it.given_up, it.given_up_at, it.failures) == (
        0,
        1,
        desk.clock(),
        len(RETRY_DELAYS) + 1,
    )
    assert it.why == "cannot connect: connection refused"


def test_one_that_breaks_and_recovers_has_everything_in_order(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    app.answer(500, 200)
    ticket_id = desk.open_ticket(MARIE)
    desk.desk.act(ticket_id, "claim", desk.ana)
    desk.rounds.run()
    it = desk.it(hook)
    assert (it.failures, it.failing_since, it.why, it.waiting) == (1, desk.clock(), "responded 500", 3)
    assert app.types == ["ticket.opened"]
    desk.clock.advance(seconds=6)
    desk.rounds.run()
    assert app.types == ["ticket.opened", "ticket.opened", "ticket.assigned", "ticket.status_changed"]
    it = desk.it(hook)
    assert (it.failures, it.failing_since, it.why, it.sent, it.sent_at) == (0, None, "", 3, desk.clock())


def test_a_ticket_whose_event_is_refused_holds_up_itself_and_no_other(
    redis: Redis, tmp_path: Path, app: WebhookReceiver
) -> None:
    script = ScriptedCaller(400)
    desk = WebhookDesk(redis, tmp_path, script)
    desk.open_ticket("telegram:99")
    desk.clock.advance(minutes=1)
    desk.listens(app)
    first, second = desk.open_ticket(MARIE), desk.open_ticket(JOHN)
    desk.desk.act(first, "claim", desk.ana)
    numbers = [desk.wiring.queries.ticket(each).ticket.number for each in (first, second)]
    desk.rounds.run()
    redis.hset(
        keys.attempts(desk.hooks.all()[0].hook_id), script.sent[0], f"5|{desk.clock().timestamp() + 600}"
    )
    desk.clock.advance(seconds=6)
    desk.rounds.run()
    assert [sent.split("_")[1] for sent in script.sent] == numbers
    desk.clock.advance(minutes=10)
    desk.rounds.run()
    assert [sent.split("_")[1] for sent in script.sent[2:]] == [numbers[0]] * 3
    assert script.sent[2] == script.sent[0]


def test_what_comes_for_another_ticket_does_not_wait_for_one_that_is_put_off(
    redis: Redis, tmp_path: Path, app: WebhookReceiver
) -> None:
    script = ScriptedCaller(400, 400)
    desk = WebhookDesk(redis, tmp_path, script)
    desk.listens(app)
    desk.open_ticket(MARIE)
    for seconds in (0, 6):
        desk.clock.advance(seconds=seconds)
        desk.rounds.run()
    desk.clock.advance(seconds=1)
    desk.open_ticket(JOHN)
    desk.rounds.run()
    assert len(script.sent) == 2  # it rests, as it has just failed
    desk.clock.advance(seconds=30)
    desk.rounds.run()
    assert len(set(script.sent)) == 2


def test_one_that_hangs_is_left_after_its_time_and_delays_no_other(
    redis: Redis, tmp_path: Path, app: WebhookReceiver
) -> None:
    desk = WebhookDesk(redis, tmp_path, WebhookClient(timeout=0.5))
    with webhook_receiver() as slow:
        slow.waits_for = threading.Event()
        hook = desk.listens(slow, "slow")
        desk.listens(app, "quick")
        rounds = desk.worker(longest=0.0)
        desk.open_ticket(MARIE)
        rounds.run()  # the job ends at once, both are under way
        while not app.requests:
            threading.Event().wait(0.01)
        assert desk.it(hook).failures == 0
        while not desk.it(hook).failures:
            threading.Event().wait(0.01)
        assert desk.it(hook).why == "no response within 0.5 s"
    assert app.types == ["ticket.opened"]


def test_one_that_is_gone_for_good_is_shut_off(desk: WebhookDesk, app: WebhookReceiver) -> None:
    hook = desk.listens(app)
    app.answer(410)
    ticket_id = desk.open_ticket(MARIE)
    desk.desk.act(ticket_id, "claim", desk.ana)
    desk.rounds.run()
    it = desk.it(hook)
    assert (it.off, it.off_at, it.waiting, it.given_up) == (DisableReason.GONE, desk.clock(), 0, 3)
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.clock.advance(days=1)
    desk.rounds.run()
    assert len(app.requests) == 1
    assert desk.due() == []


def test_one_that_only_fails_for_days_is_shut_off_and_on_again_it_hears_what_comes_then(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    app.answer(503)
    ticket_id = desk.open_ticket(MARIE)
    for pause in (*RETRY_DELAYS[:2], DISABLE_AFTER):
        desk.rounds.run()
        desk.clock.now += pause
    assert desk.it(hook).off is None
    desk.rounds.run()
    assert (desk.it(hook).off, desk.it(hook).given_up) == (DisableReason.FAILING, 1)
    desk.desk.act(ticket_id, "claim", desk.ana)
    desk.clock.advance(minutes=1)
    desk.hooks.reactivate(hook)
    app.answer(200)
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.rounds.run()
    assert app.requests[-1].json["data"]["because"] == "resolved"
    assert app.types == [*["ticket.opened"] * 4, "ticket.status_changed"]
    assert desk.it(hook).off is None


def test_a_redirect_is_not_followed(desk: WebhookDesk, app: WebhookReceiver) -> None:
    with webhook_receiver() as elsewhere:
        hook = desk.listens(app)
        app.answer(307, Location=elsewhere.url)
        desk.open_ticket(MARIE)
        desk.rounds.run()
        assert elsewhere.requests == []
    assert desk.it(hook).why == "responded 307, and redirects are not followed"


def test_who_asks_for_time_is_given_it(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    app.answer(429, Retry_After="120")
    desk.open_ticket(MARIE)
    desk.rounds.run()
    assert desk.due()[0][1] == desk.clock().timestamp() + 120


def test_of_too_many_that_wait_the_oldest_go_and_are_counted(desk: WebhookDesk, app: WebhookReceiver) -> None:
    hook = desk.listens(app)
    for n in range(MAX_WAITING + 3):
        desk.waiting.push(desk.redis, hook.hook_id, f"evt_A1-{n:03}_0_0_0", b"{}", desk.clock())
    assert (desk.it(hook).waiting, desk.it(hook).dropped) == (MAX_WAITING, 3)
    assert desk.redis.lindex(keys.queue(hook.hook_id), 0) == b"evt_A1-003_0_0_0"
    assert desk.redis.hlen(keys.event_bodies(hook.hook_id)) == MAX_WAITING
