"""What happened since the last look: reads the change feed, and how many events of each ticket are queued already.

Nothing is read or written while there's no endpoint.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from redis.client import Pipeline

from bot.model.ticket import Ticket
from store.codec import load
from store.keys import ENDED, FEED, LIVE, ticket
from store.outgoing_webhooks import keys
from store.outgoing_webhooks.endpoints import WebhookEndpoint, all_endpoints
from store.redis_client import Client

_JOB_EXPECTED_MS = 5000
_AT_ONCE = 100
_HAS_CHANGES = """
if redis.call('HLEN', KEYS[1]) == 0 then return 0 end
local cursor = redis.call('GET', KEYS[3])
local is_due = not cursor or #redis.call('XRANGE', KEYS[2], '(' .. cursor, '+', 'COUNT', 1) > 0
is_due = is_due or redis.call('ZCOUNT', KEYS[4], '-inf', ARGV[1]) > 0
if is_due and redis.call('SET', KEYS[5], '1', 'NX', 'PX', ARGV[2]) then return 1 end
return 0
"""
_MOVE_CURSOR = "if redis.call('HLEN', KEYS[1]) > 0 then redis.call('SET', KEYS[2], ARGV[1]) end"


@dataclass(frozen=True)
class FeedBatch:
    """Tickets that may have changed, up to `cursor`; `is_all`: the feed was trimmed, so it's every ticket."""

    tickets: Sequence[str]
    cursor: str
    is_all: bool = False


Write = Callable[[Pipeline, Ticket, int, Sequence[WebhookEndpoint]], None]


class EventFeed:
    """Reads the feed for all endpoints."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def has_changes(self, now: datetime) -> bool:
        """Whether a job is needed; True for one caller only, until that job has started or is overdue."""
        names = (keys.ENDPOINTS, FEED, keys.CURSOR, keys.DUE, keys.SEND_QUEUED)
        return bool(self._redis.eval(_HAS_CHANGES, 5, *names, now.timestamp(), _JOB_EXPECTED_MS))

    def job_started(self) -> None:
        """Anything that happens from here on needs another job."""
        self._redis.delete(keys.SEND_QUEUED)

    def read(self) -> FeedBatch | None:
        """What comes next in the feed; None when there's nothing, or no endpoint."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hlen(keys.ENDPOINTS)
        pipe.get(keys.CURSOR)
        pipe.xrange(FEED, count=1)
        hooks, cursor, first = pipe.execute()
        if not hooks:
            return None
        if not cursor or (first and _order(first[0][0]) > _order(cursor)):
            return self._all()
        found = self._redis.xrange(FEED, min=b"(" + cursor, count=1000)
        changed = dict.fromkeys(fields[b"t"].decode() for _, fields in found)
        return FeedBatch(list(changed), found[-1][0].decode()) if found else None

    def move_cursor(self, batch: FeedBatch) -> None:
        """All of the batch is queued."""
        self._redis.eval(_MOVE_CURSOR, 2, keys.ENDPOINTS, keys.CURSOR, batch.cursor)

    def tickets_with_new_events(self, ticket_ids: Sequence[str]) -> Iterator[list[str]]:
        """Those with events that aren't queued yet, and those that can't be read, some at a time."""
        for at in range(0, len(ticket_ids), _AT_ONCE):
            some = ticket_ids[at : at + _AT_ONCE]
            pipe = self._redis.pipeline(transaction=False)
            pipe.mget([ticket(ticket_id) for ticket_id in some])
            pipe.hmget(keys.EVENTS_SEEN, some)
            found = zip(some, *pipe.execute(), strict=True)
            yield [ticket_id for ticket_id, raw, count in found if raw and _has_more(raw, count)]

    def queue_events(self, ticket_id: str, write: Write) -> None:
        """Have `write` queue what's new of that ticket, once: given its first new event, and the endpoints."""

        def queue(pipe: Client) -> None:
            raw, hooks, seen = pipe.get(ticket(ticket_id)), all_endpoints(pipe), _seen(pipe, ticket_id)
            pipe.multi()
            if raw and hooks and seen < len((found := load(Ticket, raw)).facts):
                write(pipe, found, seen, hooks)
                mark_queued(pipe, ticket_id, len(found.facts))

        self._redis.transaction(queue, ticket(ticket_id), keys.EVENTS_SEEN, keys.ENDPOINTS)

    def _all(self) -> FeedBatch:
        last = self._redis.xrevrange(FEED, count=1)
        ids = (*self._redis.zrange(LIVE, 0, -1), *self._redis.zrange(ENDED, 0, -1))
        return FeedBatch([raw.decode() for raw in ids], last[0][0].decode() if last else "0-0", is_all=True)


def is_fully_queued(redis: Client, ticket: Ticket) -> bool:
    """Whether every event that an endpoint may want is queued; a pipeline under WATCH may be passed."""
    hooks = all_endpoints(redis)
    new = ticket.facts[_seen(redis, ticket.ticket_id) :] if hooks else ()
    return not any(event.at >= hook.told_from for event in new[-1:] for hook in hooks)


def forget_ticket(writes: Pipeline, ticket_id: str) -> None:
    """Add to `writes` that the ticket is gone."""
    writes.hdel(keys.EVENTS_SEEN, ticket_id)


def mark_queued(writes: Pipeline, ticket_id: str, count: int) -> None:
    """Add to `writes` that the first `count` events of the ticket are queued, or too old to be."""
    writes.hset(keys.EVENTS_SEEN, ticket_id, str(count))


def _has_more(raw: bytes, seen: bytes | None) -> bool:
    try:
        return len(load(Ticket, raw).facts) > int(seen or 0)
    except ValidationError:
        return True


def _seen(redis: Client, ticket_id: str) -> int:
    return int(redis.hget(keys.EVENTS_SEEN, ticket_id) or 0)


def _order(entry_id: bytes) -> tuple[int, ...]:
    return tuple(int(part) for part in entry_id.split(b"-"))
