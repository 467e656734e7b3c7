"""Redis scripts and writes that keep outbox lanes in order, for `store.outbox.outbox`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from redis.client import Pipeline

from bot.messages.thread import DeliveryStatus, OutboxEntry
from store import keys
from store.codec import dump
from store.outbox.job_queue import CHANNELS
from store.redis_client import Client

_ENDED = {DeliveryStatus.SENT, DeliveryStatus.DELIVERED, DeliveryStatus.READ, DeliveryStatus.FAILED}

FINISH_SCRIPT = """
local raw = redis.call('GET', KEYS[3])
local status = raw and string.match(raw, '"status":"(%a+)"')
if raw and (not status or status == 'held') then return 1 end
redis.call('LREM', KEYS[1], 1, ARGV[1])
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], unpack(ARGV, 2)) return 0 end
return 1
"""
"""An entry that a receipt has meanwhile put back (held, or queued, which isn't written) stays in its lane."""

REPLACE_SCRIPT = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
for at = 3, #KEYS do redis.call('SET', KEYS[at], ARGV[4], 'EX', ARGV[5]) end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 20000, '*', 't', ARGV[6])
return 1
"""
"""Writes an entry as `write_entry` does, unless it has changed since it was read."""

CLEAR_SCRIPT = """
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], unpack(ARGV)) end
"""

PAUSE_SCRIPT = """
local at = (redis.call('HGET', KEYS[1], 'v') or '') .. '|' .. (redis.call('GET', KEYS[3]) or '')
redis.call('ZADD', KEYS[2], at == ARGV[1] and ARGV[2] or ARGV[3], ARGV[4])
"""
"""Unless the customer has switched channels since `store.outbox.recipient` read their address."""


def write_entry(pipe: Pipeline, entry: OutboxEntry) -> None:
    """Write the entry and its ids at the channel, and add its ticket to the change feed."""
    lifetime = keys.ENDED_FOR if entry.status in _ENDED else None
    pipe.set(keys.outbox_entry(entry.entry_id), dump(entry), ex=lifetime)
    for external_id in filter(None, entry.external_ids):
        pipe.set(
            keys.by_external_id(entry.address.channel, external_id), entry.entry_id, ex=keys.EXTERNAL_FOR
        )
    pipe.xadd(keys.FEED, {"t": entry.thread_id}, maxlen=20_000, approximate=True)


def write_correction(pipe: Pipeline, entry: OutboxEntry) -> None:
    """Write an entry that was corrected in its lane; one that was taken back leaves it."""
    write_entry(pipe, entry)
    if entry.status in _ENDED:
        pipe.lrem(keys.lane(entry.lane), 0, entry.entry_id)


def replace_entry(redis: Client, before: bytes, entry: OutboxEntry) -> bool:
    """Write the entry in one round trip; False, without writing, if it's no longer what was read."""
    lifetime = keys.ENDED_FOR if entry.status in _ENDED else ""
    ids = [keys.by_external_id(entry.address.channel, each) for each in entry.external_ids if each]
    names = (keys.outbox_entry(entry.entry_id), keys.FEED, *ids)
    values = (before, dump(entry), lifetime, entry.entry_id, keys.EXTERNAL_FOR, entry.thread_id)
    return bool(redis.eval(REPLACE_SCRIPT, len(names), *names, *values))


def insert_entry(
    pipe: Pipeline, lane: str, ids: Sequence[str], entry: OutboxEntry, others: Mapping[str, OutboxEntry]
) -> None:
    """Insert it before the first entry of its lane that was created later."""
    later = (each for each in ids if each in others and order_of(others[each]) > order_of(entry))
    first = next(later, None)
    if first is None:
        pipe.rpush(lane, entry.entry_id)
    else:
        pipe.linsert(lane, "BEFORE", first, entry.entry_id)


def order_of(entry: OutboxEntry) -> tuple[datetime, list[int]]:
    """By creation time; entries of the same time by the numbers in their ids."""
    return entry.created_at, [int(part) for part in entry.entry_id.split(".")[1:] if part.isdecimal()]


def wake_lane(pipe: Pipeline, lane: str, now: float | bytes) -> None:
    """Make the lane due: someone there has just written, so held entries may be sent. `now` in Unix seconds."""
    pipe.zadd(keys.LANES, dict.fromkeys(lane_members(lane), now), xx=True, lt=True)


def lane_members(lane: str) -> list[str]:
    return [f"{channel}|{lane}" for channel in CHANNELS]
