"""Finds the thread of a message that a customer quotes: ours by its id on the channel, theirs in their threads."""

from collections.abc import Sequence

from bot.messages.thread import OutboxEntry, ThreadEntry
from store import keys
from store.codec import load
from store.redis_client import Client

_READ_BACK = 300
"""The last entries of each thread that are looked through for a customer's own message."""


def find_quoted_thread(redis: Client, channel: str, quoted_id: str, thread_ids: Sequence[str]) -> str:
    """The one of these threads that holds the quoted message; "" if none does."""
    entry_id = redis.get(keys.by_external_id(channel, quoted_id))
    if entry_id:
        raw = redis.get(keys.outbox_entry(entry_id.decode()))
        return load(OutboxEntry, raw).thread_id if raw else ""
    pipe = redis.pipeline(transaction=False)
    for thread_id in thread_ids:
        pipe.lrange(keys.thread(thread_id), -_READ_BACK, -1)
    wanted = quoted_id.encode()
    for thread_id, entries in zip(thread_ids, pipe.execute() if thread_ids else (), strict=True):
        found = (load(ThreadEntry, raw) for raw in entries if wanted in raw)
        if any((entry.channel, entry.external_id) == (channel, quoted_id) for entry in found):
            return thread_id
    return ""
