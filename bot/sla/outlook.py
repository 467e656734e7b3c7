"""A ticket's current deadlines, computed from its events, and when to look at it next.

`outlook` is the only way to a ticket's deadlines outside of replays: what it's given decides them completely.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Protocol

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.model.conversation import Conversation, Status
from bot.model.merged_ticket import merged_timeline
from bot.model.standing_events import standing_events
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.policy.policy import Policy
from bot.sla import escalation
from bot.sla.deadlines import Deadline, deadlines
from bot.sla.wake_ups import wake_up_times
from bot.sla.window_warning import is_recorded, window_warning

CLOSES_AFTER = timedelta(days=7)
"""How long after being resolved a ticket closes; until then a message reopens it."""

_ANSWERS = ("first_response", "next_response")

_CLOCK_EVENTS = {
    TicketEventKind.CUSTOMER_WROTE: (ClockEventKind.CUSTOMER_WROTE,),
    TicketEventKind.REPLIED: (ClockEventKind.REPLIED,),
    TicketEventKind.REVIEWED: (ClockEventKind.REVIEWED,),
    TicketEventKind.PRIORITISED: (ClockEventKind.PRIORITISED,),
    TicketEventKind.RETURNED: (ClockEventKind.REPLIED, ClockEventKind.HELD),
    TicketEventKind.QUOTED: (ClockEventKind.REPLIED, ClockEventKind.HELD),
    TicketEventKind.QUOTE_ACCEPTED: (ClockEventKind.CUSTOMER_WROTE,),
    TicketEventKind.QUOTE_DECLINED: (ClockEventKind.CUSTOMER_WROTE,),
    TicketEventKind.HELD: (ClockEventKind.HELD,),
    TicketEventKind.RELEASED: (ClockEventKind.RELEASED,),
    TicketEventKind.RESOLVED: (ClockEventKind.RESOLVED,),
    TicketEventKind.REOPENED: (ClockEventKind.REOPENED,),
    TicketEventKind.JOINED: (ClockEventKind.REVIEWED,),
    TicketEventKind.MERGED: (ClockEventKind.STOPPED,),
}


class Policies(Protocol):
    """The policy of each ticket, and the one for new tickets."""

    @property
    def current(self) -> Policy: ...

    def of(self, ticket: Ticket) -> Policy:
        """The policy that the ticket was opened under."""


@dataclass(frozen=True)
class Outlook:
    """The deadlines of one ticket, and what follows from them."""

    deadlines: tuple[Deadline, ...]
    first: Deadline | None  # the running deadline that is due first
    promised: Deadline | None  # the running deadline that the customer is told


def outlook(ticket: Ticket, policy: Policy) -> Outlook:
    """Everything due on `ticket` under the policy that it was opened under."""
    found = deadlines(timeline_of(ticket), policy)
    running = sorted((d for d in found if not d.is_over and d.due_at), key=_due_at)
    answers = [d for d in running if d.target in _ANSWERS]
    return Outlook(
        deadlines=found,
        first=running[0] if running else None,
        promised=next(iter(answers or running), None),
    )


def next_check_at(ticket: Ticket, policy: Policy, conversation: Conversation) -> datetime | None:
    """When there is something to do about the ticket next; None for nothing."""
    times = (*_wake_times(ticket, policy, conversation), *_tell_times(ticket, conversation))
    return min(times, default=None)


def timeline_of(ticket: Ticket) -> TicketTimeline:
    """The ticket's events that affect its deadlines, with those of tickets merged into it."""
    opened = next((fact for fact in ticket.facts if fact.kind is TicketEventKind.OPENED), None)
    alone = TicketTimeline(
        opened_at=ticket.opened_at,
        priority=opened.data.get("priority", ticket.priority) if opened else ticket.priority,
        events=tuple(_events(standing_events(ticket.facts))),
        plan=ticket.plan,
        has_clock=ticket.has_clock,
        is_emergency=ticket.is_emergency,
    )
    joined = (merged_timeline(fact) for fact in ticket.facts if fact.kind is TicketEventKind.JOINED)
    return reduce(TicketTimeline.merged_with, joined, alone)


def _wake_times(ticket: Ticket, policy: Policy, conversation: Conversation) -> Iterator[datetime]:
    yield from escalation.wake_times(ticket, policy, outlook(ticket, policy).deadlines)
    yield from wake_up_times(ticket, lambda at: escalation.earliest_alert_at(ticket, policy, at))
    warning = window_warning(ticket, policy, conversation)
    if warning and not is_recorded(ticket, warning):
        yield warning.warn_at
    if ticket.status is Status.RESOLVED and ticket.summary.ended_at:
        yield ticket.summary.ended_at + CLOSES_AFTER


def _tell_times(ticket: Ticket, conversation: Conversation) -> Iterator[datetime]:
    """When to send the customer changes that they haven't heard of yet."""
    for pending in conversation.notified:
        if pending.ticket_id == ticket.ticket_id and pending.lines:
            yield pending.quiet_until


def _events(facts: tuple[TicketEvent, ...]) -> Iterator[ClockEvent]:
    for fact in facts:
        for tick in _CLOCK_EVENTS.get(fact.kind, ()):
            priority = fact.data.get("new", "") if tick is ClockEventKind.PRIORITISED else ""
            yield ClockEvent(tick, fact.at, priority, is_automatic=bool(fact.rule))


def _due_at(deadline: Deadline) -> datetime:
    assert deadline.due_at is not None  # noqa: S101 - running ones have it
    return deadline.due_at


def has_clock(policy: Policy, category: str) -> bool:
    """Whether requests of that category get deadlines: technical services get a quote instead."""
    return all(known.scope != "quote" for known in policy.categories if known.key == category)
