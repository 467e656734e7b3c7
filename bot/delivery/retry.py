"""Decides when to retry a failed delivery: bounded, and never before the provider allows it. Pure.

The delivery job calls `after_failure`. If that returns `LookUp`, it looks the message up at the channel and, if it
finds nothing, calls `after_nothing_found`. A message that may have been sent isn't sent again before that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s

from bot.messages.errors import DeliveryError

MAX_ATTEMPTS = 40
"""With the waits below, this covers an outage of about three hours."""

MAX_ATTEMPTS_WHEN_RATE_LIMITED = 500
"""A rate limit isn't the message's fault; this only guards against a provider that never stops refusing."""

MAX_CRASHES = 4
"""Attempts after which a message that can't be looked up isn't sent again after a crash."""

MAX_WAIT = timedelta(minutes=5)
MAX_RETRY_AFTER = timedelta(hours=1)
LOOK_UP_WAITS = (timedelta(seconds=2), timedelta(seconds=5), timedelta(seconds=10))
"""The provider lists a message a moment after accepting it; three look-ups within 17 s are enough."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Send it again, but not before this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Don't send it again; `code` is a key of `bot.messages.phrases_delivery.REASONS`."""

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """It may have been sent: look it up at the channel at this instant."""

    at: datetime


def after_failure(
    error: DeliveryError, attempts: int, now: datetime, *, seed: str = ""
) -> RetryAt | GiveUp | LookUp:
    """What to do after attempt number `attempts` (from 1) failed at `now`.

    `seed`, such as the outbox id, spreads the retries of many messages; equal seeds give equal results.
    """
    if error.is_permanent:
        return GiveUp(error.code, error.reason)
    if error.is_uncertain:
        return LookUp(now + LOOK_UP_WAITS[0])
    if attempts >= (MAX_ATTEMPTS_WHEN_RATE_LIMITED if error.retry_after else MAX_ATTEMPTS):
        return GiveUp("gave_up", error.reason)
    return RetryAt(now + _wait(error.retry_after, attempts, seed))


def after_crash(attempts: int, now: datetime) -> RetryAt | GiveUp:
    """What to do after a crash in attempt number `attempts`, on a channel without look-up.

    It's sent again and may arrive twice, but a message that crashes its sender every time isn't retried forever.
    """
    return RetryAt(now) if attempts < MAX_CRASHES else GiveUp("uncertain")


def after_nothing_found(
    look_ups: int, attempts: int, now: datetime, *, can_look_up: bool, seed: str = ""
) -> RetryAt | GiveUp | LookUp:
    """What to do when look-up number `look_ups` (from 1) didn't find an uncertain message.

    On a channel without look-up (`can_look_up` is false: Telegram), the agent decides.
    """
    if not can_look_up:
        return GiveUp("uncertain")
    if look_ups < len(LOOK_UP_WAITS):
        return LookUp(now + LOOK_UP_WAITS[look_ups])
    if attempts >= MAX_ATTEMPTS:
        return GiveUp("gave_up")
    return RetryAt(now + _wait(None, attempts, seed))


def _wait(retry_after: timedelta | None, attempts: int, seed: str) -> timedelta:
    """1, 2, 4… seconds up to five minutes, or what the provider asked for, plus up to a quarter."""
    backoff = min(MAX_WAIT, timedelta(seconds=2 ** min(attempts - 1, 10)))
    asked = min(retry_after, MAX_RETRY_AFTER) if retry_after else timedelta()
    wait = asked if asked else backoff
    return wait + wait * 0.25 * _fraction(f"{seed}:{attempts}")


def _fraction(text: str) -> float:
    """A pseudo-random number in [0, 1), always the same for the same text."""
    return int.from_bytes(blake2s(text.encode(), digest_size=4).digest()) / 2**32
