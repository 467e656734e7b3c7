"""Leases: one holder at a time, for a bounded time, whoever dies.

A lease only spares work; nothing is right or wrong because of one. What must happen once is guarded by the
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
"""Longer than one call to a provider may take (10 s) with its writes, and renewed before each call; short, since
it is how long a lane stands still when the machine that drains it is gone."""

ARCHIVING_LEASE = "archiving"
"""The lease of whoever moves tickets to the archive, or erases what may be moving."""

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
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
"""


class Lease:
    """Held by this process until released, lost or expired."""

    def __init__(self, redis: Client, key: str, token: str, length: timedelta) -> None:
        self._redis, self._key, self._token, self._length = redis, key, token, length

    def renew(self) -> bool:
        """Hold it for another full length; False when somebody else may have it by now."""
        return bool(self._redis.eval(_RENEW, 1, self._key, self._token, _ms(self._length)))

    def release(self) -> None:
        """Let others have it."""
        self._redis.eval(_RELEASE, 1, self._key, self._token)


@contextmanager
def leased(redis: Client, name: str, length: timedelta = LEASE_LENGTH) -> Iterator[Lease | None]:
    """The lease of that name, or None when somebody else holds it who may be alive."""
    key, token = keys.lease(name), f"{_host_id()}:{os.getpid()}:{token_hex(8)}"
    if not redis.set(key, token, nx=True, px=_ms(length)) and not _inherited(redis, key, token, length):
        yield None
        return
    lease = Lease(redis, key, token, length)
    try:
        yield lease
    finally:
        lease.release()


def _inherited(redis: Client, key: str, token: str, length: timedelta) -> bool:
    """Take over from a process of this machine that was killed, without waiting for its lease to run out."""
    holder = redis.get(key)
    if holder is None or not _is_dead(holder.decode()):
        return False
    return bool(redis.eval(_INHERIT, 1, key, holder, token, _ms(length)))


def _is_dead(holder: str) -> bool:
    """Whether that holder lived here, where we can see that it does no more."""
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
    """This start of this machine and this view of its processes (a container has its own); "" elsewhere than Linux."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}".replace(":", "-")
    except OSError:
        return ""


def _ms(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
