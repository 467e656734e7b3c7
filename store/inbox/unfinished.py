"""Requests that customers began and didn't send, for the inbox. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.unfinished import QUIET_AFTER
from bot.messages.ids import owner_of
from bot.messages.thread import ThreadEntry
from bot.model.conversation import Conversation
from store import keys
from store.codec import load
from store.outbox.recipient import READ_CONVERSATION
from store.redis_client import Client

MOST = 200


@dataclass(frozen=True, slots=True)
class UnfinishedRequest:
    """A request in progress whose customer has been silent for a while."""

    draft_id: str
    conversation: Conversation
    entries: Sequence[ThreadEntry]


def unfinished_count(redis: Client, now: datetime) -> int:
    """How many there are."""
    return int(redis.zcount(keys.UNFINISHED, "-inf", (now - QUIET_AFTER).timestamp()))


def unfinished_requests(redis: Client, now: datetime) -> list[UnfinishedRequest]:
    """Those whose customers wrote last, first."""
    quiet_since = (now - QUIET_AFTER).timestamp()
    raws = redis.zrevrangebyscore(keys.UNFINISHED, quiet_since, "-inf", start=0, num=MOST)
    ids = [raw.decode() for raw in raws]
    pipe = redis.pipeline(transaction=False)
    for draft_id in ids:
        pipe.eval(READ_CONVERSATION, 0, owner_of(draft_id))
        pipe.lrange(keys.thread(draft_id), 0, -1)
    found = pipe.execute()
    return [
        UnfinishedRequest(draft_id, conversation, [load(ThreadEntry, entry) for entry in entries])
        for draft_id, raw, entries in zip(ids, found[::2], found[1::2], strict=True)
        if raw and (conversation := load(Conversation, raw)).draft_id == draft_id
    ]
