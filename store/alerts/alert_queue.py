"""The alert queues: notices that wait for each destination, messages sent to it, when someone there last wrote.

One transaction reads and empties a queue and watches the sent messages, so that two workers never send the
same alert. Notices that arrive meanwhile only make the list longer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from redis import WatchError
from redis.client import Pipeline

from bot.messages.notice import Notice
from bot.messages.thread import OutboxEntry
from store import keys
from store.codec import dump, load
from store.outbox import lanes
from store.outbox.job_queue import JobQueue
from store.redis_client import Client

MAX_BATCH = 2000
"""Notices handled at once; the rest are left to the next run."""

MAX_HISTORY = 60
"""Sent messages remembered for each destination."""

_REST = """
if redis.call('LLEN', KEYS[1]) + redis.call('LLEN', KEYS[2]) == 0 then return redis.call('ZREM', KEYS[3], ARGV[1]) end
return redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
"""
"""Nothing is due any more, unless a notice has arrived meanwhile."""

HISTORY_KEPT_FOR = 35 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class SentAlertEntry:
    """One message to a destination."""

    entry_id: str
    at: datetime
    is_digest: bool = False
    is_answer: bool = False


@dataclass(frozen=True)
class DispatchPlan:
    """What to do with the queue: messages to send, notices to remove, when to look again."""

    messages: Sequence[tuple[Notice, SentAlertEntry]] = ()
    done: Sequence[Notice] = ()
    again_at: datetime | None = None


PlanDispatch = Callable[[Sequence[Notice], Sequence[SentAlertEntry]], DispatchPlan]


class AlertQueue:
    """The queues of all destinations."""

    def __init__(self, redis: Client, job_queue: JobQueue) -> None:
        self._redis, self._job_queue = redis, job_queue

    def enqueue(self, notice: Notice, *, once: str) -> None:
        """Queue a notice that isn't about a ticket; a second notice with the same `once` is ignored."""
        seen = keys.seen("desk", once)

        def write(pipe: Pipeline) -> None:
            if pipe.exists(seen):
                return
            pipe.multi()
            self._job_queue.queue_notice(pipe, notice)
            self._job_queue.send_alerts(notice.lane, pipe)
            pipe.set(seen, 1, ex=keys.SEEN_FOR)

        self._redis.transaction(write, seen)

    def dispatch(self, lane: str, now: datetime, decide: PlanDispatch) -> None:
        """Send to that destination what `decide` returns.

        While a digest is being collected, its queue isn't even read: it may be long, and every alert would read it.
        """
        with self._redis.pipeline() as pipe:
            while True:
                pipe.watch(keys.sent_alerts(lane))
                found = self._read(pipe, lane, now)
                taking = decide([load(Notice, raw) for raw in found.raws], found.told)
                pipe.multi()
                self._write(pipe, lane, found, taking, now)
                try:
                    pipe.execute()
                except WatchError:
                    continue
                return

    def _read(self, pipe: Client, lane: str, now: datetime) -> "_QueueState":
        raw = pipe.get(keys.alerts_paused_until(lane))
        rests_until = datetime.fromisoformat(raw.decode()) if raw else None
        if rests_until is not None and rests_until <= now:
            rests_until = None
        waiting = [] if rests_until else pipe.lrange(keys.alert_queue(lane), 0, MAX_BATCH - 1)
        pressing = pipe.lrange(keys.urgent_alert_queue(lane), 0, MAX_BATCH - 1)
        told = [load(SentAlertEntry, each) for each in pipe.lrange(keys.sent_alerts(lane), 0, -1)]
        return _QueueState(pressing, waiting, told, rests_until)

    def sent(self, lane: str) -> list[SentAlertEntry]:
        """The messages sent to this destination, newest first."""
        return [
            load(SentAlertEntry, raw) for raw in reversed(self._redis.lrange(keys.sent_alerts(lane), 0, -1))
        ]

    def pending_count(self, lane: str) -> int:
        """How many notices wait for this destination."""
        return int(self._redis.llen(keys.alert_queue(lane))) + int(
            self._redis.llen(keys.urgent_alert_queue(lane))
        )

    def last_inbound_at(self, lane: str) -> datetime | None:
        """When someone there last wrote."""
        raw = self._redis.get(keys.staff_last_inbound_at(lane))
        return datetime.fromisoformat(raw.decode()) if raw else None

    def note_inbound(self, lane: str, at: datetime) -> None:
        """Someone there has written: what waited for that may be sent."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.set(keys.staff_last_inbound_at(lane), at.isoformat(), ex=HISTORY_KEPT_FOR)
        lanes.wake_lane(pipe, lane, at.timestamp())
        pipe.execute()
        if self.pending_count(lane):
            self._job_queue.send_alerts(lane)

    def _write(
        self, pipe: Pipeline, lane: str, found: "_QueueState", taking: DispatchPlan, now: datetime
    ) -> None:
        done = {notice.notice_id for notice in taking.done}
        for key, raws in (
            (keys.urgent_alert_queue(lane), found.pressing),
            (keys.alert_queue(lane), found.waiting),
        ):
            _remove(pipe, key, raws, done)
        for notice, entry in taking.messages:
            self._job_queue.queue_entry(pipe, _entry(notice, now))
            pipe.rpush(keys.sent_alerts(lane), dump(entry))
        if taking.messages:
            pipe.ltrim(keys.sent_alerts(lane), -MAX_HISTORY, -1)
            pipe.expire(keys.sent_alerts(lane), HISTORY_KEPT_FOR)
            self._job_queue.deliver(lane, taking.messages[0][0].to.channel, pipe)
        if again_at := taking.again_at or found.rests_until:
            pipe.set(keys.alerts_paused_until(lane), again_at.isoformat(), ex=HISTORY_KEPT_FOR)
            pipe.zadd(keys.ALERT_QUEUES, {lane: again_at.timestamp()})
        elif found.raws and not done:
            pipe.zrem(keys.ALERT_QUEUES, lane)  # it waits until they write: see `note_inbound`
        else:
            pipe.eval(
                _REST,
                3,
                keys.alert_queue(lane),
                keys.urgent_alert_queue(lane),
                keys.ALERT_QUEUES,
                lane,
                repr(now.timestamp()),
            )


@dataclass(frozen=True)
class _QueueState:
    """The urgent notices, the others (none while a digest is being collected), and the messages sent before."""

    pressing: Sequence[bytes]
    waiting: Sequence[bytes]
    told: Sequence[SentAlertEntry]
    rests_until: datetime | None

    @property
    def raws(self) -> Sequence[bytes]:
        return [*self.pressing, *self.waiting]


def _remove(pipe: Pipeline, key: str, raws: Sequence[bytes], done: set[str]) -> None:
    """Remove the notices in `done` from a list that may have grown since it was read."""
    gone = [raw for raw in raws if load(Notice, raw).notice_id in done] if done else []
    if gone and len(gone) == len(raws):
        pipe.ltrim(key, len(raws), -1)
        return
    for raw in gone:
        pipe.lrem(key, 1, raw)  # type: ignore[arg-type]


def _entry(notice: Notice, now: datetime) -> OutboxEntry:
    return OutboxEntry(
        notice.notice_id, notice.lane, notice.to, notice.locale, notice.outgoing, now,
        thread_id=notice.thread_id,
    )  # fmt: skip
