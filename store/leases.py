"""Leases: one holder at a time, for a bounded time, whoever dies.

A lease only spares work; nothing is right or wrong because of one. What must happen once is guarded by the
version of the contact (`store.units`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from secrets import token_hex

from store import keys
from store.client import Client

LEASE = timedelta(seconds=13)
"""Longer than one call to a provider may take (10 s) with its writes, and renewed before each call; short, since
it is how long a lane stands still when the process that drains it is killed."""

_RENEW = """
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
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
def leased(redis: Client, name: str, length: timedelta = LEASE) -> Iterator[Lease | None]:
    """The lease of that name, or None when somebody else holds it."""
    key, token = keys.lease(name), token_hex(8)
    if not redis.set(key, token, nx=True, px=_ms(length)):
        yield None
        return
    lease = Lease(redis, key, token, length)
    try:
        yield lease
    finally:
        lease.release()


def _ms(length: timedelta) -> int:
    return int(length.total_seconds() * 1000)
