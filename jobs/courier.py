"""Delivery: drains one lane in order, as far as its reader may be written to, and lets it rest where not."""

from collections.abc import Callable
from datetime import datetime

from bot import window
from bot.thread import OutboxEntry
from jobs.carrier import Carrier
from jobs.holding import Holding
from store.client import Client
from store.leases import Lease, leased
from store.outbox import Outbox

MOST_IN_ONE_GO = 50
"""Entries that one job sends before it lets others have the worker."""


class Courier:
    """Takes what is in the outbox to its channel."""

    def __init__(
        self,
        redis: Client,
        outbox: Outbox,
        carrier: Carrier,
        holding: Holding,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._outbox, self._clock = redis, outbox, clock
        self._carrier, self._holding = carrier, holding

    def drain(self, lane: str) -> None:
        """Send what waits in `lane`, until it is empty or must rest. Harmless to run twice."""
        with leased(self._redis, lane) as lease:
            if lease is None:
                return
            for _ in range(MOST_IN_ONE_GO):
                if not self._send_next(lane, lease):
                    return
            self._go_on_later(lane)

    def _send_next(self, lane: str, lease: Lease) -> bool:
        """Send what comes next; False when there is nothing, or the lane must rest."""
        waiting: list[OutboxEntry] = []
        where = None
        for entry in self._outbox.waiting(lane):
            if where is None and window.has_window(entry.address):
                where = self._holding.where(lane)
            allowed = self._holding.allowed(entry, where) if where else entry
            if allowed:
                return lease.renew() and self._carrier.carry(allowed, lease)
            waiting.append(entry)
        if waiting and where:
            return not self._holding.keep(waiting, where)
        self._outbox.forget(lane)
        return False

    def _go_on_later(self, lane: str) -> None:
        entry = next(self._outbox.waiting(lane), None)
        if entry:
            self._outbox.wait(entry, self._clock())
