"""What is still to be sent to a hook, oldest first; what became of each try. Sends nothing.

Each step is one script, which does nothing for a hook that was removed meanwhile: nothing is left behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from redis.client import Pipeline

from bot.outgoing_webhooks.retry import DisableReason
from store.due_claims import claim
from store.outgoing_webhooks import keys
from store.redis_client import Client

MAX_WAITING = 1000
"""Events that wait for one hook; of more, the oldest go, and are counted."""

_IS_THERE = "if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end\n"
_LATER = """
local rest = tonumber(redis.call('HGET', KEYS[5], 'rest') or '0')
local at = math.max(tonumber(ARGV[4]), rest)
"""
_PUSH = f"""
{_IS_THERE}
if redis.call('HEXISTS', KEYS[5], 'off') == 1 then return 0 end
if redis.call('HSETNX', KEYS[3], ARGV[2], ARGV[3]) == 0 then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('HINCRBY', KEYS[5], 'queued', 1)
while redis.call('LLEN', KEYS[2]) > tonumber(ARGV[5]) do
  local oldest = redis.call('LPOP', KEYS[2])
  redis.call('HDEL', KEYS[3], oldest)
  redis.call('HDEL', KEYS[4], oldest)
  redis.call('HINCRBY', KEYS[5], 'dropped', 1)
end
{_LATER}
local due = redis.call('ZSCORE', KEYS[6], ARGV[1])
if not due or tonumber(due) > at then redis.call('ZADD', KEYS[6], at, ARGV[1]) end
return 1
"""
_FORGET = """
redis.call('LREM', KEYS[2], 1, ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2])
redis.call('HDEL', KEYS[4], ARGV[2])
"""
_GONE = _IS_THERE + _FORGET
_SENT = f"""
{_IS_THERE}
{_FORGET}
redis.call('HINCRBY', KEYS[5], 'sent', 1)
redis.call('HSET', KEYS[5], 'sent_at', ARGV[3])
redis.call('HDEL', KEYS[5], 'failures', 'since', 'why', 'rest')
"""
_FAILED = f"""
{_IS_THERE}
redis.call('HINCRBY', KEYS[5], 'failures', 1)
redis.call('HSETNX', KEYS[5], 'since', ARGV[3])
redis.call('HSET', KEYS[5], 'why', ARGV[4], 'rest', ARGV[5])
if redis.call('HEXISTS', KEYS[3], ARGV[2]) == 0 then return 0 end
if ARGV[6] ~= '' then
  redis.call('HSET', KEYS[4], ARGV[2], ARGV[6])
else
  {_FORGET}
  redis.call('HINCRBY', KEYS[5], 'given_up', 1)
  redis.call('HSET', KEYS[5], 'given_up_at', ARGV[3])
end
"""
_SHUT_OFF = f"""
{_IS_THERE}
redis.call('HINCRBY', KEYS[5], 'failures', 1)
redis.call('HSETNX', KEYS[5], 'since', ARGV[2])
redis.call('HINCRBY', KEYS[5], 'given_up', redis.call('LLEN', KEYS[2]))
redis.call('HSET', KEYS[5], 'given_up_at', ARGV[2], 'off_at', ARGV[2], 'why', ARGV[3], 'off', ARGV[4])
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
redis.call('ZREM', KEYS[6], ARGV[1])
"""
_SETTLE = f"""
if redis.call('LLEN', KEYS[2]) == 0 then return redis.call('ZREM', KEYS[6], ARGV[1]) end
{_LATER}
if (redis.call('HGET', KEYS[5], 'queued') or '0') == ARGV[2] then at = ARGV[3] end
redis.call('ZADD', KEYS[6], at, ARGV[1])
"""
"""What came while the sender was looking its last is not left until the next try of something else."""

_ERASE = """
local start = 'evt_' .. ARGV[1] .. '_'
for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
  for _, event in ipairs(redis.call('LRANGE', 'hooks:waiting:' .. id, 0, -1)) do
    if string.sub(event, 1, #start) == start then
      redis.call('LREM', 'hooks:waiting:' .. id, 0, event)
      redis.call('HDEL', 'hooks:events:' .. id, event)
      redis.call('HDEL', 'hooks:tries:' .. id, event)
    end
  end
end
"""


@dataclass(frozen=True, slots=True)
class FailedAttempts:
    """How often an event was sent in vain, and before when it is not sent again (Unix seconds)."""

    times: int = 0
    not_before: float = 0.0


@dataclass(frozen=True)
class QueueState:
    """What waits for one hook, as it stood at one look."""

    events: tuple[str, ...]
    tried: Mapping[str, FailedAttempts]
    rest: float  # Unix seconds before which nothing is sent
    queued: int  # how many there ever were: tells whether there is more since
    failures: int
    failing_since: datetime | None


class WebhookQueue:
    """Keeps what waits for each hook."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def push(self, writes: Pipeline, hook_id: str, event_id: str, body: bytes, now: datetime) -> None:
        """Add to `writes` that this is to be sent; what waits there already is not added twice."""
        writes.eval(_PUSH, 6, *_names(hook_id), hook_id, event_id, body, repr(now.timestamp()), MAX_WAITING)

    def claim(self, now: datetime) -> list[str]:
        """Hooks to which something may be sent now; found again by others when their sender dies."""
        return claim(self._redis, keys.DUE, now)

    def state(self, hook_id: str) -> QueueState:
        """What waits."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.lrange(keys.queue(hook_id), 0, -1)
        pipe.hgetall(keys.attempts(hook_id))
        pipe.hmget(keys.state(hook_id), "rest", "queued", "failures", "since")
        events, tried, (rest, queued, failures, since) = pipe.execute()
        return QueueState(
            events=tuple(raw.decode() for raw in events),
            tried={event.decode(): _tried(raw.decode()) for event, raw in tried.items()},
            rest=float(rest or 0),
            queued=int(queued or 0),
            failures=int(failures or 0),
            failing_since=datetime.fromisoformat(since.decode()).astimezone(UTC) if since else None,
        )

    def body(self, hook_id: str, event_id: str) -> bytes | None:
        """What is sent of it; None when it was erased or given up meanwhile."""
        raw: bytes | None = self._redis.hget(keys.event_bodies(hook_id), event_id)
        return raw

    def drop(self, hook_id: str, event_id: str) -> None:
        """There is nothing to be sent of it."""
        self._redis.eval(_GONE, 5, *_names(hook_id)[:5], hook_id, event_id)

    def mark_sent(self, hook_id: str, event_id: str, now: datetime) -> None:
        """They have it."""
        self._redis.eval(_SENT, 5, *_names(hook_id)[:5], hook_id, event_id, now.isoformat())

    def mark_failed(
        self,
        hook_id: str,
        event_id: str,
        why: str,
        now: datetime,
        rest: datetime,
        tried: FailedAttempts | None,
    ) -> None:
        """They have not; with `tried` it is sent again, without it is given up."""
        again = f"{tried.times}|{tried.not_before!r}" if tried else ""
        more = (now.isoformat(), why, repr(rest.timestamp()), again)
        self._redis.eval(_FAILED, 5, *_names(hook_id)[:5], hook_id, event_id, *more)

    def disable(self, hook_id: str, off: DisableReason, why: str, now: datetime) -> None:
        """Nothing is sent there any more; what waits is given up."""
        self._redis.eval(_SHUT_OFF, 6, *_names(hook_id), hook_id, now.isoformat(), why, str(off))

    def reschedule(self, hook_id: str, seen: QueueState, again_at: float, now: datetime) -> None:
        """Whoever sent has ended: the next may come at `again_at`, or sooner when more has come since."""
        more = (str(seen.queued), repr(again_at), repr(now.timestamp()))
        self._redis.eval(_SETTLE, 6, *_names(hook_id), hook_id, *more)


def erase_events(writes: Pipeline, number: str) -> None:
    """Add to `writes` that nobody is told what is still to be told of the ticket of that number."""
    writes.eval(_ERASE, 1, keys.ENDPOINTS, number)


def _names(hook_id: str) -> tuple[str, ...]:
    return (keys.ENDPOINTS, *keys.all_of(hook_id), keys.DUE)


def _tried(text: str) -> FailedAttempts:
    times, _, not_before = text.partition("|")
    return FailedAttempts(int(times), float(not_before))
