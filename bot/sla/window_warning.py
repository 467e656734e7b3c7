"""Warns agents when WhatsApp's window closes while the desk is closed and a customer waits. Pure.

Agents are warned before they go home; a deadline that already counts with the window has its own warning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar.business_calendar import BusinessCalendar
from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.deadlines import Deadline, calendar_of

BEFORE_THE_END = timedelta(hours=1)
"""How long before the desk closes agents are warned."""

WINDOW_TARGET = "window"
"""The `target` of the event that records the warning."""

_ASKS = {TicketEventKind.OPENED, TicketEventKind.CUSTOMER_WROTE, TicketEventKind.REOPENED}
_ANSWERS = {TicketEventKind.REPLIED, TicketEventKind.RETURNED, TicketEventKind.HELD, TicketEventKind.RESOLVED}


@dataclass(frozen=True, slots=True)
class WindowWarning:
    """A window that closes while the desk is closed: `warn_at` is in the last open hours before."""

    warn_at: datetime
    window_closes_at: datetime

    @property
    def turn(self) -> str:
        """Identifies this window."""
        return str(int(self.window_closes_at.timestamp()))


def window_warning(
    ticket: Ticket, policy: Policy, last_inbound_at: datetime | None, found: Sequence[Deadline]
) -> WindowWarning | None:
    """The warning still to be sent for this ticket, or None."""
    window_closes_at = whatsapp_window.closes_at(ticket.address, last_inbound_at)
    if last_inbound_at is None or window_closes_at is None or not _is_awaited(ticket):
        return None
    calendar = calendar_of(policy, is_emergency=ticket.is_emergency)
    closes_at = _last_closing(calendar, last_inbound_at, window_closes_at)
    if closes_at is None or any(_warns(deadline, closes_at) for deadline in found):
        return None
    warn_at = calendar.next_opening(max(last_inbound_at, closes_at - BEFORE_THE_END))
    warning = WindowWarning(warn_at, window_closes_at)
    return None if _is_recorded(ticket, warning) else warning


def _is_awaited(ticket: Ticket) -> bool:
    """Whether the customer wrote last."""
    if not ticket.is_live or ticket.status is Status.WAITING:
        return False
    spoken = (fact.kind for fact in reversed(ticket.facts) if fact.kind in _ASKS | _ANSWERS)
    return next(spoken, None) in _ASKS


def _last_closing(calendar: BusinessCalendar, since: datetime, until: datetime) -> datetime | None:
    """When the desk last closes before `until`; None if it's open then, or never open in between."""
    if calendar.is_open(until):
        return None
    last, at = None, since
    while (end := calendar.next_closing(at)) and end <= until:
        last = at = end
    return last


def _warns(deadline: Deadline, closes_at: datetime) -> bool:
    is_running = deadline.is_by_window and not deadline.is_over
    return is_running and deadline.warn_at is not None and deadline.warn_at <= closes_at


def _is_recorded(ticket: Ticket, warning: WindowWarning) -> bool:
    wanted = {"target": WINDOW_TARGET, "turn": warning.turn}
    return any(f.kind is TicketEventKind.WARNED and wanted.items() <= f.data.items() for f in ticket.facts)
