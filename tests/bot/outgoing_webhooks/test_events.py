"""Facts told as events: each with a name that stays, as the ticket stood then, and no words of a customer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.inbound import Address
from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEvent, TicketEventKind
from bot.outgoing_webhooks.events import (
    EventContext,
    WebhookEvent,
    WebhookEventType,
    ticket_number_of,
    webhook_events,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TELLING = EventContext(
    lambda who: {"a1": "Ana Silva"}.get(who, who),
    lambda who: who.startswith("t"),
    "https://desk.example/api/v1",
)


def ticket(*facts: TicketEvent) -> Ticket:
    opened = TicketEvent(TicketEventKind.OPENED, AT, CUSTOMER, {"priority": "high", "category": "fault"})
    return Ticket(
        "c0ffee-1",
        "c0ffee",
        "A5-217",
        Address("whatsapp", "+351912345678"),
        "fr",
        "v1",
        AT,
        subject="Rien ne marche",
        category="fault",
        priority="high",
        contact_name="Marie",
        company="Acme",
        facts=(opened, *facts),
    )


def told(*facts: TicketEvent, start: int = 1) -> list[WebhookEvent]:
    return list(webhook_events(ticket(*facts), start, TELLING))


def later(kind: TicketEventKind, by: str = "a1", minutes: int = 1, **data: str) -> TicketEvent:
    return TicketEvent(kind, AT + timedelta(minutes=minutes), by, data)


def test_the_name_of_an_event_is_the_same_whenever_it_is_made_and_another_for_each() -> None:
    facts = (
        later(TicketEventKind.ASSIGNED, to="a1"),
        later(TicketEventKind.REVIEWED),
        later(TicketEventKind.RETURNED),
    )
    whole = told(*facts, start=0)
    assert [each.event_id for each in whole] == [each.event_id for each in told(*facts, start=0)]
    assert whole[2:] == told(*facts, start=2)
    assert len({each.event_id for each in whole}) == len(whole) == 5
    assert {ticket_number_of(each.event_id) for each in whole} == {"A5-217"}


def test_the_same_count_of_another_history_has_another_name() -> None:
    """A desk restored from a backup gives numbers anew: what apps have heard must not hide what they have not."""
    one, other = told(later(TicketEventKind.REPLIED)), told(later(TicketEventKind.REPLIED, minutes=2))
    assert one[0].event_id != other[0].event_id


def test_nothing_is_told_from_the_end_on() -> None:
    assert told(later(TicketEventKind.REPLIED), start=2) == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (TicketEventKind.RETURNED, "waiting"),
        (TicketEventKind.HELD, "waiting"),
        (TicketEventKind.QUOTED, "waiting"),
        (TicketEventKind.RESOLVED, "resolved"),
        (TicketEventKind.MERGED, "closed"),
        (TicketEventKind.REVIEWED, "open"),
    ],
)
def test_what_moves_a_ticket_tells_from_where_to_where(kind: TicketEventKind, status: str) -> None:
    last = told(later(kind))[-1]
    assert last.type is WebhookEventType.STATUS_CHANGED
    assert (last.data["from"], last.data["to"], last.data["because"]) == ("new", status, kind)


def test_the_status_that_the_events_end_with_is_that_of_the_ticket() -> None:
    """The rules of `bot.model.ticket`, told a second time by its facts."""
    one = ticket().evolve(facts=ticket().facts)
    steps = [
        one.claimed(AT, "a1"),
        one.claimed(AT, "a1").returned(AT, "a1"),
        one.returned(AT, "a1").customer_wrote(AT),
        one.held(AT, "a1").released(AT, "a1"),
        one.quoted(AT, "a1", "5", "").quote_answered(AT, 1, is_accepted=True),
        one.quoted(AT, "a1", "5", "").quote_answered(AT, 1, is_accepted=False),
        one.resolved(AT, "a1"),
        one.resolved(AT, "a1").customer_wrote(AT),
        one.resolved(AT, "a1").reopened(AT, CUSTOMER),
        one.resolved(AT, "a1").closed(AT),
        one.resolved(AT, "a1").closed(AT).brought_back(AT, "a1"),
        one.merged(AT, "a1", ticket()),
        one.replied(AT, "a1").thanked(AT).rated(AT, 5, ""),
    ]
    for each in steps:
        *_, last = webhook_events(each, 0, TELLING)
        assert isinstance(shown := last.data["ticket"], dict)
        assert shown["status"] == each.status, [fact.kind for fact in each.facts]


def test_what_moves_nothing_tells_no_status() -> None:
    facts = (
        later(TicketEventKind.REPLIED),
        later(TicketEventKind.CUSTOMER_WROTE, CUSTOMER),
        later(TicketEventKind.REOPENED),
    )
    kinds = [each.type for each in told(later(TicketEventKind.REVIEWED), *facts, start=2)]
    assert kinds == [WebhookEventType.REPLIED, WebhookEventType.CUSTOMER_WROTE]


@pytest.mark.parametrize(
    "kind",
    [
        TicketEventKind.TAGGED,
        TicketEventKind.RENAMED,
        TicketEventKind.WARNED,
        TicketEventKind.ESCALATED,
        TicketEventKind.ACKNOWLEDGED,
        TicketEventKind.SNOOZED,
        TicketEventKind.APOLOGISED,
        TicketEventKind.BLOCKED,
        TicketEventKind.MOVED,
        TicketEventKind.IDENTIFIED,
        TicketEventKind.ACCESS_GRANTED,
        TicketEventKind.JOINED,
    ],
)
def test_what_is_of_no_concern_to_apps_is_not_told(kind: TicketEventKind) -> None:
    assert told(later(kind, subject="Rien", number="A1-001")) == []


def test_stars_are_told_without_their_comment() -> None:
    (rated,) = told(later(TicketEventKind.RATED, CUSTOMER, stars="4", comment="Merci Ana"))
    assert rated.data["stars"] == 4
    assert "Merci" not in str(rated.body)


def test_a_missed_promise_tells_which_and_when() -> None:
    (missed,) = told(
        later(
            TicketEventKind.MISSED, "", target="first_response", turn="1", due_at="2026-03-02T10:00:00+00:00"
        )
    )
    assert missed.type is WebhookEventType.OVERDUE
    assert (missed.data["target"], missed.data["turn"], missed.data["by"]) == ("first_response", 1, "desk")
    assert missed.data["due_at"] == "2026-03-02T10:00:00Z"


def test_who_did_it_is_told_by_kind() -> None:
    by = [told(later(TicketEventKind.REPLIED, who))[0].data["by"] for who in ("a1", "t1", CUSTOMER, "")]
    assert by == ["agent", "app", "customer", "desk"]


def test_to_whom_a_ticket_was_given_is_told_by_name() -> None:
    given, back = told(later(TicketEventKind.ASSIGNED, to="a1"), later(TicketEventKind.ASSIGNED, to=""))
    assert (given.data["to"], back.data["to"]) == ("Ana Silva", None)


def test_mere_courtesy_is_told_as_such() -> None:
    (thanks,) = told(later(TicketEventKind.THANKED, CUSTOMER))
    assert (thanks.type, thanks.data["is_courtesy"]) == (WebhookEventType.CUSTOMER_WROTE, True)


def test_no_name_address_or_words_of_the_customer_are_told() -> None:
    facts = (
        later(TicketEventKind.CUSTOMER_WROTE, CUSTOMER),
        later(TicketEventKind.RATED, CUSTOMER, stars="1", comment="Rien"),
    )
    whole = str([each.body for each in told(*facts, start=0)])
    for private in ("351", "Marie", "Acme", "Rien", "c0ffee"):
        assert private not in whole


def test_every_status_can_be_told() -> None:
    seen = {
        each.data["to"]
        for each in told(
            later(TicketEventKind.REVIEWED),
            later(TicketEventKind.HELD),
            later(TicketEventKind.RESOLVED),
            later(TicketEventKind.CLOSED),
        )
    }
    assert seen == {*Status} - {Status.NEW}
