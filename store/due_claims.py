"""Claims due work for a few seconds, so that several clocks don't do it twice.

A claim moves the score ahead; if the job that follows never runs, a later sweep finds the work again.
"""

from collections.abc import Sequence
from datetime import datetime

from store import keys
from store.redis_client import Client

CLAIM_SECONDS = 15.0
"""Seconds a job has before another may claim the work."""

LANE_CLAIM_SECONDS = 5.0
"""The same for a lane. Shorter than the drain lease, so that it adds little to the wait after a crash."""

_CLAIM = """
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], member) end
return due
"""


def claim(redis: Client, key: str, now: datetime, lease: float = CLAIM_SECONDS, most: int = 500) -> list[str]:
    """The due members of the sorted set `key`; no one else gets them for `lease` seconds."""
    at = now.timestamp()
    return [member.decode() for member in redis.eval(_CLAIM, 1, key, at, at + lease, most)]


def claim_deadlines(redis: Client, now: datetime) -> list[str]:
    """Ids of tickets with something due."""
    return claim(redis, keys.DEADLINES, now)


def claim_alert_queues(redis: Client, now: datetime) -> list[str]:
    """Lanes of alert destinations to which alerts may be sent."""
    return claim(redis, keys.ALERT_QUEUES, now)


def claim_chores(redis: Client, now: datetime, names: Sequence[str]) -> list[str]:
    """Chores that are due; one that was never done is due at once."""
    redis.zadd(keys.CHORES, dict.fromkeys(names, 0), nx=True)
    return claim(redis, keys.CHORES, now, lease=60.0)


def claim_erasures(redis: Client, now: datetime) -> list[str]:
    """Ids of contacts whose data is to be erased."""
    return claim(redis, keys.ERASURES, now, lease=60.0, most=20)


def claim_reminders(redis: Client, now: datetime) -> list[str]:
    """Ids of unfinished requests whose customers are to be asked about them."""
    return claim(redis, keys.REMINDERS, now, most=100)


def claim_media(redis: Client, now: datetime) -> list[tuple[str, str]]:
    """Entries with attachments to download, as (thread id, entry id)."""
    return [_pair(member) for member in claim(redis, keys.MEDIA, now, lease=60.0)]


def claim_lanes(redis: Client, now: datetime) -> list[tuple[str, str]]:
    """Outbox lanes that may be drained, as (channel, lane)."""
    return [_pair(member) for member in claim(redis, keys.LANES, now, lease=LANE_CLAIM_SECONDS)]


def _pair(member: str) -> tuple[str, str]:
    first, _, second = member.partition("|")
    return first, second
