"""Pacing: how soon the next call may be made without asking more of a provider than it allows.

A leaky bucket for each limit, all of them taken together or none, shared by every process.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.client import Client

_TAKE = """
local now, wait = tonumber(ARGV[1]), 0
for i, key in ipairs(KEYS) do
  local free = tonumber(redis.call('GET', key) or '0')
  local every, burst = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
  local early = free - every * (burst - 1) - now
  if early > wait then wait = early end
end
if wait > 0 then return tostring(wait) end
for i, key in ipairs(KEYS) do
  local every = tonumber(ARGV[i * 2])
  local free = math.max(tonumber(redis.call('GET', key) or '0'), now) + every
  redis.call('SET', key, string.format('%.6f', free), 'PX', math.ceil((free - now) * 1000) + 1000)
end
return '0'
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most one call `every` so many seconds, of which `burst` may come at once."""

    name: str
    every: float
    burst: int = 1


def take(redis: Client, limits: Sequence[Limit], now: datetime) -> timedelta:
    """Take one call from every limit; zero when it may be made now, else how long to wait (nothing taken)."""
    names = [f"pace:{limit.name}" for limit in limits]
    numbers: list[float] = [now.timestamp()]
    for limit in limits:
        numbers += [limit.every, limit.burst]
    wait = redis.eval(_TAKE, len(names), *names, *map(repr, numbers))
    return timedelta(seconds=float(wait))


_BACK_OFF = """
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.6f', free), 'PX', math.ceil((free - ARGV[2]) * 1000) + 1000)
"""


def back_off(redis: Client, limit: Limit, until: datetime, now: datetime) -> None:
    """The provider asked for silence on this limit until then: no call comes sooner, not even of its burst."""
    free_at = until.timestamp() + limit.every * (limit.burst - 1)
    redis.eval(_BACK_OFF, 1, f"pace:{limit.name}", repr(free_at), repr(now.timestamp()))
