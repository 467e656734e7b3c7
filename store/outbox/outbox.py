"""The outbox: messages to send, in order for each lane, and their delivery status.

An entry's status changes by compare-and-set on the entry, because receipts arrive at any time, in any order,
and even before the call that sent the message has returned.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from redis import WatchError

from bot.delivery.delivery_status import apply_status
from bot.messages.thread import DeliveryStatus, OutboxEntry
from store import keys
from store.codec import load
from store.outbox import lanes
from store.outbox.job_queue import JobQueue
from store.redis_client import Client


class Outbox:
    """Reads and changes outbox entries."""

    def __init__(self, redis: Client, job_queue: JobQueue) -> None:
        self._redis = redis
        self._job_queue = job_queue

    def waiting(self, lane: str) -> Iterator[OutboxEntry]:
        """The waiting entries of that lane, in order; ids without an entry are removed."""
        place = 0
        while (raw_id := self._redis.lindex(keys.lane(lane), place)) is not None:
            entry = self.find(raw_id.decode())
            if entry is None:
                self._redis.lrem(keys.lane(lane), 1, raw_id)
                continue
            yield entry
            place += 1

    def find(self, entry_id: str) -> OutboxEntry | None:
        """The entry with that id, if it exists."""
        raw = self._redis.get(keys.outbox_entry(entry_id))
        return load(OutboxEntry, raw) if raw else None

    def find_all(self, entry_ids: Sequence[str]) -> dict[str, OutboxEntry]:
        """Those that exist, by id."""
        if not entry_ids:
            return {}
        raws = self._redis.mget([keys.outbox_entry(entry_id) for entry_id in entry_ids])
        found = [load(OutboxEntry, raw) for raw in raws if raw]
        return {entry.entry_id: entry for entry in found}

    def update(
        self, entry_id: str, change: Callable[[OutboxEntry], OutboxEntry | None]
    ) -> OutboxEntry | None:
        """Replace the entry with the result of `change` (None: leave it); the current entry."""
        while raw := self._redis.get(keys.outbox_entry(entry_id)):
            before = load(OutboxEntry, raw)
            after = change(before)
            if after is None or after == before:
                return before
            if lanes.replace_entry(self._redis, raw, after):
                return after
        return None

    def remove_from_lane(self, entry: OutboxEntry) -> None:
        """Remove it from its lane: the next one follows."""
        names = (keys.lane(entry.lane), keys.LANES, keys.outbox_entry(entry.entry_id))
        self._redis.eval(lanes.FINISH_SCRIPT, 3, *names, entry.entry_id, *lanes.lane_members(entry.lane))

    def clear_lane(self, lane: str) -> None:
        """The lane is empty: it isn't due any more, unless an entry has arrived meanwhile."""
        self._redis.eval(lanes.CLEAR_SCRIPT, 2, keys.lane(lane), keys.LANES, *lanes.lane_members(lane))

    def pause_lane(self, entry: OutboxEntry, until: datetime) -> None:
        """The lane is due again at that time."""
        self._redis.zadd(keys.LANES, {f"{entry.address.channel}|{entry.lane}": until.timestamp()})

    def pause_lane_unless_changed(
        self, entry: OutboxEntry, until: datetime, now: datetime, contact_id: str, version: str
    ) -> None:
        """The lane is due again at that time, or at `now` if the contact has changed since it was read."""
        member = f"{entry.address.channel}|{entry.lane}"
        names = (keys.contact(contact_id), keys.LANES, keys.staff_last_inbound_at(entry.lane))
        self._redis.eval(lanes.PAUSE_SCRIPT, 3, *names, version, until.timestamp(), now.timestamp(), member)

    def wake_lane(self, entry: OutboxEntry, now: datetime) -> None:
        """Make its lane due now."""
        self.pause_lane(entry, now)
        self._job_queue.deliver(entry.lane, entry.address.channel)

    def requeue(self, entry: OutboxEntry, now: datetime) -> None:
        """Put a finished entry back at the end of its lane, once."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.multi()
        pipe.lrem(keys.lane(entry.lane), 0, entry.entry_id)
        self._job_queue.queue_entry(pipe, entry)
        self._job_queue.deliver(entry.lane, entry.address.channel, pipe)
        pipe.execute()

    def apply_receipt(
        self,
        entry_id: str,
        status: DeliveryStatus,
        at: datetime,
        external_id: str = "",
        reason: str = "",
        detail: str = "",
    ) -> OutboxEntry | None:
        """Apply a receipt; order and repeats don't matter. None: there's no such entry."""
        return self.update(entry_id, lambda e: apply_status(e, status, at, external_id, reason, detail))

    def return_to_lane(
        self, entry_id: str, change: Callable[[OutboxEntry], OutboxEntry | None]
    ) -> OutboxEntry | None:
        """Change a sent entry, and put it back in its old place in the lane. None: leave it."""
        known = self.find(entry_id)
        if known is None:
            return None
        key, lane = keys.outbox_entry(entry_id), keys.lane(known.lane)
        with self._redis.pipeline() as pipe:
            while True:
                pipe.watch(key, lane)
                raw, ids = pipe.get(key), [each.decode() for each in pipe.lrange(lane, 0, -1)]
                after = change(load(OutboxEntry, raw)) if raw else None
                if after is None:
                    return None
                pipe.multi()
                lanes.write_entry(pipe, after)
                if entry_id not in ids:
                    lanes.insert_entry(pipe, lane, ids, after, self.find_all(ids))
                try:
                    pipe.execute()
                except WatchError:
                    continue
                return after

    def id_by_external_id(self, channel: str, external_id: str) -> str:
        """The id of the entry with this id at the channel; "" if it isn't ours."""
        raw = self._redis.get(keys.by_external_id(channel, external_id))
        return raw.decode() if raw else ""
