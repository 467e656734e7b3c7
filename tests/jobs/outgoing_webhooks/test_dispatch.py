"""Apps are told what happens to tickets: signed, in order, once for each id, and nothing that they need not know."""

import hmac
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.outgoing_webhooks.events import PING, WebhookEventType
from store import keys
from store.outgoing_webhooks import keys as webhook_keys
from tests.fixtures.paths import ROOT
from tests.fixtures.webhook_receiver import Heard, Receiver, receiver
from tests.fixtures.webhook_sender import API, JOHN, MARIE, HookedDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> HookedDesk:
    return HookedDesk(redis, tmp_path)


@pytest.fixture
def app() -> Iterator[Receiver]:
    with receiver() as one:
        yield one


def is_signed(heard: Heard, secret: str) -> bool:
    """As the specification has it, written a second time."""
    at = heard.headers["webhook-timestamp"]
    content = f"{heard.event_id}.{at}.".encode() + heard.body
    wanted = b64encode(hmac.new(b64decode(secret.removeprefix("whsec_")), content, sha256).digest())
    return heard.headers["webhook-signature"] == f"v1,{wanted.decode()}"


def test_a_new_ticket_is_told_signed_and_with_nothing_of_its_customer(
    desk: HookedDesk, app: Receiver
) -> None:
    hook = desk.listens(app)
    ticket_id = desk.house.ticket(MARIE, "The printer smells of smoke")
    desk.rounds.run()
    ticket = desk.wiring.queries.ticket(ticket_id).ticket
    first = app.heard[0]
    assert is_signed(first, hook.secret)
    assert not is_signed(first, desk.hooks.add("x", app.url).secret)
    assert first.headers["webhook-timestamp"] == str(int(desk.clock().timestamp()))
    assert first.headers["Content-Type"] == "application/json"
    assert first.event == {
        "id": first.event_id,
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
    told = b"".join(each.body for each in app.heard)
    for private in (b"Marie", b"Acme", b"smoke", b"42", ticket_id.encode(), ticket.contact_id.encode()):
        assert private not in told.replace(ticket.number.encode(), b"").replace(first.event_id.encode(), b"")


def test_the_story_of_a_ticket_is_told_in_its_order(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    ticket_id = desk.house.ticket(MARIE)
    desk.desk.act(ticket_id, "claim", desk.ana)
    desk.desk.act(ticket_id, "prioritise", desk.ana, priority="low")
    desk.desk.act(ticket_id, "return", desk.ana, text="Which version?")
    desk.house.write(MARIE, "The very latest one, since Monday morning")
    desk.desk.act(ticket_id, "reply", desk.ana, text="Please start it again")
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.rounds.run()
    told = [(each.type.removeprefix("ticket."), each.event["data"]) for each in app.heard]
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


def test_a_missed_promise_and_stars_are_told(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app, "portal", "ticket.overdue", "ticket.rated")
    ticket_id = desk.house.ticket(MARIE, priority="urgent")
    desk.clock.go_on(days=3)
    desk.wiring.deadline_check.check_all([ticket_id])
    desk.rounds.run()
    assert set(app.types) == {"ticket.overdue"}
    assert {each.event["data"]["target"] for each in app.heard} >= {"first_response"}
    assert app.heard[0].event["data"]["turn"] == 1


def test_a_hook_hears_only_what_it_asked_for(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app, "portal", "ticket.replied")
    ticket_id = desk.house.ticket(MARIE)
    desk.desk.act(ticket_id, "reply", desk.ana, text="Hello")
    desk.rounds.run()
    assert app.types == ["ticket.replied"]


def test_a_hook_of_today_is_not_told_the_past(desk: HookedDesk, app: Receiver) -> None:
    ticket_id = desk.house.ticket(MARIE)
    desk.clock.go_on(minutes=1)
    desk.listens(app)
    desk.desk.act(ticket_id, "reply", desk.ana, text="Hello")
    desk.rounds.run()
    assert app.types == ["ticket.assigned", "ticket.status_changed", "ticket.replied"]


def test_a_second_hook_hears_only_what_comes_after_it(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    ticket_id = desk.house.ticket(MARIE)
    with receiver() as second:
        desk.clock.go_on(minutes=1)
        desk.listens(second, "board")
        desk.desk.act(ticket_id, "claim", desk.ana)
        desk.rounds.run()
        assert second.types == ["ticket.assigned", "ticket.status_changed"]
    assert app.types == ["ticket.opened", *second.types]


def test_without_a_hook_nothing_is_written_and_nothing_runs(desk: HookedDesk) -> None:
    desk.house.ticket(MARIE)
    assert desk.sweep() == []
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] == []


def test_with_the_last_hook_goes_all_that_was_kept_for_any(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    app.answer(500)
    desk.house.ticket(MARIE)
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] != []
    desk.hooks.remove("Portal")
    assert [*desk.redis.scan_iter("hooks*")] == []
    desk.rounds.run()
    assert [*desk.redis.scan_iter("hooks*")] == []


def test_the_clock_sends_a_job_when_there_is_news_and_one_only(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    assert desk.sweep() == []
    desk.house.ticket(MARIE)
    assert len(desk.sweep()) == len(desk.sweep()) == 1
    desk.rounds.run()
    desk.redis.delete("rq:queue:hooks")
    assert desk.sweep() == []
    assert desk.due() == []


def test_a_job_that_runs_twice_tells_nothing_twice(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    desk.house.ticket(MARIE)
    desk.rounds.run()
    desk.worker().run()
    desk.redis.delete(webhook_keys.CURSOR)  # as after a feed that was cut: every ticket is looked at again
    desk.worker().run()
    assert app.types == ["ticket.opened"]


def test_a_feed_that_does_not_reach_back_loses_nothing(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    desk.house.ticket(MARIE)
    ticket_id = desk.house.ticket(JOHN)
    desk.desk.act(ticket_id, "resolve", desk.ana)
    desk.redis.xtrim(keys.FEED, 1, approximate=False)
    desk.rounds.run()
    assert app.types.count("ticket.opened") == 2
    assert app.types[-1] == "ticket.status_changed"


def documented() -> str:
    return (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_ten_lines_of_the_documentation_prove_what_we_sign_and_nothing_else(
    desk: HookedDesk, app: Receiver
) -> None:
    desk.clock.now = datetime.now(UTC)
    hook = desk.listens(app)
    desk.house.ticket(MARIE)
    desk.rounds.run()
    known: dict[str, Any] = {}
    exec(documented().split("```python\n")[1].split("```")[0], known)
    proves, heard = known["is_from_the_desk"], app.heard[0]
    assert proves(hook.secret, heard.headers, heard.body)
    assert not proves(hook.secret, heard.headers, heard.body + b" ")
    assert not proves(desk.hooks.add("x", app.url).secret, heard.headers, heard.body)
    an_hour_ago = {**heard.headers, "webhook-timestamp": str(int(heard.headers["webhook-timestamp"]) - 3600)}
    assert not proves(hook.secret, an_hour_ago, heard.body)


def test_the_documentation_names_every_event_and_no_other() -> None:
    rows = re.findall(r"^\| `(ticket\.\w+|ping)` \|", documented(), re.MULTILINE)
    assert rows == [*WebhookEventType, PING]


def test_the_payload_is_made_once_and_sent_byte_for_byte_again(desk: HookedDesk, app: Receiver) -> None:
    desk.listens(app)
    app.answer(500, 200)
    ticket_id = desk.house.ticket(MARIE)
    desk.rounds.run()
    desk.desk.act(ticket_id, "prioritise", desk.ana, priority="low")
    desk.clock.go_on(seconds=6)
    desk.rounds.run()
    first, again = app.heard[:2]
    assert (first.event_id, first.body) == (again.event_id, again.body)
    assert first.headers["webhook-signature"] != again.headers["webhook-signature"]
    assert json.loads(again.body)["data"]["ticket"]["priority"] == "high"
