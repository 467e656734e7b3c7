"""When somebody of the desk is told of a deadline, and who next: told from what already happened about it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.policy.policy import Policy
from bot.sla import apology
from bot.sla.deadlines import Deadline, calendar_of


def wake_times(ticket: Ticket, policy: Policy, found: Sequence[Deadline]) -> Iterator[datetime]:
    """Every instant at which somebody is to be told something of that ticket."""
    for deadline in found:
        if deadline.due_at and is_unrecorded_miss(ticket, deadline):
            yield deadline.due_at
        elif not deadline.is_over and deadline.due_at:
            yield from _steps(ticket, policy, deadline)
    if ticket.is_emergency and ticket.is_live and not is_emergency_alerted(ticket):
        yield ticket.opened_at


def _steps(ticket: Ticket, policy: Policy, deadline: Deadline) -> Iterator[datetime]:
    """When there is something to do about a deadline that runs."""
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
    """Whether that was already done about this very deadline."""
    wanted = {"target": str(deadline.target), "turn": str(deadline.turn), **data}
    return any(fact.kind is kind and wanted.items() <= fact.data.items() for fact in ticket.facts)


def next_step(ticket: Ticket, policy: Policy, deadline: Deadline) -> tuple[int, datetime] | None:
    """The rung of the ladder that is told next of a missed promise, and when; None when nobody is.

    While the rungs so far have reached nobody, the next one does not wait for its own time.
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
    """The destinations that were told of this missed promise."""
    facts = events_about(ticket, deadline)
    return frozenset(lane for fact in facts for lane in fact.data.get("lanes", "").split())


def is_acknowledged(ticket: Ticket, deadline: Deadline) -> bool:
    """Whether somebody has seen to the missed promise; who only saw the warning has not."""
    return acknowledgement(events_about(ticket, deadline)) is not None


def acknowledgement(found: Sequence[TicketEvent]) -> TicketEvent | None:
    """Of what happened about one deadline, who saw to its being missed, and when."""
    return next((fact for fact in _since_missed(found) if fact.kind is TicketEventKind.ACKNOWLEDGED), None)


def pending_snooze(ticket: Ticket, policy: Policy, deadline: Deadline) -> tuple[TicketEvent, datetime] | None:
    """The snooze after which somebody is still to be told again, and when; None when there is none."""
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
    """What happened about this very deadline, in order."""
    return events_about_turn(ticket, str(deadline.target), str(deadline.turn))


def events_about_turn(ticket: Ticket, target: str, turn: str) -> list[TicketEvent]:
    """What happened about the `turn`-th promise of that kind, in order."""
    wanted = {"target": target, "turn": turn}
    return [fact for fact in ticket.facts if wanted.items() <= fact.data.items()]


def earliest_alert_at(ticket: Ticket, policy: Policy, at: datetime) -> datetime:
    """When somebody may be told: at once, or when the desk opens if its nights are quiet."""
    if ticket.is_emergency or not policy.alerts.is_quiet_when_closed:
        return at
    return policy.calendar.next_opening(at)


def is_unrecorded_miss(ticket: Ticket, deadline: Deadline) -> bool:
    """Whether it was given too late, before anybody noticed that it was missed."""
    ended_at = deadline.met_at or deadline.stopped_at
    is_late = ended_at is not None and deadline.is_missed(ended_at)
    return is_late and not has_event(ticket, TicketEventKind.MISSED, deadline)


def _snoozed_until(ticket: Ticket, deadline: Deadline) -> datetime | None:
    found = [f for f in _since_missed(events_about(ticket, deadline)) if f.kind is TicketEventKind.SNOOZED]
    return datetime.fromisoformat(found[-1].data["until"]) if found else None


def is_emergency_alerted(ticket: Ticket) -> bool:
    """Whether it was told at once that this is an emergency."""
    return any(fact.kind is TicketEventKind.RAISED for fact in ticket.facts)
