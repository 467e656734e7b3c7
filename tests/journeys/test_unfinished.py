"""Customers who stop half-way, on both channels: asked once, and taken over by an agent."""

import pytest

from tests.fixtures.customer import STORY, Customer
from tests.fixtures.sandbox_desk import SandboxDesk

ASKED = {"en": "isn’t sent yet", "es": "aún no se ha enviado", "fr": "pas encore envoyée"}


@pytest.mark.parametrize(("locale", "channel"), [("es", "whatsapp"), ("fr", "telegram")])
def test_they_are_asked_once_and_an_agent_takes_over(desk: SandboxDesk, locale: str, channel: str) -> None:
    customer = Customer(desk, locale, channel)
    customer.say(STORY[locale])
    question = customer.texts()[-1].splitlines()[-1]
    desk.pass_time(hours=3, minutes=1)
    told = customer.texts()[-1]
    assert ASKED[locale] in told
    assert question in told
    desk.pass_time(hours=22)
    assert sum(ASKED[locale] in text for text in customer.texts()) == 1
    ticket = desk.wiring.desk.take_over(customer.conversation.draft_id, customer.ana)
    desk.run_jobs()
    assert ticket.details["description"].value == STORY[locale]
    if channel == "telegram":
        assert ticket.number in customer.texts()[-1]
