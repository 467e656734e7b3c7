"""What a ticket promises at this moment, told from its facts: its deadlines, and when to look at it again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Protocol

from bot.model.clock_events import Clocked, ClockEvent, Tick
from bot.model.conversation import Conversation, Status
from bot.model.merged_ticket import joined_clock
from bot.model.ticket import Ticket
from bot.model.ticket_events import Fact, Happened
from bot.policy.policy import Policy
from bot.sla import escalation, whatsapp_window
from bot.sla.deadlines import Deadline, deadlines
from bot.sla.wake_ups import occasions
from bot.sla.window_warning import closing

CLOSES_AFTER = timedelta(days=7)
"""A resolved ticket is closed so much later; until then a message reopens it."""

_ANSWERS = ("first_response", "next_response")

_TICKS = {
    Happened.CUSTOMER_WROTE: (Tick.CUSTOMER_WROTE,),
    Happened.REPLIED: (Tick.REPLIED,),
    Happened.REVIEWED: (Tick.REVIEWED,),
    Happened.PRIORITISED: (Tick.PRIORITISED,),
    Happened.RETURNED: (Tick.REPLIED, Tick.HELD),
    Happened.QUOTED: (Tick.REPLIED, Tick.HELD),
    Happened.QUOTE_ACCEPTED: (Tick.CUSTOMER_WROTE,),
    Happened.QUOTE_DECLINED: (Tick.CUSTOMER_WROTE,),
    Happened.HELD: (Tick.HELD,),
    Happened.RELEASED: (Tick.RELEASED,),
    Happened.RESOLVED: (Tick.RESOLVED,),
    Happened.REOPENED: (Tick.REOPENED,),
    Happened.JOINED: (Tick.REVIEWED,),
    Happened.MERGED: (Tick.STOPPED,),
}


class Policies(Protocol):
    """The policy of each ticket, and the one for new tickets."""

    @property
    def current(self) -> Policy: ...

    def of(self, ticket: Ticket) -> Policy:
        """The policy under which that ticket was promised."""


@dataclass(frozen=True)
class Outlook:
    """The deadlines of one ticket, and what follows from them."""

    deadlines: tuple[Deadline, ...]
    first: Deadline | None  # of those that run, the one that falls due first
    promised: Deadline | None  # of those that run, the one that customers are told
    wake_at: datetime | None  # when there is next something to do


def outlook(ticket: Ticket, policy: Policy, conversation: Conversation | None = None) -> Outlook:
    """All that `ticket` promises under `policy`; with the conversation, WhatsApp's window counts too."""
    heard_at = conversation.last_inbound_at if conversation else None
    ticket = ticket.evolve(address=conversation.address) if conversation else ticket
    shuts_at = whatsapp_window.closes_at(ticket.address, heard_at)
    found = deadlines(clocked(ticket), policy, shuts_at)
    running = sorted((d for d in found if not d.is_over and d.due_at), key=_due_at)
    answers = [d for d in running if d.target in _ANSWERS]
    return Outlook(
        deadlines=found,
        first=running[0] if running else None,
        promised=next(iter(answers or running), None),
        wake_at=min((*_wakes(ticket, policy, found, heard_at), *_tells(ticket, conversation)), default=None),
    )


def clocked(ticket: Ticket) -> Clocked:
    """The ticket as its clocks see it, with those that were merged into it."""
    opened = next((fact for fact in ticket.facts if fact.kind is Happened.OPENED), None)
    alone = Clocked(
        opened_at=ticket.opened_at,
        priority=opened.data.get("priority", ticket.priority) if opened else ticket.priority,
        events=tuple(_events(ticket.facts)),
        plan=ticket.plan,
        has_clock=ticket.has_clock,
        is_emergency=ticket.is_emergency,
    )
    joined = (joined_clock(fact) for fact in ticket.facts if fact.kind is Happened.JOINED)
    return reduce(Clocked.joined_by, joined, alone)


def _wakes(
    ticket: Ticket, policy: Policy, found: Sequence[Deadline], heard_at: datetime | None
) -> Iterator[datetime]:
    yield from escalation.wakes(ticket, policy, found)
    yield from occasions(ticket, lambda at: escalation.aloud_at(ticket, policy, at))
    if shutting := closing(ticket, policy, heard_at, found):
        yield shutting.warn_at
    if ticket.status is Status.RESOLVED and ticket.head.ended_at:
        yield ticket.head.ended_at + CLOSES_AFTER


def _tells(ticket: Ticket, conversation: Conversation | None) -> Iterator[datetime]:
    """When the customer is told of what they do not know yet."""
    for news in conversation.notified if conversation else ():
        if news.ticket_id == ticket.ticket_id and news.lines:
            yield news.quiet_until


def _events(facts: tuple[Fact, ...]) -> Iterator[ClockEvent]:
    for fact in facts:
        for tick in _TICKS.get(fact.kind, ()):
            priority = fact.data.get("new", "") if tick is Tick.PRIORITISED else ""
            yield ClockEvent(tick, fact.at, priority, is_automatic=bool(fact.rule))


def _due_at(deadline: Deadline) -> datetime:
    assert deadline.due_at is not None  # noqa: S101 - running ones have it
    return deadline.due_at


def has_clock(policy: Policy, category: str) -> bool:
    """Whether requests of that category get a promise: technical services get a quote instead."""
    return all(known.scope != "quote" for known in policy.categories if known.key == category)
