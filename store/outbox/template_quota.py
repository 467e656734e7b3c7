"""The quota of templates that ask customers to write again: one per customer a day, and a daily total.

One step counts, records and queues a template, so that a crash never sends two and the quota holds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.messages.thread import OutboxEntry, ThreadEntry
from store import keys
from store.codec import dump
from store.redis_client import Client

MIN_INTERVAL = timedelta(hours=24)
"""No one is asked twice within this time."""

_KEPT = timedelta(days=40)

_INVITE = """
local lane, count = KEYS[1], KEYS[2]
if (redis.call('HGET', lane, 'id') or '') ~= ARGV[1] then return 'early' end
if tonumber(redis.call('GET', count) or '0') >= tonumber(ARGV[2]) then return 'spent' end
redis.call('INCR', count)
redis.call('EXPIRE', count, 172800)
redis.call('HSET', lane, 'id', ARGV[3], 'at', ARGV[4])
redis.call('EXPIRE', lane, ARGV[5])
redis.call('SET', KEYS[3], ARGV[6])
redis.call('RPUSH', KEYS[4], ARGV[3])
if ARGV[7] ~= '' then redis.call('RPUSH', KEYS[5], ARGV[7]) end
redis.call('XADD', KEYS[6], 'MAXLEN', '~', 20000, '*', 't', ARGV[8])
return 'added'
"""


class TemplateOutcome(StrEnum):
    """The result of sending a template."""

    ADDED = "added"
    EARLY = "early"  # another process was faster
    SPENT = "spent"  # the day's quota is used up


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """The last template sent to a lane's recipient."""

    entry_id: str
    at: datetime

    def is_recent(self, now: datetime) -> bool:
        """Whether it's too soon for another."""
        return now < self.at + MIN_INTERVAL


class TemplateQuota:
    """The templates of each day, and the last one of each lane."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def last_sent(self, lane: str) -> SentTemplate | None:
        """The last template sent to that lane's recipient."""
        at, entry_id = self._redis.hmget(keys.last_template(lane), "at", "id")
        return SentTemplate(entry_id.decode(), datetime.fromisoformat(at.decode())) if at else None

    def add(
        self, entry: OutboxEntry, shown: ThreadEntry | None, before: SentTemplate | None, day: str, most: int
    ) -> TemplateOutcome:
        """Queue `entry`, unless a template after `before` was sent or `day` has had `most`.

        `shown` is its entry in the ticket's thread.
        """
        names = (
            keys.last_template(entry.lane),
            keys.template_count(day),
            keys.outbox_entry(entry.entry_id),
            keys.lane(entry.lane),
            keys.thread(entry.thread_id),
            keys.FEED,
        )
        said = self._redis.eval(
            _INVITE,
            len(names),
            *names,
            before.entry_id if before else "",
            most,
            entry.entry_id,
            entry.created_at.isoformat(),
            int(_KEPT.total_seconds()),
            dump(entry),
            dump(shown) if shown else "",
            entry.thread_id,
        )
        return TemplateOutcome(said.decode())

    def count(self, day: str) -> int:
        """How many templates were sent on that day."""
        return int(self._redis.get(keys.template_count(day)) or 0)
