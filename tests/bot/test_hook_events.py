"""Facts told as events: each with a name that stays, as the ticket stood then, and no words of a customer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messages.inbound import Address
from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, Fact, Happened
from bot.outgoing_webhooks.events import Event, EventType, Telling, events, number_in

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TELLING = Telling(
    lambda who: {"a1": "Ana Silva"}.get(who, who),
    lambda who: who.startswith("t"),
    "https://desk.example/api/v1",
)


def ticket(*facts: Fact) -> Ticket:
    opened = Fact(Happened.OPENED, AT, CUSTOMER, {"priority": "high", "category": "fault"})
    return Ticket(
        "c0ffee-1", "c0ffee", "A5-217", Address("whatsapp", "+351912345678"), "fr", "v1", AT,
        subject="Rien ne marche", category="fault", priority="high", contact_name="Marie", company="Acme",
        facts=(opened, *facts),
    )  # fmt: skip


def told(*facts: Fact, start: int = 1) -> list[Event]:
    return list(events(ticket(*facts), start, TELLING))


def later(kind: Happened, by: str = "a1", minutes: int = 1, **data: str) -> Fact:
    return Fact(kind, AT + timedelta(minutes=minutes), by, data)


def test_the_name_of_an_event_is_the_same_whenever_it_is_made_and_another_for_each() -> None:
    facts = (later(Happened.ASSIGNED, to="a1"), later(Happened.REVIEWED), later(Happened.RETURNED))
    whole = told(*facts, start=0)
    assert [each.event_id for each in whole] == [each.event_id for each in told(*facts, start=0)]
    assert whole[2:] == told(*facts, start=2)
    assert len({each.event_id for each in whole}) == len(whole) == 5
    assert {number_in(each.event_id) for each in whole} == {"A5-217"}


def test_the_same_count_of_another_history_has_another_name() -> None:
    """A desk restored from a backup gives numbers anew: what apps have heard must not hide what they have not."""
    one, other = told(later(Happened.REPLIED)), told(later(Happened.REPLIED, minutes=2))
    assert one[0].event_id != other[0].event_id


def test_nothing_is_told_from_the_end_on() -> None:
    assert told(later(Happened.REPLIED), start=2) == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Happened.RETURNED, "waiting"), (Happened.HELD, "waiting"), (Happened.QUOTED, "waiting"),
        (Happened.RESOLVED, "resolved"), (Happened.MERGED, "closed"), (Happened.REVIEWED, "open"),
    ],
)  # fmt: skip
def test_what_moves_a_ticket_tells_from_where_to_where(kind: Happened, status: str) -> None:
    last = told(later(kind))[-1]
    assert last.type is EventType.STATUS_CHANGED
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
        *_, last = events(each, 0, TELLING)
        assert isinstance(shown := last.data["ticket"], dict)
        assert shown["status"] == each.status, [fact.kind for fact in each.facts]


def test_what_moves_nothing_tells_no_status() -> None:
    facts = (later(Happened.REPLIED), later(Happened.CUSTOMER_WROTE, CUSTOMER), later(Happened.REOPENED))
    kinds = [each.type for each in told(later(Happened.REVIEWED), *facts, start=2)]
    assert kinds == [EventType.REPLIED, EventType.CUSTOMER_WROTE]


@pytest.mark.parametrize(
    "kind",
    [
        Happened.TAGGED, Happened.RENAMED, Happened.WARNED, Happened.ESCALATED, Happened.ACKNOWLEDGED,
        Happened.SNOOZED, Happened.APOLOGISED, Happened.BLOCKED, Happened.MOVED, Happened.IDENTIFIED,
        Happened.ACCESS_GRANTED, Happened.JOINED,
    ],
)  # fmt: skip
def test_what_is_of_no_concern_to_apps_is_not_told(kind: Happened) -> None:
    assert told(later(kind, subject="Rien", number="A1-001")) == []


def test_stars_are_told_without_their_comment() -> None:
    (rated,) = told(later(Happened.RATED, CUSTOMER, stars="4", comment="Merci Ana"))
    assert rated.data["stars"] == 4
    assert "Merci" not in str(rated.body)


def test_a_missed_promise_tells_which_and_when() -> None:
    (missed,) = told(
        later(Happened.MISSED, "", target="first_response", turn="1", due_at="2026-03-02T10:00:00+00:00")
    )
    assert missed.type is EventType.OVERDUE
    assert (missed.data["target"], missed.data["turn"], missed.data["by"]) == ("first_response", 1, "desk")
    assert missed.data["due_at"] == "2026-03-02T10:00:00Z"


def test_who_did_it_is_told_by_kind() -> None:
    by = [told(later(Happened.REPLIED, who))[0].data["by"] for who in ("a1", "t1", CUSTOMER, "")]
    assert by == ["agent", "app", "customer", "desk"]


def test_to_whom_a_ticket_was_given_is_told_by_name() -> None:
    given, back = told(later(Happened.ASSIGNED, to="a1"), later(Happened.ASSIGNED, to=""))
    assert (given.data["to"], back.data["to"]) == ("Ana Silva", None)


def test_mere_courtesy_is_told_as_such() -> None:
    (thanks,) = told(later(Happened.THANKED, CUSTOMER))
    assert (thanks.type, thanks.data["is_courtesy"]) == (EventType.CUSTOMER_WROTE, True)


def test_no_name_address_or_words_of_the_customer_are_told() -> None:
    facts = (
        later(Happened.CUSTOMER_WROTE, CUSTOMER),
        later(Happened.RATED, CUSTOMER, stars="1", comment="Rien"),
    )
    whole = str([each.body for each in told(*facts, start=0)])
    for private in ("351", "Marie", "Acme", "Rien", "c0ffee"):
        assert private not in whole


def test_every_status_can_be_told() -> None:
    seen = {each.data["to"] for each in told(later(Happened.REVIEWED), later(Happened.HELD), later(Happened.RESOLVED),
            later(Happened.CLOSED))}  # fmt: skip
    assert seen == {*Status} - {Status.NEW}
