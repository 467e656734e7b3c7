"""What follows from the answer of somebody who was told an event: it is done, tried again, given up, or all of
it ends. Pure, bounded; the pauses grow.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RETRY_DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 2 * 60, 10 * 60, 30 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
)
"""After each try of one event that failed; after one more it is given up, a day after the first."""

ENDPOINT_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 2 * 60, 10 * 60))
"""After so many failures in a row whoever listens there is left alone that long, whatever else waits."""

MAX_RETRY_AFTER = timedelta(hours=1)
DISABLE_AFTER = timedelta(days=3)
MIN_TRIES = 4
"""Of the event at hand: the first failure after quiet days ends nothing."""

GONE = 410


class DisableReason(StrEnum):
    """Why nothing is sent to a hook any more."""

    GONE = "gone"  # the answer was 410
    FAILING = "failing"  # nothing but failures for days


@dataclass(frozen=True, slots=True)
class WebhookResponse:
    """What came back: the HTTP status, 0 when none did; `why` it is not well, one line without secrets."""

    status: int
    why: str = ""
    retry_after: timedelta | None = None
    seconds: float = 0.0

    @property
    def is_success(self) -> bool:
        """Whether they have it."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class RetryAt:
    """The event not before `at`, anything else there not before `rests_until`."""

    at: datetime
    rests_until: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The event is not sent any more; anything else there not before `rests_until`."""

    rests_until: datetime


@dataclass(frozen=True, slots=True)
class DisableEndpoint:
    """Nothing is sent there any more."""

    why: DisableReason


def after_failure(
    answer: WebhookResponse, tries: int, failures: int, failing_since: datetime, now: datetime
) -> RetryAt | GiveUp | DisableEndpoint:
    """What to do after the `tries`-th try of an event, the `failures`-th failure in a row there (both from 1)."""
    if answer.status == GONE:
        return DisableEndpoint(DisableReason.GONE)
    if now - failing_since >= DISABLE_AFTER and tries >= MIN_TRIES:
        return DisableEndpoint(DisableReason.FAILING)
    asked = min(answer.retry_after or timedelta(), MAX_RETRY_AFTER)
    rests_until = now + max(ENDPOINT_DELAYS[min(failures, len(ENDPOINT_DELAYS)) - 1], asked)
    if tries > len(RETRY_DELAYS):
        return GiveUp(rests_until)
    return RetryAt(now + max(RETRY_DELAYS[tries - 1], asked), rests_until)
