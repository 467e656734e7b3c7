"""The queue of events for each endpoint, oldest first, and what came of each attempt. Sends nothing.

Each write is one script that does nothing if the endpoint was removed meanwhile, so it leaves nothing behind.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from redis.client import Pipeline

from bot.outgoing_webhooks.events import ticket_number_of
from bot.outgoing_webhooks.retry import DisableReason
from store.due_claims import claim
from store.outgoing_webhooks import keys
from store.redis_client import Client

MAX_WAITING = 1000
"""Events that wait for one endpoint; beyond that, the oldest are dropped and counted."""

_START = """
local endpoints, queue, bodies, attempts, state, due = unpack(KEYS)
local id, event, now = unpack(ARGV)
local call = redis.call
if call('HEXISTS', endpoints, id) == 0 then return end
local function forget(event)
  call('LREM', queue, 1, event)
  call('HDEL', bodies, event)
  call('HDEL', attempts, event)
end
"""
_PUSH = f"""{_START}
if call('HEXISTS', state, 'off') == 1 or call('HSETNX', bodies, event, ARGV[4]) == 0 then return end
call('RPUSH', queue, event)
while call('LLEN', queue) > tonumber(ARGV[5]) do
  forget(call('LINDEX', queue, 0))
  call('HINCRBY', state, 'dropped', 1)
end
call('ZADD', due, 'LT', now, id)
"""
_SENT = f"""{_START}
forget(event)
call('HINCRBY', state, 'sent', 1)
call('HSET', state, 'sent_at', now)
call('HDEL', state, 'failures', 'since', 'why', 'rest')
"""
_FAILED = f"""{_START}
call('HINCRBY', state, 'failures', 1)
call('HSETNX', state, 'since', now)
call('HSET', state, 'why', ARGV[4], 'rest', ARGV[5])
if call('HEXISTS', bodies, event) == 0 then return end
if ARGV[6] ~= '' then return call('HSET', attempts, event, ARGV[6]) end
forget(event)
call('HINCRBY', state, 'given_up', 1)
call('HSET', state, 'given_up_at', now)
"""
_DISABLE = f"""{_START}
call('HINCRBY', state, 'failures', 1)
call('HSETNX', state, 'since', now)
call('HINCRBY', state, 'given_up', call('LLEN', queue))
call('HSET', state, 'given_up_at', now, 'off_at', now, 'why', ARGV[4], 'off', ARGV[5])
call('DEL', queue, bodies, attempts)
call('ZREM', due, id)
"""
_ERASE = """
for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
  for _, event in ipairs(redis.call('LRANGE', 'hooks:waiting:' .. id, 0, -1)) do
    if string.sub(event, 1, #ARGV[1]) == ARGV[1] then
      redis.call('LREM', 'hooks:waiting:' .. id, 0, event)
      redis.call('HDEL', 'hooks:events:' .. id, event)
      redis.call('HDEL', 'hooks:tries:' .. id, event)
    end
  end
end
"""


@dataclass(frozen=True, slots=True)
class QueuedEvent:
    """An event that may be sent now, and what is known of failures before it."""

    event_id: str
    body: bytes
    attempts: int  # failed ones, of this event
    failures: int  # in a row, of any event of the endpoint
    failing_since: datetime | None


class WebhookQueue:
    """The queues of all endpoints."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def push(self, writes: Pipeline, hook_id: str, event_id: str, body: bytes, now: datetime) -> None:
        """Add to `writes` that this is to be sent; an event that already waits isn't added twice."""
        _run(writes, _PUSH, hook_id, event_id, repr(now.timestamp()), body, MAX_WAITING)

    def claim(self, now: datetime) -> list[str]:
        """Endpoints to which something may be sent now; they're due again soon if their sender crashes."""
        return claim(self._redis, keys.DUE, now)

    def next_event(self, hook_id: str, now: datetime) -> QueuedEvent | None:
        """The event to send now; None when all must wait, and the endpoint is then due when one no longer must."""

        def choose(pipe: Client) -> QueuedEvent | None:
            tried = {event: _attempt(raw) for event, raw in pipe.hgetall(keys.attempts(hook_id)).items()}
            rest, failures, since = pipe.hmget(keys.state(hook_id), "rest", "failures", "since")
            not_before: dict[
                str, tuple[float, bytes]
            ] = {}  # by ticket, whose later events wait for the first
            for event in pipe.lrange(keys.queue(hook_id), 0, -1):
                at = max(float(rest or 0), tried.get(event, (0, 0.0))[1])
                not_before.setdefault(ticket_number_of(event.decode()), (at, event))
            for at, event in not_before.values():
                if at <= now.timestamp():
                    body, (times, _) = (
                        pipe.hget(keys.event_bodies(hook_id), event),
                        tried.get(event, (0, 0.0)),
                    )
                    return QueuedEvent(event.decode(), body, times, int(failures or 0), _instant(since))
            pipe.multi()
            if not_before:
                pipe.zadd(keys.DUE, {hook_id: min(at for at, _ in not_before.values())})
            else:
                pipe.zrem(keys.DUE, hook_id)
            return None

        found: QueuedEvent | None = self._redis.transaction(
            choose, *keys.all_of(hook_id), value_from_callable=True
        )
        return found

    def send_more(self, hook_id: str, now: datetime) -> None:
        """The sender has stopped before the end of the queue: the endpoint is due at once."""
        self._redis.zadd(keys.DUE, {hook_id: now.timestamp()}, xx=True)

    def mark_sent(self, hook_id: str, event_id: str, now: datetime) -> None:
        """The endpoint has accepted it."""
        _run(self._redis, _SENT, hook_id, event_id, now.isoformat())

    def mark_failed(
        self,
        hook_id: str,
        event_id: str,
        why: str,
        now: datetime,
        rest: datetime,
        attempts: int,
        again: datetime | None,
    ) -> None:
        """It hasn't, for the `attempts`-th time; without `again` it won't be sent any more."""
        tried = f"{attempts}|{again.timestamp()!r}" if again else ""
        _run(self._redis, _FAILED, hook_id, event_id, now.isoformat(), why, repr(rest.timestamp()), tried)

    def disable(self, hook_id: str, off: DisableReason, why: str, now: datetime) -> None:
        """Send nothing there any more, and give up what waits."""
        _run(self._redis, _DISABLE, hook_id, "", now.isoformat(), why, str(off))


def erase_events(writes: Pipeline, number: str) -> None:
    """Add to `writes` that events of the ticket with that number aren't sent any more."""
    writes.eval(_ERASE, 1, keys.ENDPOINTS, f"evt_{number}_")


def _run(redis: Client, script: str, hook_id: str, event_id: str, *more: object) -> None:
    redis.eval(script, 6, keys.ENDPOINTS, *keys.all_of(hook_id), keys.DUE, hook_id, event_id, *more)


def _attempt(text: bytes) -> tuple[int, float]:
    times, _, not_before = text.decode().partition("|")
    return int(times), float(not_before)


def _instant(text: bytes | None) -> datetime | None:
    return datetime.fromisoformat(text.decode()).astimezone(UTC) if text else None
