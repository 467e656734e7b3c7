"""Warns agents before WhatsApp's window closes on a customer who waits: afterwards only a template can go out. Pure.

The window is ours to watch and isn't promised to anybody: it changes no deadline. Agents are warned while they're
there to answer, so before they go home if the window closes at night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar.durations import CountingMode, Duration
from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.deadlines import Deadline, calendar_of

BEFORE_THE_END = timedelta(hours=1)
"""How much open time before the window closes agents are warned."""

WINDOW_TARGET = "window"
"""The `target` of the event that records the warning."""

_ASKS = {TicketEventKind.OPENED, TicketEventKind.CUSTOMER_WROTE, TicketEventKind.REOPENED}
_ANSWERS = {TicketEventKind.REPLIED, TicketEventKind.RETURNED, TicketEventKind.HELD, TicketEventKind.RESOLVED}


@dataclass(frozen=True, slots=True)
class WindowWarning:
    """A window that closes on a customer who waits; `warn_at` is in the last open hour before."""

    warn_at: datetime
    window_closes_at: datetime
    is_desk_closed: bool  # when the window closes

    @property
    def turn(self) -> str:
        """Identifies this window."""
        return str(int(self.window_closes_at.timestamp()))


def window_warning(ticket: Ticket, policy: Policy, conversation: Conversation) -> WindowWarning | None:
    """The warning about the customer's window; None if nobody waits, or nobody is there before it closes."""
    heard_at = conversation.last_inbound_at
    closes_at = whatsapp_window.closes_at(conversation.address, heard_at)
    if heard_at is None or closes_at is None or not _is_awaited(ticket):
        return None
    calendar = calendar_of(policy, is_emergency=ticket.is_emergency)
    open_time = calendar.between(heard_at, closes_at)
    if not open_time:
        return None
    before = Duration(CountingMode.BUSINESS_TIME, max(timedelta(), open_time - BEFORE_THE_END))
    warn_at = calendar.next_opening(calendar.add(heard_at, before))
    return WindowWarning(warn_at, closes_at, is_desk_closed=not calendar.is_open(closes_at))


def comes_first(warning: WindowWarning, found: Sequence[Deadline], now: datetime) -> bool:
    """Whether no answer falls due before the window closes; else that deadline says enough."""
    return not any(
        now <= d.due_at <= warning.window_closes_at
        for d in found
        if d.due_at and d.target in ("first_response", "next_response") and not d.is_over
    )


def is_recorded(ticket: Ticket, warning: WindowWarning) -> bool:
    """Whether agents were warned of this window."""
    wanted = {"target": WINDOW_TARGET, "turn": warning.turn}
    return any(f.kind is TicketEventKind.WARNED and wanted.items() <= f.data.items() for f in ticket.facts)


def _is_awaited(ticket: Ticket) -> bool:
    """Whether the customer wrote last."""
    if not ticket.is_live or ticket.status is Status.WAITING:
        return False
    spoken = (fact.kind for fact in reversed(ticket.facts) if fact.kind in _ASKS | _ANSWERS)
    return next(spoken, None) in _ASKS
