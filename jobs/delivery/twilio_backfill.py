"""Back-fill: Twilio tells us of each message once; what did not reach us is found in its own record and taken.

Every minute the time since the last look is compared, so that whatever kept us (ourselves, the store, the way
between) an outage is made good once it is over; and every night two whole days, for what was overlooked.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Protocol

from redis.exceptions import RedisError

from bot.messages.errors import DeliveryError, WriteConflict
from bot.messages.inbound import Inbound
from channels.whatsapp.message_log import LoggedMessage
from store import keys
from store.integrity.twilio_reconciliation import Reconciliation, ReconciliationState
from store.leases import Lease, leased
from store.redis_client import Client

log = logging.getLogger(__name__)

CHANNEL = "whatsapp"
EVERY = timedelta(seconds=60)
SETTLE_TIME = timedelta(seconds=30)
"""Twilio tries a webhook for 15 s: what is younger may just be on its way."""

OVERLAP = timedelta(seconds=90)
FULL_LOOKBACK, FULL_EVERY, FULL_FROM_HOUR = (
    timedelta(hours=48),
    timedelta(hours=20),
    3,
)  # o'clock, on the desk's wall
BATCH_SIZE = 200
"""Messages taken by one look; the next follows at once."""


class TwilioMessageLog(Protocol):
    """Twilio's record of what was sent to us."""

    def received_since(self, since: datetime) -> Iterator[list[LoggedMessage]]: ...

    def received(self, listed: LoggedMessage) -> Inbound | None: ...


class MessageReceiver(Protocol):
    """The desk, as far as it takes messages."""

    def receive(self, inbound: Inbound) -> bool: ...

    def set_aside(self, channel: str, body: str, reason: str) -> None: ...


@dataclass
class _Run:
    """What one look has come to so far."""

    before: ReconciliationState
    now: datetime
    is_full: bool
    missing: list[LoggedMessage] = field(default_factory=list)
    compared: int = 0
    recovered: int = 0
    set_aside: int = 0

    def added(self, lost: int) -> ReconciliationState:
        """The account with this look in it; `lost` are listed and not here."""
        before = self.before
        return replace(
            before,
            at=self.now,
            until=before.until if lost else self.now - SETTLE_TIME,
            full_at=self.now if self.is_full and not lost else before.full_at,
            compared=before.compared + self.compared,
            recovered=before.recovered + self.recovered,
            set_aside=before.set_aside + self.set_aside,
            lost=lost,
        )


class TwilioBackfill:
    """Compares, and takes what is missing; without a `record` it rests."""

    def __init__(
        self,
        redis: Client,
        record: TwilioMessageLog | None,
        desk: MessageReceiver,
        zone: tzinfo,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._record, self._desk = redis, record, desk
        self._zone, self._clock = zone, clock
        self._reconciliation = Reconciliation(redis)

    def look(self) -> None:
        """One comparison; harmless to run twice."""
        again_after = timedelta(days=1)
        if self._record is not None:
            with leased(self._redis, "backfill") as lease:
                if lease is None:
                    return
                again_after = self._compare(self._record, lease)
        self._redis.zadd(keys.CHORES, {"backfill": (self._clock() + again_after).timestamp()})

    def _compare(self, record: TwilioMessageLog, lease: Lease) -> timedelta:
        """Compare, take what is missing, note it; how long until the next look."""
        now = self._clock()
        before = self._reconciliation.state()
        if before is None:  # what was sent before the desk began is not ours to answer
            self._reconciliation.save(ReconciliationState(now, now, now, now))
            return EVERY
        is_full = self._is_time_for_all(before, now)
        since = before.until - OVERLAP
        if is_full:
            since = min(since, now - FULL_LOOKBACK)
        look = _Run(before, now, is_full=is_full)
        try:
            look.missing = self._missing(record, max(since, before.began_at), look)
            for listed in look.missing[:BATCH_SIZE]:
                self._take(record, listed, look)
                if not lease.renew():
                    break
        except DeliveryError as error:
            log.warning("Twilio’s record cannot be read: %s", error.code)
            return EVERY
        self._note(look)
        return EVERY if len(look.missing) <= BATCH_SIZE else timedelta()

    def _missing(self, record: TwilioMessageLog, since: datetime, look: _Run) -> list[LoggedMessage]:
        """What never reached us, the oldest first; what is very young may be on its way."""
        missing: list[LoggedMessage] = []
        for page in record.received_since(since):
            look.compared += len(page)
            old = [each for each in page if each.sent_at <= look.now - SETTLE_TIME]
            unknown = set(self._reconciliation.missing(CHANNEL, [each.message_id for each in old]))
            missing += [each for each in old if each.message_id in unknown]
        return missing[::-1]

    def _take(self, record: TwilioMessageLog, listed: LoggedMessage, look: _Run) -> None:
        """One message; the store being away ends the look, as nothing could be kept."""
        inbound = record.received(listed)
        if inbound is None:
            self._reconciliation.ignore(CHANNEL, listed.message_id)
            return
        try:
            look.recovered += self._desk.receive(inbound)
        except (RedisError, WriteConflict):
            raise
        except Exception as error:
            log.exception("a message of Twilio’s record could not be taken")
            self._desk.set_aside(CHANNEL, listed.message_id, type(error).__name__)
            self._reconciliation.ignore(CHANNEL, listed.message_id)
            look.set_aside += 1

    def _note(self, look: _Run) -> None:
        """Only what is proven to be here counts; where something is not, the next look begins there again."""
        left = self._reconciliation.missing(CHANNEL, [each.message_id for each in look.missing])
        told = {"recovered": look.recovered, "set_aside": look.set_aside, "lost": len(left)}
        if any(told.values()):
            log.warning("messages that had not reached us were fetched", extra=told)
        self._reconciliation.save(look.added(len(left)))

    def _is_time_for_all(self, before: ReconciliationState, now: datetime) -> bool:
        return now - before.full_at >= FULL_EVERY and now.astimezone(self._zone).hour >= FULL_FROM_HOUR
