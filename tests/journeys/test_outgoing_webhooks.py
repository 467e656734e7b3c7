"""A customer writes on their phone, an agent answers, and an app is told of both: by the clock, a queue and a job."""

from collections.abc import Iterator

import pytest

from store.outgoing_webhooks.endpoints import WebhookEndpoints
from tests.fixtures.sandbox_desk import House
from tests.fixtures.webhook_receiver import Receiver, receiver


@pytest.fixture
def app() -> Iterator[Receiver]:
    with receiver() as one:
        yield one


def test_an_app_is_told_what_happens_on_the_phones_and_in_the_inbox(house: House, app: Receiver) -> None:
    WebhookEndpoints(house.redis, house.clock).add("portal", app.url, is_private=True)
    ana = house.wiring.agents.add("Ana Costa", "ana").agent_id
    emma = house.customer("whatsapp", "Emma", country="GB")
    house.say(emma, "hello, nothing works, I need a person")
    house.say(emma, "/human")
    (row,) = house.wiring.queries.rows("open")
    assert app.types[0] == "ticket.opened"
    assert app.heard[0].event["data"]["ticket"]["number"] == row.number
    house.wiring.desk.act(row.ticket_id, "reply", ana, text="on its way")
    house.run_jobs()
    assert app.types[-1] == "ticket.replied"
    given = next(each for each in app.heard if each.type == "ticket.assigned")
    assert given.event["data"]["to"] == "Ana Costa"
    assert len(set(app.ids)) == len(app.ids)


def test_an_app_that_fails_delays_no_customer(house: House, app: Receiver) -> None:
    WebhookEndpoints(house.redis, house.clock).add("portal", app.url, is_private=True)
    app.answer(500)
    emma = house.customer("telegram", "Emma", language_code="en")
    said = house.say(emma, "hello, nothing works, I need a person")
    assert said
    assert house.say(emma, "/human")
    assert set(app.types) == {"ticket.opened"}
