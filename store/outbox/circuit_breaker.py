"""A circuit breaker for each channel: after a call without a clear answer, no message follows until the channel works.

`closed`: messages flow. `open`: after a pause, one process makes a harmless call; the pauses grow. `half open`: the
channel has answered that call, so messages are tried one at a time. The first that succeeds closes the breaker; so
does time, if none is there to be tried. A provider that asks for a pause is half open after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store import keys
from store.redis_client import Client

_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 10.0  # seconds before a harmless call; doubles each time
_FIRST_TRIAL, _LONGEST_TRIAL = (
    5.0,
    60.0,
)  # seconds without a message after which it's closed anyway; doubles too
_CLAIM = 13.0  # seconds; longer than any call
_BETWEEN_TRIALS = 0.25  # seconds
_FORGOTTEN_AFTER = 3600  # seconds

_ASK = """
local now = tonumber(ARGV[1])
local at, trial_until, busy_until, rest = unpack(redis.call('HMGET', KEYS[1], 'at', 'trial', 'busy', 'rest'))
if not at then return {'closed', '0'} end
if rest and tonumber(rest) > now then return {'open', tostring(tonumber(rest) - now)} end
if trial_until then
  local left = tonumber(trial_until) - now
  if left <= 0 then
    redis.call('DEL', KEYS[1])
    return {'closed', '0'}
  end
  if ARGV[2] == '0' then return {'open', tostring(left)} end
  if tonumber(busy_until or '0') > now then return {'open', ARGV[4]} end
  redis.call('HSET', KEYS[1], 'busy', now + ARGV[3])
  return {'trial', '0'}
end
local left = tonumber(at) - now
if left > 0 then return {'open', tostring(left)} end
redis.call('HSET', KEYS[1], 'at', now + ARGV[3])
return {'probe', '0'}
"""

_OPEN = """
local now, began = tonumber(ARGV[1]), tonumber(ARGV[2])
local at, trial_since = unpack(redis.call('HMGET', KEYS[1], 'at', 'since'))
local is_probing = ARGV[5] == '1'
if at and not is_probing and (not trial_since or began < tonumber(trial_since)) then return 0 end
local tries = redis.call('HINCRBY', KEYS[1], 'tries', 1)
redis.call('HDEL', KEYS[1], 'trial', 'since', 'busy', 'rest')
redis.call('HSET', KEYS[1], 'at', now + math.min(ARGV[4], ARGV[3] * 2 ^ (tries - 1)))
redis.call('EXPIRE', KEYS[1], ARGV[6])
return 1
"""
"""An open breaker isn't opened again by calls that began before the harmless one was answered."""

_TRY = """
local tries = tonumber(redis.call('HGET', KEYS[1], 'tries') or '0')
if tries == 0 then return 0 end
local left = math.min(ARGV[3], ARGV[2] * 2 ^ (tries - 1))
redis.call('HSET', KEYS[1], 'since', ARGV[1], 'trial', ARGV[1] + left)
redis.call('HDEL', KEYS[1], 'busy')
return 1
"""


_REST = """
local at, trial_until, rest = unpack(redis.call('HMGET', KEYS[1], 'at', 'trial', 'rest'))
if at and not trial_until then return 0 end
local until_ = math.max(tonumber(ARGV[2]), tonumber(rest or '0'))
redis.call('HSET', KEYS[1], 'at', ARGV[1], 'since', until_, 'trial', until_ + ARGV[3], 'rest', until_, 'tries', 1)
redis.call('HDEL', KEYS[1], 'busy')
redis.call('EXPIRE', KEYS[1], math.ceil(until_ - ARGV[1]) + ARGV[4])
return 1
"""


class Permission(StrEnum):
    """What a process may do with a channel now."""

    CLOSED = "closed"  # send
    TRIAL = "trial"  # send one message, and report the result
    PROBE = "probe"  # make a harmless call, and report the result
    OPEN = "open"  # wait


@dataclass(frozen=True, slots=True)
class Answer:
    """The permission, and how long to wait if there is none."""

    permission: Permission
    wait: timedelta = timedelta()


class CircuitBreaker:
    """The breakers of all channels, shared by all processes."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def ask(self, channel: str, now: datetime, *, has_message: bool = True) -> Answer:
        """Whether to call the channel; without a message to try, only a harmless call is possible."""
        said, wait = self._eval(_ASK, channel, now, int(has_message), _CLAIM, _BETWEEN_TRIALS)
        return Answer(Permission(said.decode()), timedelta(seconds=float(wait)))

    def trip(self, channel: str, began: datetime, now: datetime) -> None:
        """A call that began then has had no clear answer."""
        self._open(channel, began, now, is_probing=False)

    def probe_failed(self, channel: str, now: datetime) -> None:
        """The harmless call wasn't answered."""
        self._open(channel, now, now, is_probing=True)

    def probe_answered(self, channel: str, now: datetime) -> None:
        """The harmless call was answered."""
        self._eval(_TRY, channel, now, _FIRST_TRIAL, _LONGEST_TRIAL)

    def rest(self, channel: str, until: datetime, now: datetime) -> None:
        """The provider asked for a pause; after it, messages are tried one at a time, or many would come too early."""
        self._eval(_REST, channel, now, repr(until.timestamp()), _FIRST_TRIAL, _FORGOTTEN_AFTER)

    def close(self, channel: str) -> None:
        """The channel has accepted a message."""
        self._redis.delete(keys.circuit_breaker(channel))

    def _open(self, channel: str, began: datetime, now: datetime, *, is_probing: bool) -> None:
        numbers = (_FIRST_PAUSE, _LONGEST_PAUSE, int(is_probing), _FORGOTTEN_AFTER)
        self._eval(_OPEN, channel, now, repr(began.timestamp()), *numbers)

    def _eval(self, script: str, channel: str, now: datetime, *arguments: object) -> list[bytes]:
        key = keys.circuit_breaker(channel)
        found: list[bytes] = self._redis.eval(script, 1, key, repr(now.timestamp()), *arguments)
        return found
