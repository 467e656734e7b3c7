"""Leases: one holder at a time. They expire if the holder crashes.

A lease only saves work; correctness never depends on one. What must happen once is guarded by the
version of the contact (`store.contacts.unit_of_work`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from secrets import token_hex

from store import keys
from store.redis_client import Client

LEASE_LENGTH = timedelta(seconds=13)
"""Longer than one call to a provider (10 s) with its writes, and renewed before each call. Short, because a lane
stands still for that long when the machine that drains it is gone."""

ARCHIVING_LEASE = "archiving"
"""Held while tickets move to the archive, or while contacts are erased."""

_TAKE = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if ARGV[3] == '1' then redis.call('SET', KEYS[2], 1, 'PX', ARGV[2]) end
return 0
"""
_RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
"""
_INHERIT = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', KEYS[2])
"""


class Lease:
    """Held by this process until released, lost or expired."""

    is_wanted = False
    """After the release: whether another asked for it meanwhile, and left the work to the holder."""

    def __init__(self, redis: Client, name: str, token: str, length: timedelta) -> None:
        self._redis, self._token, self._length = redis, token, length
        self._key, self._wanted_key = keys.lease(name), keys.lease_wanted(name)

    def renew(self) -> bool:
        """Extend it to its full length again; False if another may hold it by now."""
        return bool(self._redis.eval(_RENEW, 1, self._key, self._token, _ms(self._length)))

    def release(self) -> None:
        """Release it."""
        self.is_wanted = bool(self._redis.eval(_RELEASE, 2, self._key, self._wanted_key, self._token))


@contextmanager
def leased(
    redis: Client, name: str, length: timedelta = LEASE_LENGTH, *, asks: bool = False
) -> Iterator[Lease | None]:
    """The lease with that name, or None if another process or thread, which may be alive, holds it.

    With `asks`, its holder then learns from `is_wanted` that there's more to do.
    """
    key, token = keys.lease(name), f"{_host_id()}:{os.getpid()}:{token_hex(8)}"
    taken = redis.eval(_TAKE, 2, key, keys.lease_wanted(name), token, _ms(length), int(asks))
    if not taken and not _inherited(redis, key, token, length):
        yield None
        return
    lease = Lease(redis, name, token, length)
    try:
        yield lease
    finally:
        lease.release()


def _inherited(redis: Client, key: str, token: str, length: timedelta) -> bool:
    """Take over at once from a process of this machine that was killed."""
    holder = redis.get(key)
    if holder is None or not _is_dead(holder.decode()):
        return False
    return bool(redis.eval(_INHERIT, 1, key, holder, token, _ms(length)))


def _is_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is gone."""
    place, _, rest = holder.partition(":")
    if not place or place != _host_id():
        return False
    try:
        os.kill(int(rest.partition(":")[0]), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


@cache
def _host_id() -> str:
    """Identifies this boot and this process namespace (a container has its own); "" on systems other than Linux."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}".replace(":", "-")
    except OSError:
        return ""


def _ms(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
