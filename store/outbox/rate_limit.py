"""Rate limits: when the next call to a provider is allowed.

Each limit is a leaky bucket or a count in a sliding window. A call takes from all its limits or from none, and
all processes share them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from store.redis_client import Client

_TAKE = """
local now, wait, binding = tonumber(ARGV[1]), 0, 0
local function limit(i)
  return tonumber(ARGV[i * 4 - 2]), tonumber(ARGV[i * 4 - 1]), tonumber(ARGV[i * 4]), tonumber(ARGV[i * 4 + 1])
end
local function early(key, every, burst, within, calls)
  if within == 0 then return tonumber(redis.call('GET', key) or '0') - every * (burst - 1) - now end
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - within)
  local over = redis.call('ZCARD', key) + calls - burst
  if over <= 0 then return 0 end
  local freed = redis.call('ZRANGE', key, over - 1, over - 1, 'WITHSCORES')
  return freed[2] and (tonumber(freed[2]) + within - now + 0.001) or 0
end
for i, key in ipairs(KEYS) do
  local one = early(key, limit(i))
  if one > wait then wait, binding = one, i end
end
if wait > 0 then return {tostring(wait), binding} end
for i, key in ipairs(KEYS) do
  local every, _, within, calls = limit(i)
  if within == 0 then
    local free = math.max(tonumber(redis.call('GET', key) or '0'), now) + every
    redis.call('SET', key, string.format('%.6f', free), 'PX', math.ceil((free - now) * 1000) + 1000)
  else
    for n = 1, calls do redis.call('ZADD', key, now, ARGV[#ARGV] .. ':' .. n) end
    redis.call('PEXPIRE', key, math.ceil(within * 1000) + 1000)
  end
end
return {'0', 0}
"""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most one call per `every` seconds, with up to `burst` calls at once.

    With `within`, instead at most `burst` calls in any `within` seconds, and this one counts as `calls`.
    """

    name: str
    every: float
    burst: int = 1
    within: float = 0.0
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """How long to wait (zero: the call is allowed), and the limit that asks for it."""

    wait: timedelta
    limit: RateLimit | None = None


def acquire(redis: Client, limits: Sequence[RateLimit], now: datetime) -> timedelta:
    """Take one call from every limit; zero if it's allowed now, else how long to wait (and nothing is taken)."""
    return try_to_acquire(redis, limits, now).wait


def try_to_acquire(redis: Client, limits: Sequence[RateLimit], now: datetime) -> Refusal:
    """As `acquire`; also says which limit binds longest."""
    names = [f"pace:{limit.name}" for limit in limits]
    numbers: list[float] = [now.timestamp()]
    for limit in limits:
        numbers += [limit.every, limit.burst, limit.within, limit.calls]
    wait, binding = redis.eval(_TAKE, len(names), *names, *map(repr, numbers), token_hex(8))
    return Refusal(timedelta(seconds=float(wait)), limits[binding - 1] if binding else None)


_BACK_OFF = """
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.6f', free), 'PX', math.ceil((free - ARGV[2]) * 1000) + 1000)
"""


def back_off(redis: Client, limit: RateLimit, until: datetime, now: datetime) -> None:
    """The provider has asked us to wait: allow no call before then, not even a burst."""
    free_at = until.timestamp() + limit.every * (limit.burst - 1)
    redis.eval(_BACK_OFF, 1, f"pace:{limit.name}", repr(free_at), repr(now.timestamp()))
