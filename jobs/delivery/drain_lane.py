"""Drains one outbox lane in order, and pauses it while its recipient can't be written to."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from redis import RedisError

from bot.messages.thread import OutboxEntry
from bot.sla import whatsapp_window
from jobs.delivery.send_entry import EntrySender
from jobs.delivery.window_hold import WindowHold
from store.integrity import failed_jobs
from store.leases import Lease, leased
from store.outbox import job_queue
from store.outbox.outbox import Outbox
from store.redis_client import Client

log = logging.getLogger(__name__)

MAX_FAILURES = 3
FAILURE_DELAY = timedelta(seconds=5)
"""How often a message that crashes the sender is tried, and the delay between; then the next one is sent."""

MAX_ENTRIES_PER_JOB = 50
"""Entries that one job sends before it leaves the worker to others."""


class LaneDrainer:
    """Sends the entries of a lane."""

    def __init__(
        self,
        redis: Client,
        outbox: Outbox,
        entry_sender: EntrySender,
        window_hold: WindowHold,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._outbox, self._clock = redis, outbox, clock
        self._sender, self._window_hold = entry_sender, window_hold

    def drain(self, lane: str) -> datetime | None:
        """Send what waits in `lane` until it's empty or paused; until when it's paused. Safe to run twice.

        Who finds the lane in other hands leaves the work to them: they look again before they're done.
        """
        job_queue.clear_job_mark(self._redis, lane)
        while True:
            with leased(self._redis, lane, asks=True) as lease:
                if lease is None:
                    return None
                until = self._drain(lane, lease)
            if not lease.is_wanted:
                return until

    def _drain(self, lane: str, lease: Lease) -> datetime | None:
        for number in range(MAX_ENTRIES_PER_JOB):
            entry = self._next(lane)
            if entry is None or (number and not lease.renew()):
                return None
            until = self._carried(entry, lease)
            if until:
                self._outbox.pause_lane(entry, until)
                return until
        return self._go_on_later(lane)

    def _next(self, lane: str) -> OutboxEntry | None:
        """The next entry to send; None if there's none, or if all have to wait for the recipient."""
        waiting: list[OutboxEntry] = []
        where = None
        for entry in self._outbox.waiting(lane):
            if where is None and _may_have_moved(entry):
                where = self._window_hold.recipient_of(lane)
            allowed = self._window_hold.sendable(entry, where) if where else entry
            if allowed:
                return allowed
            waiting.append(entry)
        if waiting and where:
            return None if self._window_hold.hold(waiting, where) else self._next(lane)
        self._outbox.clear_lane(lane)
        return None

    def _carried(self, entry: OutboxEntry, lease: Lease) -> datetime | None:
        try:
            return self._sender.send(entry, lease)
        except RedisError:
            raise
        except Exception as error:  # one message must not block its lane for good
            log.exception("an outgoing message could not be sent", extra={"entry": entry.entry_id})
            return self._put_aside(entry, type(error).__name__)

    def _put_aside(self, entry: OutboxEntry, why: str) -> datetime | None:
        now = self._clock()
        if failed_jobs.record_failure(self._redis, "outgoing", [entry.entry_id], why, now) >= MAX_FAILURES:
            return self._sender.give_up(entry)
        return now + FAILURE_DELAY

    def _go_on_later(self, lane: str) -> datetime | None:
        entry = next(self._outbox.waiting(lane), None)
        if entry is None:
            return None
        now = self._clock()
        self._outbox.pause_lane(entry, now)
        return now


def _may_have_moved(entry: OutboxEntry) -> bool:
    """Whether the recipient may have moved or be out of reach: customers, and anybody with a 24-hour window."""
    return bool(entry.thread_id) or whatsapp_window.has_window(entry.address)
