"""When to try a failed delivery again: pure, bounded, never before the provider permits it.

The deliver job asks `after_failure`; when that says `LookUp`, it looks the message up at the channel and,
having found nothing, asks `after_nothing_found`. What may have gone out is never sent again before that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s

from bot.messages.errors import DeliveryError

MAX_ATTEMPTS = 40
"""With the waits below, about three hours of a provider's outage."""

MAX_ATTEMPTS_WHEN_RATE_LIMITED = 500
"""Being told to slow down is no failure of the message; only a provider gone mad ends it."""

MAX_CRASHES = 4
"""Attempts after which a message that cannot be looked up is not sent again when its sender died."""

MAX_WAIT = timedelta(minutes=5)
MAX_RETRY_AFTER = timedelta(hours=1)
LOOK_UP_WAITS = (timedelta(seconds=2), timedelta(seconds=5), timedelta(seconds=10))
"""A message shows in the provider's list a moment after it was taken; three looks within 17 s settle it."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Send it again, not before this instant."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Do not send it again; `code` is a key of `bot.messages.phrases_delivery.REASONS`."""

    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LookUp:
    """It may have gone out: look for it at the channel at this instant."""

    at: datetime


def after_failure(
    error: DeliveryError, attempts: int, now: datetime, *, seed: str = ""
) -> RetryAt | GiveUp | LookUp:
    """What to do after the `attempts`-th attempt (from 1) failed at `now`.

    `seed`, such as the outbox id, spreads the retries of many messages; equal seeds give equal answers.
    """
    if error.is_permanent:
        return GiveUp(error.code, error.reason)
    if error.is_uncertain:
        return LookUp(now + LOOK_UP_WAITS[0])
    if attempts >= (MAX_ATTEMPTS_WHEN_RATE_LIMITED if error.retry_after else MAX_ATTEMPTS):
        return GiveUp("gave_up", error.reason)
    return RetryAt(now + _wait(error.retry_after, attempts, seed))


def after_crash(attempts: int, now: datetime) -> RetryAt | GiveUp:
    """What to do when a process died in the `attempts`-th attempt, on a channel that cannot be asked.

    Sent once more, at the risk that it arrives twice; but what kills its sender again and again stays.
    """
    return RetryAt(now) if attempts < MAX_CRASHES else GiveUp("uncertain")


def after_nothing_found(
    look_ups: int, attempts: int, now: datetime, *, can_look_up: bool, seed: str = ""
) -> RetryAt | GiveUp | LookUp:
    """What to do when the `look_ups`-th look (from 1) found no trace of an uncertain message.

    A channel that cannot be asked (`can_look_up` false: Telegram) never proves anything: the agent decides.
    """
    if not can_look_up:
        return GiveUp("uncertain")
    if look_ups < len(LOOK_UP_WAITS):
        return LookUp(now + LOOK_UP_WAITS[look_ups])
    if attempts >= MAX_ATTEMPTS:
        return GiveUp("gave_up")
    return RetryAt(now + _wait(None, attempts, seed))


def _wait(retry_after: timedelta | None, attempts: int, seed: str) -> timedelta:
    """1, 2, 4… seconds up to five minutes, or what the provider asked for, and up to a quarter more."""
    backoff = min(MAX_WAIT, timedelta(seconds=2 ** min(attempts - 1, 10)))
    asked = min(retry_after, MAX_RETRY_AFTER) if retry_after else timedelta()
    wait = asked if asked else backoff
    return wait + wait * 0.25 * _fraction(f"{seed}:{attempts}")


def _fraction(text: str) -> float:
    """A number in [0, 1) that looks random and is always the same for the same text."""
    return int.from_bytes(blake2s(text.encode(), digest_size=4).digest()) / 2**32
