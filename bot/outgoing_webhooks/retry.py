"""What to do when an endpoint doesn't accept an event: try again, give the event up, or disable the endpoint. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RETRY_DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 2 * 60, 10 * 60, 30 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
)
"""After each failed attempt of an event; after one more it's given up, a day after the first."""

ENDPOINT_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 30, 2 * 60, 10 * 60))
"""How long an endpoint is left alone after so many failures in a row, whatever else waits."""

MAX_RETRY_AFTER = timedelta(hours=1)
DISABLE_AFTER = timedelta(days=3)
MIN_TRIES = 4
"""Of the event at hand: a first failure after quiet days doesn't disable the endpoint."""

GONE = 410


class DisableReason(StrEnum):
    """Why an endpoint receives nothing any more."""

    GONE = "gone"  # it responded 410
    FAILING = "failing"  # nothing but failures for days


@dataclass(frozen=True, slots=True)
class WebhookResponse:
    """The HTTP status, 0 when there was no response; `why` it's a failure, in one line without secrets."""

    status: int
    why: str = ""
    retry_after: timedelta | None = None
    seconds: float = 0.0

    @property
    def is_success(self) -> bool:
        """Whether the event was accepted."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Pause:
    """Send nothing there before `until`, and this event not before `retry_at`; None: don't send it any more."""

    until: datetime
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisableEndpoint:
    """Send nothing there any more."""

    why: DisableReason


def after_failure(
    response: WebhookResponse, tries: int, failures: int, failing_since: datetime, now: datetime
) -> Pause | DisableEndpoint:
    """What follows the `tries`-th attempt of an event, the `failures`-th failure in a row there (both from 1)."""
    if response.status == GONE:
        return DisableEndpoint(DisableReason.GONE)
    if now - failing_since >= DISABLE_AFTER and tries >= MIN_TRIES:
        return DisableEndpoint(DisableReason.FAILING)
    asked = min(response.retry_after or timedelta(), MAX_RETRY_AFTER)
    until = now + max(ENDPOINT_DELAYS[min(failures, len(ENDPOINT_DELAYS)) - 1], asked)
    return Pause(until, now + max(RETRY_DELAYS[tries - 1], asked) if tries <= len(RETRY_DELAYS) else None)
