"""What follows from the answer of somebody who was told an event: it is done, tried again, given up, or all of
it ends. Pure, bounded; the pauses grow.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 2 * 60, 10 * 60, 30 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
)
"""After each try of one event that failed; after one more it is given up, a day after the first."""

RESTS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 2 * 60, 10 * 60))
"""After so many failures in a row whoever listens there is left alone that long, whatever else waits."""

LONGEST_RETRY_AFTER = timedelta(hours=1)
SHUT_OFF_AFTER = timedelta(days=3)
LEAST_TRIES = 4
"""Of the event at hand: the first failure after quiet days ends nothing."""

GONE = 410


class Off(StrEnum):
    """Why nothing is sent to a hook any more."""

    GONE = "gone"  # the answer was 410
    FAILING = "failing"  # nothing but failures for days


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, 0 when none did; `why` it is not well, one line without secrets."""

    status: int
    why: str = ""
    retry_after: timedelta | None = None
    seconds: float = 0.0

    @property
    def is_taken(self) -> bool:
        """Whether they have it."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The event not before `at`, anything else there not before `rests_until`."""

    at: datetime
    rests_until: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The event is not sent any more; anything else there not before `rests_until`."""

    rests_until: datetime


@dataclass(frozen=True, slots=True)
class ShutOff:
    """Nothing is sent there any more."""

    why: Off


def after_failure(
    answer: Answer, tries: int, failures: int, failing_since: datetime, now: datetime
) -> TryAgain | GiveUp | ShutOff:
    """What to do after the `tries`-th try of an event, the `failures`-th failure in a row there (both from 1)."""
    if answer.status == GONE:
        return ShutOff(Off.GONE)
    if now - failing_since >= SHUT_OFF_AFTER and tries >= LEAST_TRIES:
        return ShutOff(Off.FAILING)
    asked = min(answer.retry_after or timedelta(), LONGEST_RETRY_AFTER)
    rests_until = now + max(RESTS[min(failures, len(RESTS)) - 1], asked)
    if tries > len(PAUSES):
        return GiveUp(rests_until)
    return TryAgain(now + max(PAUSES[tries - 1], asked), rests_until)
