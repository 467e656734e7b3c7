"""A customer writes on their phone, an agent answers, and an app is told of both: by the clock, a queue and a job."""

from collections.abc import Iterator

import pytest

from store.outgoing_webhooks.endpoints import WebhookEndpoints
from tests.fixtures.sandbox_desk import SandboxDesk
from tests.fixtures.webhook_receiver import WebhookReceiver, webhook_receiver


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


def test_an_app_is_told_what_happens_on_the_phones_and_in_the_inbox(
    desk: SandboxDesk, app: WebhookReceiver
) -> None:
    WebhookEndpoints(desk.redis, desk.clock).add("portal", app.url, is_private=True)
    ana = desk.wiring.agents.add("Ana Costa", "ana").agent_id
    emma = desk.phone("whatsapp", "Emma", country="GB")
    desk.say(emma, "hello, nothing works, I need a person")
    desk.say(emma, "/human")
    (row,) = desk.wiring.queries.rows("open")
    assert app.types[0] == "ticket.opened"
    assert app.requests[0].json["data"]["ticket"]["number"] == row.number
    desk.wiring.desk.act(row.ticket_id, "reply", ana, text="on its way")
    desk.run_jobs()
    assert app.types[-1] == "ticket.replied"
    given = next(each for each in app.requests if each.json["type"] == "ticket.assigned")
    assert given.json["data"]["to"] == "Ana Costa"
    assert len(set(app.ids)) == len(app.ids)


def test_an_app_that_fails_delays_no_customer(desk: SandboxDesk, app: WebhookReceiver) -> None:
    WebhookEndpoints(desk.redis, desk.clock).add("portal", app.url, is_private=True)
    app.answer(500)
    emma = desk.phone("telegram", "Emma", language_code="en")
    said = desk.say(emma, "hello, nothing works, I need a person")
    assert said
    assert desk.say(emma, "/human")
    assert set(app.types) == {"ticket.opened"}
