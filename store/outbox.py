"""The outbox: what is to go out, lane by lane in order, and what the channels said of it since.

An entry's status changes by compare-and-set on the entry itself, because receipts arrive at any moment, in
any order, and even before the call that sent it has returned.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from redis import WatchError

from bot.receipts import merged
from bot.thread import Delivery, OutboxEntry
from store import keys
from store.client import Client
from store.codec import dump, load
from store.kicks import Kicks

_FINISH = """
redis.call('LREM', KEYS[1], 1, ARGV[1])
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], ARGV[2]) return 0 end
return 1
"""


class Outbox:
    """Reads and moves outbox entries."""

    def __init__(self, redis: Client, kicks: Kicks) -> None:
        self._redis = redis
        self._kicks = kicks

    def head(self, lane: str) -> OutboxEntry | None:
        """The entry whose turn it is in that lane."""
        while True:
            entry_id = self._redis.lindex(keys.lane(lane), 0)
            if entry_id is None:
                return None
            entry = self.find(entry_id.decode())
            if entry is not None:
                return entry
            self._redis.lrem(keys.lane(lane), 1, entry_id)

    def find(self, entry_id: str) -> OutboxEntry | None:
        """That entry, if it is kept."""
        raw = self._redis.get(keys.outbox(entry_id))
        return load(OutboxEntry, raw) if raw else None

    def find_all(self, entry_ids: Sequence[str]) -> dict[str, OutboxEntry]:
        """Those of them that are kept, by id."""
        if not entry_ids:
            return {}
        raws = self._redis.mget([keys.outbox(entry_id) for entry_id in entry_ids])
        found = [load(OutboxEntry, raw) for raw in raws if raw]
        return {entry.entry_id: entry for entry in found}

    def update(
        self, entry_id: str, change: Callable[[OutboxEntry], OutboxEntry | None]
    ) -> OutboxEntry | None:
        """Replace the entry by what `change` makes of it (None: leave it); the entry as it is then."""
        key = keys.outbox(entry_id)
        with self._redis.pipeline() as pipe:
            while True:
                pipe.watch(key)
                raw = pipe.get(key)
                if not raw:
                    return None
                before = load(OutboxEntry, raw)
                after = change(before)
                if after is None or after == before:
                    return before
                pipe.multi()
                pipe.set(key, dump(after))
                for external_id in after.external_ids:
                    known = keys.external(after.address.channel, external_id)
                    pipe.set(known, entry_id, ex=keys.EXTERNAL_FOR)
                pipe.xadd(keys.FEED, {"t": after.thread_id}, maxlen=20_000, approximate=True)
                try:
                    pipe.execute()
                except WatchError:
                    continue
                return after

    def finish(self, entry: OutboxEntry) -> None:
        """It waits no more: the next in its lane has its turn."""
        member = f"{entry.address.channel}|{entry.lane}"
        self._redis.eval(_FINISH, 2, keys.lane(entry.lane), keys.LANES, entry.entry_id, member)

    def wait(self, entry: OutboxEntry, until: datetime) -> None:
        """Its lane rests until then; the sweep comes back."""
        self._redis.zadd(keys.LANES, {f"{entry.address.channel}|{entry.lane}": until.timestamp()})

    def requeue(self, entry: OutboxEntry, now: datetime) -> None:
        """Put an entry that had ended back at the end of its lane, once."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.multi()
        pipe.lrem(keys.lane(entry.lane), 0, entry.entry_id)
        self._kicks.queue_entry(pipe, entry)
        self._kicks.deliver(entry.lane, entry.address.channel, pipe)
        pipe.execute()

    def receipt(
        self,
        entry_id: str,
        status: Delivery,
        at: datetime,
        external_id: str = "",
        reason: str = "",
        detail: str = "",
    ) -> OutboxEntry | None:
        """What the channel said of it later; order and repeats do not matter."""
        return self.update(entry_id, lambda e: merged(e, status, at, external_id, reason, detail))

    def known_as(self, channel: str, external_id: str) -> str:
        """The id of the entry that the channel knows by this id; "" when it is none of ours."""
        raw = self._redis.get(keys.external(channel, external_id))
        return raw.decode() if raw else ""
