"""Writes how far each request got, by the day it began, in the transaction of the message that took it there."""

from datetime import UTC, datetime

from bot.model.conversation import Conversation
from bot.model.intake_record import intake_of
from store import keys
from store.codec import dump
from store.redis_client import Client


def record_intake(writes: Client, before: Conversation | None, now: Conversation | None) -> None:
    """Write the record if the request has got on, or ended."""
    if now is None or (before and before.funnel == now.funnel):
        return
    if found := intake_of(now):
        draft_id, record = found
        key = keys.intakes(day_of(record.begun_at))
        writes.hset(key, draft_id, dump(record))
        writes.expire(key, keys.INTAKES_FOR)


def forget_intakes(redis: Client, writes: Client, draft_ids: list[str]) -> None:
    """Remove these records, whatever day they are of."""
    for key in redis.scan_iter(match=keys.intakes("*"), count=1000) if draft_ids else ():
        writes.hdel(key, *draft_ids)


def day_of(at: datetime) -> str:
    """The day of a record's key, in UTC."""
    return at.astimezone(UTC).date().isoformat()
