"""Mends what the audit found, where that can do no harm: things out of reach are put within reach again.

Nothing is decided, and nothing is deleted but what the archive has of a ticket that is live: at worst a look is
taken that was not needed.
"""

from collections.abc import Callable
from datetime import datetime

from store import keys
from store.integrity.audit import Fault, is_undelivered
from store.outbox.job_queue import JobQueue
from store.outbox.outbox import Outbox
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client


class Repair:
    """Puts things back where the sweep comes by."""

    def __init__(
        self, redis: Client, outbox: Outbox, job_queue: JobQueue, settle: Callable[[str], None] | None = None
    ) -> None:
        self._redis, self._outbox, self._job_queue, self._settle = redis, outbox, job_queue, settle

    def repair(self, fault: Fault, now: datetime) -> bool:
        """Whether it was mended; False for what a person has to look at."""
        if place := _place(fault):
            self._redis.zadd(place[0], {place[1]: now.timestamp()}, nx=True)
            return True
        match fault.rule:
            case "unreachable-message":
                return self._queue(fault.name, now)
            case "unreachable-lane":
                return self._index(fault.name, now)
            case "unreachable-ticket":
                return self._look_at(fault.name, now)
            case "in-both" if self._settle:
                self._settle(fault.name)
                return True
        return False

    def _queue(self, entry_id: str, now: datetime) -> bool:
        entry = self._outbox.find(entry_id)
        if entry is None or not is_undelivered(entry):
            return False
        self._outbox.requeue(entry, now)
        return True

    def _index(self, lane: str, now: datetime) -> bool:
        first = next(self._outbox.waiting(lane), None)
        if first is None:
            return False
        self._outbox.wake_lane(first, now)
        return True

    def _look_at(self, ticket_id: str, now: datetime) -> bool:
        """The look writes the ticket anew, with its place in every list."""
        self._redis.zadd(keys.DEADLINES, {ticket_id: now.timestamp()})
        self._job_queue.check_deadlines([ticket_id])
        return True


def _place(fault: Fault) -> tuple[str, str] | None:
    """The index in which the sweep would find it, and under which name; None where more is to be done."""
    if fault.rule == "unreachable-hook":
        return webhook_keys.DUE, fault.name
    if fault.rule == "unreachable-lane" and fault.name.startswith("board "):
        return keys.ALERT_QUEUES, fault.name.removeprefix("board ")
    return None
