"""Apps are told what happens to tickets: signed, in order, once for each id, and nothing that they need not know."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.outgoing_webhooks.events import PING, WebhookEventType
from store import keys
from store.outgoing_webhooks import keys as webhook_keys
from tests.fixtures.paths import ROOT
from tests.fixtures.webhook_receiver import WebhookReceiver, is_signed, webhook_receiver
from tests.fixtures.webhook_sender import API, JOHN, MARIE, WebhookDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> WebhookDesk:
    return WebhookDesk(redis, tmp_path)


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


def test_a_new_ticket_is_told_signed_and_with_nothing_of_its_customer(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    hook = desk.listens(app)
    ticket_id = desk.open_ticket(MARIE, "The printer smells of smoke")
    desk.rounds.run()
    ticket = desk.wiring.queries.ticket(ticket_id).ticket
    first = app.requests[0]
    assert is_signed(first, hook.secret)
    assert not is_signed(first, desk.hooks.add("x", app.url).secret)
    assert first.headers["webhook-timestamp"] == str(int(desk.clock().timestamp()))
    assert first.headers["Content-Type"] == "application/json"
    assert first.json == {
        "id": first.headers["webhook-id"],
        "type": "ticket.opened",
        "at": "2026-03-02T09:00:00Z",
        "data": {
            "by": "customer",
            "ticket": {
                "number": ticket.number, "status": "new", "priority": "high", "category": ticket.category,
                "language": "en", "channel": "telegram", "opened_at": "2026-03-02T09:00:00Z",
                "is_emergency": False, "url": f"{API}/tickets/{ticket.number}",
                "thread_url": f"{API}/tickets/{ticket.number}/thread",
            },
        },
    }  # fmt: skip
    told = b"".join(each.body for each in app.requests)
    for private in (b"Marie", b"Acme", b"smoke", b"42", ticket_id.encode(), ticket.contact_id.encode()):
        assert private not in told.replace(ticket.number.encode(), b"").replace(
            first.headers["webhook-id"].encode(), b""
        )


def test_the_story_of_a_ticket_is_told_in_its_order(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    ticket_id = desk.open_ticket(MARIE)
    desk.desk.act(ticket_id, "claim", desk.ana)
    desk.desk.act(ticket_id, "prioritise", desk.ana, priority="low")
    desk.desk.act(ticket_id, "return", desk.ana, text="Which version?")
    desk.customer_writes(MARIE, "The very latest one, since Monday morning")
    desk.desk.act(ticket_id, "reply", desk.ana, text="Please start it again")
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.rounds.run()
    told = [(each.json["type"].removeprefix("ticket."), each.json["data"]) for each in app.requests]
    assert [kind for kind, _ in told] == [
        "opened", "assigned", "status_changed", "priority_changed", "replied", "status_changed",
        "customer_wrote", "status_changed", "replied", "status_changed",
    ]  # fmt: skip
    data = [data for _, data in told]
    assert (data[1]["to"], data[1]["by"]) == ("Ana Silva", "agent")
    assert (data[2]["from"], data[2]["to"], data[2]["because"]) == ("new", "open", "reviewed")
    assert (data[3]["from"], data[3]["to"]) == ("high", "low")
    assert data[4]["kind"] == "question"
    assert (data[6]["by"], data[6]["is_courtesy"]) == ("customer", False)
    assert [each["ticket"]["status"] for each in data] == [
        "new", "new", "open", "open", "waiting", "waiting", "open", "open", "open", "resolved",
    ]  # fmt: skip
    assert [each["ticket"]["priority"] for each in data] == ["high"] * 3 + ["low"] * 7
    assert len(set(app.ids)) == len(app.ids)


def test_a_missed_promise_and_stars_are_told(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app, "portal", "ticket.overdue", "ticket.rated")
    ticket_id = desk.open_ticket(MARIE, priority="urgent")
    desk.clock.advance(days=3)
    desk.wiring.deadline_check.check_all([ticket_id])
    desk.rounds.run()
    assert set(app.types) == {"ticket.overdue"}
    assert {each.json["data"]["target"] for each in app.requests} >= {"first_response"}
    assert app.requests[0].json["data"]["turn"] == 1


def test_a_hook_hears_only_what_it_asked_for(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app, "portal", "ticket.replied")
    ticket_id = desk.open_ticket(MARIE)
    desk.desk.act(ticket_id, "reply", desk.ana, text="Hello")
    desk.rounds.run()
    assert app.types == ["ticket.replied"]


def test_a_hook_of_today_is_not_told_the_past(desk: WebhookDesk, app: WebhookReceiver) -> None:
    ticket_id = desk.open_ticket(MARIE)
    desk.clock.advance(minutes=1)
    desk.listens(app)
    desk.desk.act(ticket_id, "reply", desk.ana, text="Hello")
    desk.rounds.run()
    assert app.types == ["ticket.assigned", "ticket.status_changed", "ticket.replied"]


def test_a_second_hook_hears_only_what_comes_after_it(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    ticket_id = desk.open_ticket(MARIE)
    with webhook_receiver() as second:
        desk.clock.advance(minutes=1)
        desk.listens(second, "board")
        desk.desk.act(ticket_id, "claim", desk.ana)
        desk.rounds.run()
        assert second.types == ["ticket.assigned", "ticket.status_changed"]
    assert app.types == ["ticket.opened", *second.types]


def test_without_a_hook_nothing_is_written_and_nothing_runs(desk: WebhookDesk) -> None:
    desk.open_ticket(MARIE)
    assert desk.webhook_jobs() == []
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] == []


def test_with_the_last_hook_goes_all_that_was_kept_for_any(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    app.answer(500)
    desk.open_ticket(MARIE)
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] != []
    desk.hooks.remove("Portal")
    assert [*desk.redis.scan_iter("hooks*")] == []
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] == []


def test_the_clock_sends_a_job_when_there_is_news_and_one_only(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    desk.listens(app)
    assert desk.webhook_jobs() == []
    desk.open_ticket(MARIE)
    assert len(desk.webhook_jobs()) == len(desk.webhook_jobs()) == 1
    desk.rounds.run()
    desk.redis.delete("rq:queue:hooks")
    assert desk.webhook_jobs() == []
    assert desk.due() == []


def test_a_job_that_runs_twice_tells_nothing_twice(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    desk.open_ticket(MARIE)
    desk.rounds.run()
    desk.worker().run()
    desk.redis.delete(webhook_keys.CURSOR)  # as after a feed that was cut: every ticket is looked at again
    desk.worker().run()
    assert app.types == ["ticket.opened"]


def test_a_feed_that_does_not_reach_back_loses_nothing(desk: WebhookDesk, app: WebhookReceiver) -> None:
    desk.listens(app)
    desk.open_ticket(MARIE)
    ticket_id = desk.open_ticket(JOHN)
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.redis.xtrim(keys.FEED, 1, approximate=False)
    desk.rounds.run()
    assert app.types.count("ticket.opened") == 2
    assert app.types[-1] == "ticket.status_changed"


def documented() -> str:
    return (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_ten_lines_of_the_documentation_prove_what_we_sign_and_nothing_else(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    desk.clock.now = datetime.now(UTC)
    hook = desk.listens(app)
    desk.open_ticket(MARIE)
    desk.rounds.run()
    known: dict[str, Any] = {}
    exec(documented().split("```python\n")[1].split("```")[0], known)
    proves, heard = known["is_from_the_desk"], app.requests[0]
    assert proves(hook.secret, heard.headers, heard.body)
    assert not proves(hook.secret, heard.headers, heard.body + b" ")
    assert not proves(desk.hooks.add("x", app.url).secret, heard.headers, heard.body)
    an_hour_ago = {**heard.headers, "webhook-timestamp": str(int(heard.headers["webhook-timestamp"]) - 3600)}
    assert not proves(hook.secret, an_hour_ago, heard.body)


def test_the_documentation_names_every_event_and_no_other() -> None:
    rows = re.findall(r"^\| `(ticket\.\w+|ping)` \|", documented(), re.MULTILINE)
    assert rows == [*WebhookEventType, PING]


def test_the_payload_is_made_once_and_sent_byte_for_byte_again(
    desk: WebhookDesk, app: WebhookReceiver
) -> None:
    desk.listens(app)
    app.answer(500, 200)
    ticket_id = desk.open_ticket(MARIE)
    desk.rounds.run()
    desk.desk.act(ticket_id, "prioritise", desk.ana, priority="low")
    desk.clock.advance(seconds=6)
    desk.rounds.run()
    first, again = app.requests[:2]
    assert (first.headers["webhook-id"], first.body) == (again.headers["webhook-id"], again.body)
    assert first.headers["webhook-signature"] != again.headers["webhook-signature"]
    assert json.loads(again.body)["data"]["ticket"]["priority"] == "high"
