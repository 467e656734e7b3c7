"""Temporary access that a customer gave the team to their services, told from a ticket's facts. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.calendar.durations import Allowance
from bot.model.plan import named_plan
from bot.model.ticket_events import Fact, Happened
from bot.policy.policy import Policy

_ABOUT = (Happened.ACCESS_ASKED, Happened.ACCESS_DECLINED, Happened.ACCESS_GRANTED)
_ENDS = (Happened.ACCESS_REVOKED, Happened.ACCESS_EXPIRED)


def granted_until(facts: Sequence[Fact]) -> datetime | None:
    """Until when the team has access; None when nobody gave it, or it has ended."""
    last = next((f for f in reversed(facts) if f.kind is Happened.ACCESS_GRANTED or f.kind in _ENDS), None)
    if last is None or last.kind is not Happened.ACCESS_GRANTED:
        return None
    return datetime.fromisoformat(last.data["until"])


def is_asked(facts: Sequence[Fact]) -> bool:
    """Whether we asked for access and have no answer yet."""
    last = next((fact for fact in reversed(facts) if fact.kind in _ABOUT), None)
    return last is not None and last.kind is Happened.ACCESS_ASKED


def lengths(policy: Policy, plan_key: str) -> tuple[Allowance, ...]:
    """For how long customers of that plan may give access; none where it is not offered."""
    access = policy.access
    if access is None:
        return ()
    plan = named_plan(policy, plan_key) or named_plan(policy, policy.default_plan or "")
    is_included = not access.plans or (plan is not None and plan.key in access.plans)
    return access.lengths if is_included else ()


def span_of(length: Allowance) -> timedelta:
    """That length as people say it."""
    return length.length or timedelta(days=length.days)
