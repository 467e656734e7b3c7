"""Agents hear while they can still answer that WhatsApp's window closes on a customer who waits."""

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
from bot.sla.outlook import next_check_at, outlook
from bot.sla.window_warning import is_recorded, window_warning
from tests.fixtures.paths import ROOT

WHATSAPP, TELEGRAM = Address("whatsapp", "+33600000000"), Address("telegram", "42")
DESK = load_policy(ROOT / "policies" / "weekday-desk.toml")  # 09:00–18:00 in Paris
THURSDAY_19 = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)  # 19:00 in Paris: the desk has just closed
FRIDAY_17 = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # an hour before it closes
SATURDAY_10 = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)


def without_targets(policy: Policy) -> Policy:
    """The policy without targets: the window alone wakes the clock."""
    bare = tuple(priority.model_copy(update={"targets": {}}) for priority in policy.priorities)
    return policy.model_copy(update={"priorities": bare})


def a_ticket(at: datetime, *later: TicketEventKind, address: Address = WHATSAPP) -> Ticket:
    ticket = Ticket(
        "c-1", "c", "K4-217", address, "fr", DESK.version, at, priority="low", status=Status.OPEN
    ).with_event(TicketEventKind.OPENED, at, priority="low")
    for n, kind in enumerate(later, start=1):
        ticket = ticket.with_event(kind, at + timedelta(minutes=n))
    return ticket


def warned_at(ticket: Ticket, heard_at: datetime | None, policy: Policy = DESK) -> datetime | None:
    found = window_warning(ticket, policy, heard(heard_at, ticket.address))
    return found.warn_at if found else None


def heard(at: datetime | None, address: Address = WHATSAPP) -> Conversation:
    return Conversation("c", address, last_inbound_at=at)


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
    policy = without_targets(DESK)
    assert next_check_at(ticket, policy, heard(THURSDAY_19)) == FRIDAY_17
    warning = window_warning(ticket, policy, heard(THURSDAY_19))
    assert warning is not None
    told = ticket.with_event(TicketEventKind.WARNED, FRIDAY_17, target="window", turn=warning.turn)
    assert next_check_at(told, policy, heard(THURSDAY_19)) is None
    again = THURSDAY_19 + timedelta(minutes=30)
    assert next_check_at(told, policy, heard(again)) == FRIDAY_17, "a later message has a window of its own"


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


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-05 09:00", "2026-03-06 08:00"),  # 10:00 in Paris: an hour before
        ("2026-03-05 08:20", "2026-03-05 16:20"),  # closes at 09:20: 40 minutes of it are on the day before
        ("2026-03-05 08:00", "2026-03-05 16:00"),  # closes as the desk opens
    ],
)
def test_an_open_hour_before_it_closes_while_the_desk_is_open(at: str, expected: str) -> None:
    opened, warn_at = (datetime.fromisoformat(f"{each}+00:00") for each in (at, expected))
    assert warned_at(a_ticket(opened), opened) == warn_at


def test_not_when_nobody_is_there_in_between() -> None:
    assert warned_at(a_ticket(SATURDAY_10), SATURDAY_10) is None


def test_not_on_a_channel_without_a_window_nor_before_anything_was_heard() -> None:
    assert warned_at(a_ticket(THURSDAY_19, address=TELEGRAM), THURSDAY_19) is None
    assert warned_at(a_ticket(THURSDAY_19), None) is None


def test_an_hour_before_it_closes_at_a_desk_that_never_closes() -> None:
    demo = load_policy(ROOT / "policies" / "demo.toml")
    assert warned_at(a_ticket(THURSDAY_19), THURSDAY_19, demo) == THURSDAY_19 + timedelta(hours=23)


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
    warning = window_warning(after, DESK, heard(THURSDAY_19))
    assert warning is not None
    assert is_recorded(after, warning)


def test_the_window_counts_where_the_customer_is_now_and_not_where_they_began() -> None:
    """They moved to Telegram, which has none; whoever comes back to WhatsApp is limited again."""
    began_here, began_there = a_ticket(THURSDAY_19), a_ticket(THURSDAY_19, address=TELEGRAM)
    assert window_warning(began_here, DESK, heard(THURSDAY_19, TELEGRAM)) is None
    assert window_warning(began_there, DESK, heard(THURSDAY_19, WHATSAPP)) is not None


@pytest.mark.parametrize("name", ["field-service", "weekday-desk", "premium", "demo"])
@pytest.mark.parametrize("address", [WHATSAPP, TELEGRAM], ids=["whatsapp", "telegram"])
@pytest.mark.parametrize("hours", [0, 5, 30, 52, 75])
def test_it_changes_no_deadline(name: str, address: Address, hours: int) -> None:
    policy = load_policy(ROOT / "policies" / f"{name}.toml")
    at = THURSDAY_19 + timedelta(hours=hours)
    for priority in policy.priorities:
        ticket = replace(a_ticket(at, address=address), priority=priority.key)
        elsewhere = replace(ticket, address=Address("telegram", "1"))
        assert outlook(ticket, policy) == outlook(elsewhere, policy)
