"""Leases: one holder at a time, for a bounded time, whoever dies.

A lease only spares work; nothing is right or wrong because of one. What must happen once is guarded by the
version of the contact (`store.units`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from store import keys
from store.client import Client

LEASE_MS = 30_000
"""Longer than one call to a provider may take (10 s) with its writes; renewed before each call."""

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

    def __init__(self, redis: Client, key: str, token: str) -> None:
        self._redis, self._key, self._token = redis, key, token

    def renew(self) -> bool:
        """Hold it for another full length; False when somebody else may have it by now."""
        return bool(self._redis.eval(_RENEW, 1, self._key, self._token, str(LEASE_MS)))

    def release(self) -> None:
        """Let others have it."""
        self._redis.eval(_RELEASE, 1, self._key, self._token)


@contextmanager
def leased(redis: Client, name: str) -> Iterator[Lease | None]:
    """The lease of that name, or None when somebody else holds it."""
    key, token = keys.lease(name), token_hex(8)
    if not redis.set(key, token, nx=True, px=LEASE_MS):
        yield None
        return
    lease = Lease(redis, key, token)
    try:
        yield lease
    finally:
        lease.release()
