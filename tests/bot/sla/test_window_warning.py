"""Agents hear before they go home that WhatsApp's window shuts in the night with a customer unanswered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.alert_text import AlertRecipients
from bot.alerts.deadline_check import check_deadlines
from bot.messages.inbound import Address
from bot.messages.notice import Recipient
from bot.messages.outgoing import Translatable
from bot.messages.phrases_ticket import ALERT_WINDOW
from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Records
from bot.policy.policy import Policy, load_policy
from bot.sla.outlook import outlook
from bot.sla.window_warning import window_warning
from tests.fixtures.paths import ROOT

WHATSAPP, TELEGRAM = Address("whatsapp", "+33600000000"), Address("telegram", "42")
DESK = load_policy(ROOT / "policies" / "weekday-desk.toml")  # 09:00–18:00 in Paris
THURSDAY_19 = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)  # 19:00 in Paris: the desk has just closed
FRIDAY_17 = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # an hour before it closes
SATURDAY_10 = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)


def a_ticket(at: datetime, *later: TicketEventKind, address: Address = WHATSAPP) -> Ticket:
    ticket = Ticket(
        "c-1", "c", "K4-217", address, "fr", DESK.version, at, priority="low", status=Status.OPEN
    ).with_event(TicketEventKind.OPENED, at, priority="low")
    for n, kind in enumerate(later, start=1):
        ticket = ticket.with_event(kind, at + timedelta(minutes=n))
    return ticket


def warned_at(ticket: Ticket, heard_at: datetime | None, policy: Policy = DESK) -> datetime | None:
    found = window_warning(ticket, policy, heard_at, outlook(ticket, policy).deadlines)
    return found.warn_at if found else None


def test_an_hour_before_the_shift_ends_if_the_window_shuts_after_it() -> None:
    assert warned_at(a_ticket(THURSDAY_19), THURSDAY_19) == FRIDAY_17


def test_before_the_weekend_for_a_window_that_shuts_on_saturday() -> None:
    friday_noon = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
    assert warned_at(a_ticket(friday_noon), friday_noon) == FRIDAY_17


def test_at_once_when_they_wrote_in_the_last_hour() -> None:
    late = FRIDAY_17 + timedelta(minutes=40)
    assert warned_at(a_ticket(late), late) == late


def test_it_wakes_the_clock_then_and_no_more_once_it_was_told() -> None:
    ticket = a_ticket(THURSDAY_19)
    conversation = Conversation("c", WHATSAPP, last_inbound_at=THURSDAY_19)
    assert outlook(ticket, DESK, conversation).wake_at is not None
    shutting = window_warning(ticket, DESK, THURSDAY_19, ())
    assert shutting is not None
    told = ticket.with_event(TicketEventKind.WARNED, FRIDAY_17, target="window", turn=shutting.turn)
    assert window_warning(told, DESK, THURSDAY_19, ()) is None
    again = THURSDAY_19 + timedelta(minutes=30)
    assert window_warning(told, DESK, again, ()) is not None, "a later message has a window of its own"


@pytest.mark.parametrize("answer", [TicketEventKind.REPLIED, TicketEventKind.RETURNED, TicketEventKind.HELD])
def test_not_when_they_were_answered(answer: TicketEventKind) -> None:
    assert warned_at(a_ticket(THURSDAY_19, answer), THURSDAY_19) is None


def test_but_when_they_wrote_again_after_the_answer() -> None:
    ticket = a_ticket(THURSDAY_19, TicketEventKind.REPLIED, TicketEventKind.CUSTOMER_WROTE)
    assert warned_at(ticket, THURSDAY_19) == FRIDAY_17


def test_thanks_are_no_question() -> None:
    assert (
        warned_at(a_ticket(THURSDAY_19, TicketEventKind.REPLIED, TicketEventKind.THANKED), THURSDAY_19)
        is None
    )


@pytest.mark.parametrize("status", [Status.WAITING, Status.RESOLVED, Status.CLOSED])
def test_not_while_nobody_owes_an_answer(status: Status) -> None:
    assert warned_at(replace(a_ticket(THURSDAY_19), status=status), THURSDAY_19) is None


def test_not_when_the_desk_is_open_as_it_shuts() -> None:
    morning = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert warned_at(a_ticket(morning), morning) is None


def test_not_when_nobody_is_there_in_between() -> None:
    assert warned_at(a_ticket(SATURDAY_10), SATURDAY_10) is None


def test_not_on_a_channel_without_a_window_nor_before_anything_was_heard() -> None:
    assert warned_at(a_ticket(THURSDAY_19, address=TELEGRAM), THURSDAY_19) is None
    assert warned_at(a_ticket(THURSDAY_19), None) is None


def test_not_at_a_desk_that_never_closes() -> None:
    demo = load_policy(ROOT / "policies" / "demo.toml")
    assert warned_at(replace(a_ticket(THURSDAY_19), priority="low"), THURSDAY_19, demo) is None


TEAM = Recipient(Address("telegram", "-100"), "en")
PEOPLE = AlertRecipients(
    (), (), (TEAM,), lambda _: None, str, lambda ticket: f"http://desk/{ticket.number}", {}
)


class Policies:
    """The one policy of this desk."""

    current = DESK

    def of(self, _ticket: Ticket) -> Policy:
        return DESK


def looked_at(ticket: Ticket, now: datetime) -> tuple[Ticket, list[str]]:
    """The ticket after the clock has looked, and what the team was told of the window."""
    conversation = Conversation("c", WHATSAPP, tickets=(ticket.summary,), last_inbound_at=THURSDAY_19)
    records = Records("c", 1, conversation, {"c-1": ticket}, "K4-218")
    changes = check_deadlines("c-1", Policies(), PEOPLE, now)(records)
    assert changes is not None
    lines = [notice.outgoing.lines[0] for notice in changes.notices]
    told = [
        line.phrase.text for line in lines if isinstance(line, Translatable) and line.phrase == ALERT_WINDOW
    ]
    return changes.tickets[0], told


def test_the_team_is_told_once() -> None:
    ticket = a_ticket(THURSDAY_19)
    assert looked_at(ticket, FRIDAY_17 - timedelta(minutes=1))[1] == []
    after, told = looked_at(ticket, FRIDAY_17)
    assert len(told) == 1
    assert looked_at(after, FRIDAY_17 + timedelta(minutes=5))[1] == []


def test_a_clock_that_comes_too_late_tells_nobody_and_looks_no_more() -> None:
    ticket = a_ticket(THURSDAY_19)
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    after, told = looked_at(ticket, monday)
    assert told == []
    assert window_warning(after, DESK, THURSDAY_19, ()) is None


def test_the_window_counts_where_the_customer_is_now_and_not_where_they_began() -> None:
    """They moved to Telegram, which has none; whoever comes back to WhatsApp is limited again."""
    field = load_policy(ROOT / "policies" / "field-service.toml")  # low: 2 business days
    there = Conversation("c", TELEGRAM, last_inbound_at=THURSDAY_19)
    back = Conversation("c", WHATSAPP, last_inbound_at=THURSDAY_19)

    def by_window(ticket: Ticket, conversation: Conversation) -> bool:
        return any(d.is_by_window for d in outlook(ticket, field, conversation).deadlines)

    assert not by_window(a_ticket(THURSDAY_19), there)
    assert by_window(a_ticket(THURSDAY_19, address=TELEGRAM), back)
