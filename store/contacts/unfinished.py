"""Indexes of requests in progress: for the inbox's view of unfinished ones, and for asking about them."""

from bot.model.conversation import Conversation
from store import keys
from store.redis_client import Client


def index(writes: Client, before: Conversation | None, now: Conversation | None) -> None:
    """Keep the indexes in step with a changed conversation."""
    if now is None:
        return
    if before and before.draft_id and before.draft_id != now.draft_id:
        forget(writes, before.draft_id)
    if not now.draft_id:
        return
    if now.last_inbound_at:
        writes.zadd(keys.UNFINISHED, {now.draft_id: now.last_inbound_at.timestamp()})
    if now.remind_at:
        writes.zadd(keys.REMINDERS, {now.draft_id: now.remind_at.timestamp()})
    else:
        writes.zrem(keys.REMINDERS, now.draft_id)


def forget(writes: Client, *draft_ids: str) -> None:
    """Remove requests that are sent, cancelled or erased."""
    if draft_ids:
        writes.zrem(keys.UNFINISHED, *draft_ids)
        writes.zrem(keys.REMINDERS, *draft_ids)
