"""Parses the target and start time that commands calculate a deadline from."""

from datetime import datetime
from typing import get_args

from bot.calendar.durations import Duration
from bot.policy.policy import Policy
from bot.policy.sections import TargetKey
from cli.support.errors import CommandError

TARGETS: tuple[TargetKey, ...] = get_args(TargetKey)
_USUAL: tuple[TargetKey, ...] = ("first_response", "resolution", "review", "next_response")


def find_target(desk: Policy, priority: str, target: TargetKey | None, plan: str) -> tuple[str, Duration]:
    """The target and its time; CommandError if the policy has no such target."""
    _check_key("priority", priority, [each.key for each in desk.priorities])
    if plan:
        _check_key("plan", plan, [each.key for each in desk.plans])
    for name in (target,) if target else _USUAL:
        allowance = desk.target(name, priority, plan)
        if allowance:
            return name, allowance
    raise CommandError(f"this policy has no {target or 'target'} for priority {priority}")


def parse_instant(text: str, desk: Policy) -> datetime:
    """The time in the text; without an offset, it's in the desk's time zone. ValueError."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not a time: {text!r}; write 2026-11-20T20:30:00+00:00") from error
    return at if at.tzinfo else at.replace(tzinfo=desk.calendar.zone)


def _check_key(what: str, key: str, allowed: list[str]) -> None:
    if key not in allowed:
        raise CommandError(f"no {what} “{key}” in this policy; it has {', '.join(allowed) or 'none'}")
