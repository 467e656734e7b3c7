"""Which events of a ticket still count."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.standing_events import is_answered, standing_events
from bot.model.ticket_events import CUSTOMER, TicketEvent, TicketEventKind

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
K = TicketEventKind


def event(kind: TicketEventKind, minutes: float, by: str = "ana", **data: str) -> TicketEvent:
    return TicketEvent(kind, NINE + timedelta(minutes=minutes), by, data)


def kinds(*events: TicketEvent) -> list[TicketEventKind]:
    return [each.kind for each in standing_events(events)]


@pytest.mark.parametrize("by", ["ana", CUSTOMER])
def test_solving_an_unanswered_request_by_mistake_leaves_nothing(by: str) -> None:
    opened, solved = event(K.OPENED, 0, CUSTOMER), event(K.RESOLVED, 5)
    assert kinds(opened, solved, event(K.REOPENED, 15, by)) == [K.OPENED, K.RELEASED]
    assert kinds(opened, solved, event(K.REOPENED, 15.1, by)) == [K.OPENED, K.RESOLVED, K.REOPENED]
    twice = (solved, event(K.REOPENED, 6), event(K.RESOLVED, 7), event(K.REOPENED, 8))
    assert kinds(opened, *twice) == [K.OPENED, K.RELEASED, K.RELEASED]
    assert kinds(opened, *twice, event(K.RESOLVED, 9)) == [K.OPENED, K.RELEASED, K.RELEASED, K.RESOLVED]


@pytest.mark.parametrize("answer", [K.REPLIED, K.RETURNED, K.QUOTED])
def test_an_answered_request_that_is_solved_and_reopened_was_both(answer: TicketEventKind) -> None:
    events = (event(answer, 1), event(K.RESOLVED, 2), event(K.REOPENED, 3))
    assert kinds(*events) == [answer, K.RESOLVED, K.REOPENED]


def test_a_reply_that_was_taken_back_was_no_answer() -> None:
    reply, other = event(K.REPLIED, 1), event(K.REPLIED, 2)
    taken_back = event(K.WITHDRAWN, 3, at=reply.at.isoformat())
    assert not is_answered([reply, taken_back])
    assert is_answered([reply, other, taken_back])
    assert kinds(reply, other, taken_back) == [K.REPLIED, K.WITHDRAWN]


def test_of_two_replies_at_the_same_instant_one_is_taken_back() -> None:
    reply = event(K.REPLIED, 1)
    assert kinds(reply, reply, event(K.WITHDRAWN, 3, at=reply.at.isoformat())) == [K.REPLIED, K.WITHDRAWN]
