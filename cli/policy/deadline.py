"""What commands ask of a policy file: one promise of it, and an instant on its clock."""

from datetime import datetime
from typing import get_args

from bot.calendar.durations import Duration
from bot.policy.policy import Policy
from bot.policy.sections import TargetKey
from cli.support.errors import CommandError

TARGETS: tuple[TargetKey, ...] = get_args(TargetKey)
_USUAL: tuple[TargetKey, ...] = ("first_response", "resolution", "review", "next_response")


def find_target(desk: Policy, priority: str, target: TargetKey | None, plan: str) -> tuple[str, Duration]:
    """The target that is meant, and how much time it allows; Trouble when the policy has none such."""
    _check_key("priority", priority, [each.key for each in desk.priorities])
    if plan:
        _check_key("plan", plan, [each.key for each in desk.plans])
    for name in (target,) if target else _USUAL:
        allowance = desk.target(name, priority, plan)
        if allowance:
            return name, allowance
    raise CommandError(f"this policy promises no {target or 'target'} for priority {priority}")


def parse_instant(text: str, desk: Policy) -> datetime:
    """The instant written there; one without a zone is a time on the desk's own clock. ValueError if none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not an instant: {text!r}; write 2026-11-20T20:30:00+00:00") from error
    return at if at.tzinfo else at.replace(tzinfo=desk.calendar.zone)


def _check_key(what: str, key: str, allowed: list[str]) -> None:
    if key not in allowed:
        raise CommandError(f"no {what} “{key}” in this policy; it has {', '.join(allowed) or 'none'}")
