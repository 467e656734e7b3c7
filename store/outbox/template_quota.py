"""Templates that ask somebody to write to us again: at most one a day each, and so many a day in all.

Counted, noted and put into the lane in one step, so that no crash sends two and no count is passed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.messages.thread import OutboxEntry, ThreadEntry
from store import keys
from store.codec import dump
from store.redis_client import Client

MIN_INTERVAL = timedelta(hours=24)
"""Nobody is asked twice within this time."""

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
    """What came of an invitation."""

    ADDED = "added"
    EARLY = "early"  # somebody else was quicker
    SPENT = "spent"  # the day's number of templates is used up


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """The last one that a lane's reader was sent."""

    entry_id: str
    at: datetime

    def is_recent(self, now: datetime) -> bool:
        """Whether it is too soon for another."""
        return now < self.at + MIN_INTERVAL


class TemplateQuota:
    """The desk's templates of one day and everybody's last one."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def last_sent(self, lane: str) -> SentTemplate | None:
        """The last one to that lane's reader."""
        at, entry_id = self._redis.hmget(keys.last_template(lane), "at", "id")
        return SentTemplate(entry_id.decode(), datetime.fromisoformat(at.decode())) if at else None

    def add(
        self, entry: OutboxEntry, shown: ThreadEntry | None, before: SentTemplate | None, day: str, most: int
    ) -> TemplateOutcome:
        """Put `entry` into its lane, unless another than `before` was sent or `day` has had `most`.

        `shown` is its line in the ticket's thread.
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
        """How many were sent on that day."""
        return int(self._redis.get(keys.template_count(day)) or 0)
