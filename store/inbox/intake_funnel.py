"""How far requests got in the last fourteen days: begun, each question, the summary, sent or left. Reads only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from bot.model.intake_record import CANCELLED, KNOWN_ANSWER_HELPED, PERSON, SENT, SUMMARY, IntakeRecord
from bot.policy.policy import Policy
from store import keys
from store.codec import load
from store.inbox.sla_daily import ReportPeriod
from store.redis_client import Client

STARTED, LEFT = "started", "left"
ALL = ("", "")
"""The group of all requests, beside ("channel", key) and ("language", key)."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step: how many requests reached it, by group, and how many were left there."""

    key: str
    reached: Mapping[tuple[str, str], int]
    left_here: int = 0


@dataclass(frozen=True, slots=True)
class IntakeFunnel:
    """The steps in order, and the groups that requests were in."""

    steps: Sequence[FunnelStep]
    groups: Sequence[tuple[str, str]]


def intake_funnel(redis: Client, policy: Policy, window: ReportPeriod) -> IntakeFunnel:
    """The funnel of the requests that began in the window."""
    found = [each for each in _records(redis, window) if window.starts[0] <= each.begun_at < window.until]
    seen = {step for each in found for step in each.steps}
    asked = [question.key for question in policy.questions if question.key in seen]
    left = Counter(each.last_step for each in found if each.is_left(window.now))
    steps = [
        FunnelStep(STARTED, _counts(found), left[""]),
        *(
            FunnelStep(key, _counts(each for each in found if key in each.steps), left[key])
            for key in (*asked, SUMMARY)
        ),
        *(
            FunnelStep(end, _counts(each for each in found if each.end == end))
            for end in (SENT, PERSON, KNOWN_ANSWER_HELPED, CANCELLED)
        ),
        FunnelStep(LEFT, _counts(each for each in found if each.is_left(window.now))),
    ]
    groups = sorted({group for each in found for group in _groups(each)})
    return IntakeFunnel(steps, groups)


def _records(redis: Client, window: ReportPeriod) -> Iterator[IntakeRecord]:
    first, last = window.starts[0].astimezone(UTC).date(), window.until.astimezone(UTC).date()
    pipe = redis.pipeline(transaction=False)
    for ahead in range((last - first).days + 1):
        pipe.hvals(keys.intakes((first + timedelta(days=ahead)).isoformat()))
    return (load(IntakeRecord, raw) for raws in pipe.execute() for raw in raws)


def _counts(found: Iterable[IntakeRecord]) -> Mapping[tuple[str, str], int]:
    return Counter(group for each in found for group in _groups(each))


def _groups(record: IntakeRecord) -> tuple[tuple[str, str], ...]:
    return (ALL, ("channel", record.channel), ("language", record.locale))
