"""What happened since apps were last told: the feed that pages follow, followed once more, and how many facts of
each ticket were looked at. Nothing is read or written while there is no hook.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from redis import WatchError
from redis.client import Pipeline

from bot.model.ticket import Ticket
from store import keys
from store.codec import load
from store.outgoing_webhooks import keys as webhook_keys
from store.outgoing_webhooks.endpoints import WebhookEndpoint, all_endpoints
from store.redis_client import Client

_KICK_LASTS_MS = 5000
_AT_ONCE = 100
_NEWS = """
if redis.call('HLEN', KEYS[1]) == 0 then return 0 end
local cursor = redis.call('GET', KEYS[3])
local is_due = not cursor or #redis.call('XRANGE', KEYS[2], '(' .. cursor, '+', 'COUNT', 1) > 0
is_due = is_due or redis.call('ZCOUNT', KEYS[4], '-inf', ARGV[1]) > 0
if is_due and redis.call('SET', KEYS[5], '1', 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
_FOLLOWED = "if redis.call('HLEN', KEYS[1]) > 0 then redis.call('SET', KEYS[2], ARGV[1]) end"


@dataclass(frozen=True)
class FeedBatch:
    """Tickets that may have changed, and how far that goes in the feed; `is_all`: it may not reach back far enough."""

    tickets: Sequence[str]
    cursor: str
    is_all: bool = False


Write = Callable[[Pipeline, Ticket, int, Sequence[WebhookEndpoint]], None]


class EventFeed:
    """Follows the feed for all hooks."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def has_changes(self, now: datetime) -> bool:
        """Whether a job should look; told to one asker, until that job has begun or is overdue."""
        names = (
            webhook_keys.ENDPOINTS,
            keys.FEED,
            webhook_keys.CURSOR,
            webhook_keys.DUE,
            webhook_keys.SEND_QUEUED,
        )
        return bool(self._redis.eval(_NEWS, len(names), *names, now.timestamp(), _KICK_LASTS_MS))

    def job_started(self) -> None:
        """The job has begun: what happens from here on is news again."""
        self._redis.delete(webhook_keys.SEND_QUEUED)

    def read(self) -> FeedBatch | None:
        """What comes next in the feed; None when there is nothing, or nobody to tell."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hlen(webhook_keys.ENDPOINTS)
        pipe.get(webhook_keys.CURSOR)
        pipe.xrange(keys.FEED, count=1)
        hooks, raw, first = pipe.execute()
        if not hooks:
            return None
        cursor = raw.decode() if raw else ""
        if not cursor or (first and _order(first[0][0]) > _order(cursor.encode())):
            return self._all()
        found = self._redis.xrange(keys.FEED, min=f"({cursor}", count=1000)
        if not found:
            return None
        changed = list(dict.fromkeys(fields[b"t"].decode() for _, fields in found))
        return FeedBatch(changed, found[-1][0].decode())

    def move_cursor(self, news: FeedBatch) -> None:
        """All of that is queued for whoever is to be told."""
        self._redis.eval(_FOLLOWED, 2, webhook_keys.ENDPOINTS, webhook_keys.CURSOR, news.cursor)

    def tickets_with_new_events(self, ticket_ids: Sequence[str]) -> Iterator[list[str]]:
        """Those with facts that nobody has looked at, and those that cannot be read, some at a time."""
        for at in range(0, len(ticket_ids), _AT_ONCE):
            some = ticket_ids[at : at + _AT_ONCE]
            pipe = self._redis.pipeline(transaction=False)
            pipe.mget([keys.ticket(ticket_id) for ticket_id in some])
            pipe.hmget(webhook_keys.EVENTS_SEEN, some)
            raws, known = pipe.execute()
            looked_at = zip(some, raws, known, strict=True)
            yield [name for name, raw, count in looked_at if raw and _has_more(raw, count)]

    def queue_events(self, ticket_id: str, write: Write) -> None:
        """Have `write` queue what is new of that ticket, once: given its first fact that is news, and the hooks."""
        with self._redis.pipeline() as pipe:
            while True:
                try:
                    return self._told(pipe, ticket_id, write)
                except WatchError:
                    continue

    def _told(self, pipe: Client, ticket_id: str, write: Write) -> None:
        pipe.watch(keys.ticket(ticket_id), webhook_keys.EVENTS_SEEN, webhook_keys.ENDPOINTS)
        raw, hooks = pipe.get(keys.ticket(ticket_id)), all_endpoints(pipe)
        if raw is None or not hooks:
            return
        ticket, known = load(Ticket, raw), _known(pipe, ticket_id)
        if known >= len(ticket.facts):
            return
        pipe.multi()
        write(pipe, ticket, known, hooks)
        pipe.hset(webhook_keys.EVENTS_SEEN, ticket_id, str(len(ticket.facts)))
        pipe.execute()

    def _all(self) -> FeedBatch:
        """Every ticket here: what was looked at already is known of each."""
        last = self._redis.xrevrange(keys.FEED, count=1)
        here = (*self._redis.zrange(keys.LIVE, 0, -1), *self._redis.zrange(keys.ENDED, 0, -1))
        cursor = last[0][0].decode() if last else "0-0"
        return FeedBatch([ticket_id.decode() for ticket_id in here], cursor, is_all=True)


def is_fully_queued(redis: Client, ticket: Ticket) -> bool:
    """Whether all that happened to it since there are hooks is queued for them; given a pipeline, reads in it."""
    hooks = all_endpoints(redis)
    untold = ticket.facts[_known(redis, ticket.ticket_id) :] if hooks else ()
    return not any(fact.at >= hook.told_from for fact in untold[-1:] for hook in hooks)


def forget_ticket(writes: Pipeline, ticket_id: str) -> None:
    """Add to `writes` that nothing is known of that ticket."""
    writes.hdel(webhook_keys.EVENTS_SEEN, ticket_id)


def mark_queued(writes: Pipeline, ticket_id: str, facts: int) -> None:
    """Add to `writes` that so many facts are no news: they come back from the archive."""
    writes.hset(webhook_keys.EVENTS_SEEN, ticket_id, str(facts))


def _has_more(raw: bytes, known: bytes | None) -> bool:
    try:
        return len(load(Ticket, raw).facts) > int(known or 0)
    except ValidationError:
        return True


def _known(redis: Client, ticket_id: str) -> int:
    return int(redis.hget(webhook_keys.EVENTS_SEEN, ticket_id) or 0)


def _order(entry_id: bytes) -> tuple[int, int]:
    milliseconds, _, count = entry_id.partition(b"-")
    return int(milliseconds), int(count)
