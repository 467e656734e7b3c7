"""An agent offers the other app, and reads where the customer is."""

import pytest
from redis import Redis

from tests.inbox.house import House, house
from tests.inbox.test_agreements import post

TWILIO = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "0" * 32,
    "TWILIO_WHATSAPP_NUMBER": "+15005550006",
}


@pytest.fixture
def both(redis: Redis, tmp_path: object) -> House:
    """A desk on both channels."""
    return house(redis, tmp_path / "media", **TWILIO)  # type: ignore[operator]


def offered(desk: House, ticket_id: str) -> list[str]:
    facts = desk.wiring.queries.ticket(ticket_id).ticket.facts
    return [fact.data["to"] for fact in facts if fact.kind.value == "passage_offered"]


def test_the_other_channel_is_offered_and_the_thread_says_so(both: House) -> None:
    ticket_id, client = both.ticket(), both.browser(both.agent("Ana Ruiz"))
    shown = client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]
    assert shown["contact"]["ways"] == ["whatsapp"]
    code, answer = post(both, client, f"{ticket_id}/offer-whatsapp")
    assert code == 200
    events = [item["words"] for item in answer["ticket"]["items"] if item["type"] == "event"]
    assert "Ana Ruiz offered to go on in WhatsApp" in events
    assert offered(both, ticket_id) == ["whatsapp"]


def test_the_channel_where_they_are_is_not_offered(both: House) -> None:
    ticket_id, client = both.ticket(), both.browser(both.agent("Ana Ruiz"))
    assert post(both, client, f"{ticket_id}/offer-telegram")[0] == 409
    assert offered(both, ticket_id) == []


def test_a_desk_on_one_channel_offers_none(desk: House) -> None:
    ticket_id, client = desk.ticket(), desk.browser(desk.agent("Ana Ruiz"))
    assert client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]["contact"]["ways"] == []
    assert post(desk, client, f"{ticket_id}/offer-whatsapp")[0] == 409


def test_nothing_is_offered_through_a_window_that_is_shut(both: House) -> None:
    """The link would have expired when they read it."""
    ticket_id, client = both.ticket("whatsapp:+447700900123"), both.browser(both.agent("Ana Ruiz"))
    both.clock.go_on(hours=25)
    client = both.browser(both.agent("Ana Ruiz"))
    assert client.get(f"/inbox/api/tickets/{ticket_id}").json["ticket"]["contact"]["ways"] == []
    assert post(both, client, f"{ticket_id}/offer-telegram")[0] == 409


def test_a_solved_ticket_offers_nothing(both: House) -> None:
    ticket_id, client = both.ticket(), both.browser(both.agent("Ana Ruiz"))
    post(both, client, f"{ticket_id}/resolve")
    assert post(both, client, f"{ticket_id}/offer-whatsapp")[0] == 409
