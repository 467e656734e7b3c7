"""Work whose time has come: claimed for a while by whoever sweeps, so that many clocks do it once.

Claiming moves the score ahead by a lease; if the job that follows never runs, the next sweep finds it again.
"""

from collections.abc import Sequence
from datetime import datetime

from store import keys
from store.redis_client import Client

CLAIM_SECONDS = 15.0
"""Seconds that a job has before the work is given to another."""

LANE_CLAIM_SECONDS = 5.0
"""The same for a lane: kicked more often than its drainer's lease is long, so that little is added to that."""

_CLAIM = """
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], 'XX', ARGV[2], member) end
return due
"""


def claim(redis: Client, key: str, now: datetime, lease: float = CLAIM_SECONDS, most: int = 500) -> list[str]:
    """The members of the sorted set `key` that are due; nobody else is given them for `lease` seconds."""
    at = now.timestamp()
    return [member.decode() for member in redis.eval(_CLAIM, 1, key, at, at + lease, most)]


def claim_deadlines(redis: Client, now: datetime) -> list[str]:
    """Ids of tickets on which something falls due."""
    return claim(redis, keys.DEADLINES, now)


def claim_alert_queues(redis: Client, now: datetime) -> list[str]:
    """Lanes of alert destinations that may be told what waits."""
    return claim(redis, keys.ALERT_QUEUES, now)


def claim_chores(redis: Client, now: datetime, names: Sequence[str]) -> list[str]:
    """Chores whose time has come; one that was never done is due at once."""
    redis.zadd(keys.CHORES, dict.fromkeys(names, 0), nx=True)
    return claim(redis, keys.CHORES, now, lease=60.0)


def claim_media(redis: Client, now: datetime) -> list[tuple[str, str]]:
    """Entries whose attachments are still to be fetched, as (thread id, entry id)."""
    return [_pair(member) for member in claim(redis, keys.MEDIA, now, lease=60.0)]


def claim_lanes(redis: Client, now: datetime) -> list[tuple[str, str]]:
    """Outbox lanes that may be drained, as (channel, lane)."""
    return [_pair(member) for member in claim(redis, keys.LANES, now, lease=LANE_CLAIM_SECONDS)]


def _pair(member: str) -> tuple[str, str]:
    first, _, second = member.partition("|")
    return first, second
