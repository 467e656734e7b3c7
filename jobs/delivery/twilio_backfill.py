"""Back-fill: finds messages whose webhook didn't reach us in Twilio's message log and receives them.

Every minute it compares the time since the last run, so that messages missed in an outage are received once it's over;
every night it compares two whole days.
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
"""Twilio tries a webhook for 15 s: a younger message may still be on its way."""

OVERLAP = timedelta(seconds=90)
FULL_LOOKBACK, FULL_EVERY = timedelta(hours=48), timedelta(hours=20)
FULL_FROM_HOUR = 3  # in the desk's time zone
BATCH_SIZE = 200
"""Messages received by one run; the next run follows at once."""


class TwilioMessageLog(Protocol):
    """Twilio's log of messages that were sent to us."""

    def received_since(self, since: datetime) -> Iterator[list[LoggedMessage]]: ...

    def received(self, listed: LoggedMessage) -> Inbound | None: ...


class MessageReceiver(Protocol):
    """The part of the desk that receives messages."""

    def receive(self, inbound: Inbound) -> bool: ...

    def set_aside(self, channel: str, body: str, reason: str) -> None: ...


@dataclass
class _Run:
    """The results of one run so far."""

    before: ReconciliationState
    now: datetime
    is_full: bool
    missing: list[LoggedMessage] = field(default_factory=list)
    compared: int = 0
    recovered: int = 0
    set_aside: int = 0

    def added(self, lost: int) -> ReconciliationState:
        """The totals including this run; `lost` messages are in the log but not here."""
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
    """Compares the log and receives what is missing; does nothing without a `record`."""

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
        """Run one comparison; safe to run twice."""
        again_after = timedelta(days=1)
        if self._record is not None:
            with leased(self._redis, "backfill") as lease:
                if lease is None:
                    return
                again_after = self._compare(self._record, lease)
        self._redis.zadd(keys.CHORES, {"backfill": (self._clock() + again_after).timestamp()})

    def _compare(self, record: TwilioMessageLog, lease: Lease) -> timedelta:
        """Compare, receive what is missing, record it; how long until the next run."""
        now = self._clock()
        before = self._reconciliation.state()
        if before is None:  # messages from before the desk started aren't answered
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
        """Messages that never reached us, oldest first; very young ones may still be on their way."""
        missing: list[LoggedMessage] = []
        for page in record.received_since(since):
            look.compared += len(page)
            old = [each for each in page if each.sent_at <= look.now - SETTLE_TIME]
            unknown = set(self._reconciliation.missing(CHANNEL, [each.message_id for each in old]))
            missing += [each for each in old if each.message_id in unknown]
        return missing[::-1]

    def _take(self, record: TwilioMessageLog, listed: LoggedMessage, look: _Run) -> None:
        """Receive one message; an error of the store ends the run, because nothing could be stored."""
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
        """Where the next run starts: at the first message that isn't proven to be here."""
        left = self._reconciliation.missing(CHANNEL, [each.message_id for each in look.missing])
        told = {"recovered": look.recovered, "set_aside": look.set_aside, "lost": len(left)}
        if any(told.values()):
            log.warning("messages that had not reached us were fetched", extra=told)
        self._reconciliation.save(look.added(len(left)))

    def _is_time_for_all(self, before: ReconciliationState, now: datetime) -> bool:
        return now - before.full_at >= FULL_EVERY and now.astimezone(self._zone).hour >= FULL_FROM_HOUR
