"""When somebody at the desk hears about a deadline, and who is next, worked out from what already happened."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.policy.policy import Policy
from bot.sla import apology
from bot.sla.deadlines import Deadline, calendar_of


def wake_times(ticket: Ticket, policy: Policy, found: Sequence[Deadline]) -> Iterator[datetime]:
    """Every time at which somebody should be alerted about the ticket."""
    for deadline in found:
        if deadline.due_at and is_unrecorded_miss(ticket, deadline):
            yield deadline.due_at
        elif not deadline.is_over and deadline.due_at:
            yield from _steps(ticket, policy, deadline)
    if ticket.is_emergency and ticket.is_live and not is_emergency_alerted(ticket):
        yield ticket.opened_at


def _steps(ticket: Ticket, policy: Policy, deadline: Deadline) -> Iterator[datetime]:
    """When to act on a running deadline."""
    if deadline.warn_at and not has_event(ticket, TicketEventKind.WARNED, deadline):
        yield earliest_alert_at(ticket, policy, deadline.warn_at)
    if at := apology.due_at(ticket, policy, deadline):
        yield at
    if snooze := pending_snooze(ticket, policy, deadline):
        yield snooze[1]
    if deadline.due_at and not has_event(ticket, TicketEventKind.MISSED, deadline):
        yield deadline.due_at
    elif step := next_step(ticket, policy, deadline):
        yield step[1]


def has_event(ticket: Ticket, kind: TicketEventKind, deadline: Deadline, **data: str) -> bool:
    """Whether this already happened for this deadline."""
    wanted = {"target": str(deadline.target), "turn": str(deadline.turn), **data}
    return any(fact.kind is kind and wanted.items() <= fact.data.items() for fact in ticket.facts)


def next_step(ticket: Ticket, policy: Policy, deadline: Deadline) -> tuple[int, datetime] | None:
    """The next escalation step of a missed deadline, and when, or None.

    As long as no earlier step has reached anybody, the next one doesn't wait for its own time.
    """
    if deadline.due_at is None or is_acknowledged(ticket, deadline):
        return None
    clock = calendar_of(policy, is_emergency=ticket.is_emergency)
    snoozed_until = _snoozed_until(ticket, deadline)
    steps = policy.alerts.ladder if notified_lanes(ticket, deadline) else policy.alerts.ladder[:1]
    for number in range(len(policy.alerts.ladder)):
        if not has_event(ticket, TicketEventKind.ESCALATED, deadline, step=str(number)):
            after = steps[min(number, len(steps) - 1)].after
            at = max(clock.add(deadline.due_at, after), snoozed_until or deadline.due_at)
            return number, earliest_alert_at(ticket, policy, at)
    return None


def notified_lanes(ticket: Ticket, deadline: Deadline) -> frozenset[str]:
    """The destinations alerted about this missed deadline."""
    facts = events_about(ticket, deadline)
    return frozenset(lane for fact in facts for lane in fact.data.get("lanes", "").split())


def is_acknowledged(ticket: Ticket, deadline: Deadline) -> bool:
    """Whether somebody acknowledged the missed deadline; acknowledging only the warning doesn't count."""
    return acknowledgement(events_about(ticket, deadline)) is not None


def acknowledgement(found: Sequence[TicketEvent]) -> TicketEvent | None:
    """Among one deadline's events, who acknowledged that it was missed, and when."""
    return next((fact for fact in _since_missed(found) if fact.kind is TicketEventKind.ACKNOWLEDGED), None)


def pending_snooze(ticket: Ticket, policy: Policy, deadline: Deadline) -> tuple[TicketEvent, datetime] | None:
    """The snooze after which a reminder is still due, and when, or None."""
    found = events_about(ticket, deadline)
    snoozed = next((n for n in reversed(range(len(found))) if found[n].kind is TicketEventKind.SNOOZED), None)
    if snoozed is None:
        return None
    if any(fact.kind in (TicketEventKind.REMINDED, TicketEventKind.ACKNOWLEDGED) for fact in found[snoozed:]):
        return None
    until = datetime.fromisoformat(found[snoozed].data["until"])
    return found[snoozed], earliest_alert_at(ticket, policy, until)


def _since_missed(found: Sequence[TicketEvent]) -> Sequence[TicketEvent]:
    missed = next((n for n, fact in enumerate(found) if fact.kind is TicketEventKind.MISSED), len(found))
    return found[missed:]


def events_about(ticket: Ticket, deadline: Deadline) -> list[TicketEvent]:
    """The events about this deadline, in order."""
    return events_about_turn(ticket, str(deadline.target), str(deadline.turn))


def events_about_turn(ticket: Ticket, target: str, turn: str) -> list[TicketEvent]:
    """The events about the deadline of that target and turn, in order."""
    wanted = {"target": target, "turn": turn}
    return [fact for fact in ticket.facts if wanted.items() <= fact.data.items()]


def earliest_alert_at(ticket: Ticket, policy: Policy, at: datetime) -> datetime:
    """The earliest time to alert somebody: now, or when the desk opens if it is quiet while closed."""
    if ticket.is_emergency or not policy.alerts.is_quiet_when_closed:
        return at
    return policy.calendar.next_opening(at)


def is_unrecorded_miss(ticket: Ticket, deadline: Deadline) -> bool:
    """Whether it was met too late before the miss was recorded."""
    ended_at = deadline.met_at or deadline.stopped_at
    is_late = ended_at is not None and deadline.is_missed(ended_at)
    return is_late and not has_event(ticket, TicketEventKind.MISSED, deadline)


def _snoozed_until(ticket: Ticket, deadline: Deadline) -> datetime | None:
    found = [f for f in _since_missed(events_about(ticket, deadline)) if f.kind is TicketEventKind.SNOOZED]
    return datetime.fromisoformat(found[-1].data["until"]) if found else None


def is_emergency_alerted(ticket: Ticket) -> bool:
    """Whether the alert about this emergency has gone out."""
    return any(fact.kind is TicketEventKind.RAISED for fact in ticket.facts)
