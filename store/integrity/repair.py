"""Repairs what the audit found, where it's safe: puts unreachable work back into its index.

Nothing is deleted but the archive's copy of a live ticket. At worst, a job finds nothing to do.
"""

from collections.abc import Callable
from datetime import datetime

from store import keys
from store.integrity.audit import Fault
from store.integrity.snapshot import is_undelivered
from store.outbox.job_queue import JobQueue
from store.outbox.outbox import Outbox
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client


class Repair:
    """Repairs one fault at a time."""

    def __init__(
        self, redis: Client, outbox: Outbox, job_queue: JobQueue, settle: Callable[[str], None] | None = None
    ) -> None:
        self._redis, self._outbox, self._job_queue, self._settle = redis, outbox, job_queue, settle

    def repair(self, fault: Fault, now: datetime) -> bool:
        """Whether the fault is repaired; False if a person has to look at it."""
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
        """The deadline check rewrites the ticket with its place in every list."""
        self._redis.zadd(keys.DEADLINES, {ticket_id: now.timestamp()})
        self._job_queue.check_deadlines([ticket_id])
        return True


def _place(fault: Fault) -> tuple[str, str] | None:
    """The index that the sweep reads, and the member to add; None if that's not enough."""
    if fault.rule == "unreachable-hook":
        return webhook_keys.DUE, fault.name
    if fault.rule == "unreachable-erasure":
        return keys.ERASURES, fault.name
    if fault.rule == "unreachable-lane" and fault.name.startswith("board "):
        return keys.ALERT_QUEUES, fault.name.removeprefix("board ")
    return None
