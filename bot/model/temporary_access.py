"""Temporary access that a customer granted, derived from a ticket's events. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.calendar.durations import Duration
from bot.model.plan import find_plan
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.policy.policy import Policy

_ABOUT = (TicketEventKind.ACCESS_ASKED, TicketEventKind.ACCESS_DECLINED, TicketEventKind.ACCESS_GRANTED)
_ENDS = (TicketEventKind.ACCESS_REVOKED, TicketEventKind.ACCESS_EXPIRED)


def granted_until(facts: Sequence[TicketEvent]) -> datetime | None:
    """Until when the team has access; None if it wasn't granted, or has ended."""
    last = next(
        (f for f in reversed(facts) if f.kind is TicketEventKind.ACCESS_GRANTED or f.kind in _ENDS), None
    )
    if last is None or last.kind is not TicketEventKind.ACCESS_GRANTED:
        return None
    return datetime.fromisoformat(last.data["until"])


def is_requested(facts: Sequence[TicketEvent]) -> bool:
    """Whether access was requested and not answered yet."""
    last = next((fact for fact in reversed(facts) if fact.kind in _ABOUT), None)
    return last is not None and last.kind is TicketEventKind.ACCESS_ASKED


def allowed_durations(policy: Policy, plan_key: str) -> tuple[Duration, ...]:
    """The durations that customers with that plan may choose; none if the policy doesn't offer access."""
    access = policy.access
    if access is None:
        return ()
    plan = find_plan(policy, plan_key) or find_plan(policy, policy.default_plan or "")
    is_included = not access.plans or (plan is not None and plan.key in access.plans)
    return access.lengths if is_included else ()


def to_timedelta(length: Duration) -> timedelta:
    """The duration as a timedelta."""
    return length.length or timedelta(days=length.days)
