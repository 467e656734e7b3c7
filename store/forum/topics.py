"""What topics of the agents' group show, and which of them need another look.

Changes are read from the feed that the pages follow: it has every change of a ticket, its thread or a delivery, in the
same transaction. A topic stays in the waiting list until it's up to date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from redis.client import Pipeline

from bot.forum.topic import Topic
from store import keys
from store.codec import dump, load
from store.forum import keys as forum_keys
from store.redis_client import Client

_HAS_CHANGES = """
local after = '(' .. (redis.call('GET', KEYS[2]) or '0-0')
local is_due = #redis.call('XRANGE', KEYS[1], after, '+', 'COUNT', 1) > 0
if tonumber(redis.call('GET', KEYS[3]) or '0') <= tonumber(ARGV[1]) then
  local waiting = redis.call('ZCOUNT', KEYS[4], '-inf', ARGV[1]) + redis.call('LLEN', KEYS[5])
  if waiting + redis.call('ZCOUNT', KEYS[7], '-inf', ARGV[1]) > 0 then is_due = true end
end
if is_due and redis.call('SET', KEYS[6], '1', 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
_QUEUED_FOR_MS = 5000


class Topics:
    """Stores topics."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def has_changes(self, now: datetime) -> bool:
        """Whether to queue a job; True for one caller only, until that job starts or is overdue."""
        names = [keys.FEED, forum_keys.CURSOR, forum_keys.PAUSED_UNTIL, forum_keys.WAITING]
        names += [forum_keys.REPLIES, forum_keys.SYNC_QUEUED, forum_keys.ERASED_TOPICS]
        return bool(self._redis.eval(_HAS_CHANGES, len(names), *names, now.timestamp(), _QUEUED_FOR_MS))

    def job_started(self) -> None:
        """The queued job started: later changes need another one."""
        self._redis.delete(forum_keys.SYNC_QUEUED)

    def follow(self, now: datetime) -> Sequence[str]:
        """Read on in the feed; the tickets that changed, now in the waiting list."""
        raw = self._redis.get(forum_keys.CURSOR)
        cursor = raw.decode() if raw else ""
        if not cursor or self._is_behind(cursor):
            return self._start_over(now)
        found = self._redis.xrange(keys.FEED, min=f"({cursor}", count=1000)
        if not found:
            return ()
        changed = list(dict.fromkeys(fields[b"t"].decode() for _, fields in found))
        self._mark(changed, now, found[-1][0].decode())
        return changed

    def waiting(self, now: datetime) -> list[str]:
        """Tickets whose topics need a look, longest waiting first."""
        return [t.decode() for t in self._redis.zrangebyscore(forum_keys.WAITING, "-inf", now.timestamp())]

    def wait(self, ticket_id: str, until: datetime) -> None:
        """Look at it again then."""
        self._redis.zadd(forum_keys.WAITING, {ticket_id: until.timestamp()})

    def finish(self, ticket_id: str) -> None:
        """It's up to date."""
        self._redis.zrem(forum_keys.WAITING, ticket_id)

    def pause_until(self, until: datetime) -> None:
        """Post nothing before then."""
        self._redis.set(forum_keys.PAUSED_UNTIL, repr(until.timestamp()))

    def paused_until(self) -> datetime:
        """When posting may go on."""
        raw = self._redis.get(forum_keys.PAUSED_UNTIL)
        return datetime.fromtimestamp(float(raw) if raw else 0.0, UTC)

    def find(self, ticket_id: str) -> Topic:
        """What the ticket's topic shows; an empty snapshot for a ticket without a topic."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.get(forum_keys.topic(ticket_id))
        pipe.hgetall(forum_keys.posts(ticket_id))
        pipe.hgetall(forum_keys.reactions(ticket_id))
        raw, posts, reactions = pipe.execute()
        return replace(
            load(Topic, raw) if raw else Topic(ticket_id),
            posts={entry.decode(): tuple(map(int, ids.split(b","))) for entry, ids in posts.items()},
            reactions={entry.decode(): status.decode() for entry, status in reactions.items()},
        )

    def save(self, before: Topic, after: Topic) -> None:
        """Store what changed between two snapshots, in one transaction."""
        ticket_id = after.ticket_id
        posts, reactions = forum_keys.posts(ticket_id), forum_keys.reactions(ticket_id)
        pipe = self._redis.pipeline(transaction=True)
        pipe.set(forum_keys.topic(ticket_id), dump(replace(after, posts={}, reactions={})))
        if after.thread_id:
            pipe.hset(forum_keys.BY_THREAD_ID, str(after.thread_id), ticket_id)
        elif before.thread_id:
            pipe.hdel(forum_keys.BY_THREAD_ID, str(before.thread_id))
            pipe.delete(posts, reactions)
        for entry_id, ids in after.posts.items() - before.posts.items():
            pipe.hset(posts, entry_id, ",".join(map(str, ids)))
        for entry_id, status in after.reactions.items() - before.reactions.items():
            pipe.hset(reactions, entry_id, status)
        pipe.execute()

    def erased(self, now: datetime) -> int:
        """The topic of an erased ticket that is to be deleted now; 0 if there's none."""
        raw = self._redis.zrangebyscore(forum_keys.ERASED_TOPICS, "-inf", now.timestamp(), start=0, num=1)
        return int(raw[0]) if raw else 0

    def retry_erased(self, thread_id: int, until: datetime) -> None:
        """It couldn't be deleted yet."""
        self._redis.zadd(forum_keys.ERASED_TOPICS, {str(thread_id): until.timestamp()})

    def drop_erased(self, thread_id: int) -> None:
        """It was deleted."""
        self._redis.zrem(forum_keys.ERASED_TOPICS, str(thread_id))

    def ticket_of(self, thread_id: int) -> str:
        """The ticket of that topic; "" for a topic that isn't a ticket's."""
        raw = self._redis.hget(forum_keys.BY_THREAD_ID, str(thread_id))
        return raw.decode() if raw else ""

    def _is_behind(self, cursor: str) -> bool:
        """Whether the feed was trimmed past the cursor, so that changes may be missing."""
        if cursor == "0-0" or self._redis.xrange(keys.FEED, max=cursor, count=1):
            return False
        return bool(self._redis.xlen(keys.FEED))

    def _start_over(self, now: datetime) -> Sequence[str]:
        """Look at every live ticket and every ticket with a topic."""
        last = self._redis.xrevrange(keys.FEED, count=1)
        live = self._redis.zrange(keys.LIVE, 0, -1)
        known = self._redis.hvals(forum_keys.BY_THREAD_ID)
        tickets = [ticket_id.decode() for ticket_id in dict.fromkeys((*live, *known))]
        self._mark(tickets, now, last[0][0].decode() if last else "0-0")
        return tickets

    def _mark(self, tickets: Iterable[str], now: datetime, cursor: str) -> None:
        pipe = self._redis.pipeline(transaction=True)
        for ticket_id in tickets:
            pipe.zadd(forum_keys.WAITING, {ticket_id: now.timestamp()}, lt=True)
        pipe.set(forum_keys.CURSOR, cursor)
        pipe.execute()


def erase_topic(redis: Client, writes: Pipeline, ticket_id: str, archived_thread: int = 0) -> None:
    """Add to `writes`: forget the ticket's topic and have it deleted in the group.

    The topic of an archived ticket is known only to the archive.
    """
    raw = redis.get(forum_keys.topic(ticket_id))
    names = (forum_keys.topic, forum_keys.posts, forum_keys.reactions)
    writes.delete(*(name(ticket_id) for name in names))
    writes.zrem(forum_keys.WAITING, ticket_id)
    thread = load(Topic, raw).thread_id if raw else archived_thread
    if thread:
        writes.hdel(forum_keys.BY_THREAD_ID, str(thread))
        writes.delete(forum_keys.inbound(str(thread)))
        writes.zadd(forum_keys.ERASED_TOPICS, {str(thread): 0})
