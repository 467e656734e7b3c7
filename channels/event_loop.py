"""One event loop in one thread per process, for provider libraries that only support asyncio.

It starts on first use, and again in a forked child, because threads don't survive a fork. Knows no provider.
"""

import asyncio
import os
import ssl
import threading
from base64 import b64encode
from collections.abc import Coroutine
from concurrent.futures import TimeoutError as NotDone
from datetime import timedelta
from typing import Any, TypeVar

import certifi
from aiohttp import ClientSession, ClientTimeout, TCPConnector

CALL_TIMEOUT = 10.0
"""Seconds for a whole call to a provider, from the first byte sent to the last byte received."""

CONNECT_TIMEOUT = 4.0
"""Seconds to connect; if this runs out, we know that nothing was sent."""

TIMEOUTS = ClientTimeout(total=CALL_TIMEOUT, sock_connect=CONNECT_TIMEOUT)
_KEEP_ALIVE = 10.0  # shorter than any provider's, so that we never write to a connection that is being closed

Result = TypeVar("Result")


class Loop:
    """An event loop, its thread and its HTTP connections."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._session: ClientSession | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="channels", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], *, timeout: float = CALL_TIMEOUT) -> Result:
        """Run the coroutine on the loop; TimeoutError after `timeout` seconds."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(timeout)
        except NotDone:
            future.cancel()
            raise

    async def session(self) -> ClientSession:
        """The process's HTTP session, without cookies; proxies come from the environment.

        It has no limit of its own: callers have one per channel, so that a slow one can't use up the connections.
        """
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE, ssl=ssl_context()),
                timeout=TIMEOUTS,
                trust_env=True,
            )
        return self._session

    def close(self) -> None:
        """Close the connections and stop the thread."""
        if self._session is not None:
            self.run(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def ssl_context() -> ssl.SSLContext:
    """A context that trusts the machine's certificates and certifi's, for machines that have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def basic_auth(name: str, password: str) -> dict[str, str]:
    """The Authorization header of HTTP basic authentication (RFC 7617)."""
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def parse_retry_after(header: str) -> timedelta | None:
    """How long a Retry-After header asks us to wait; None if it isn't a number of seconds."""
    is_number = header.isascii() and header.isdecimal() and len(header) < 6
    return timedelta(seconds=int(header)) if is_number else None


_lock = threading.Lock()
_current: Loop | None = None


def loop() -> Loop:
    """This process's loop."""
    global _current  # noqa: PLW0603 — one per process is the point
    with _lock:
        if _current is None:
            _current = Loop()
        return _current


def close_loop() -> None:
    """Stop this process's loop, if it has one; the next use starts another."""
    global _current
    with _lock:
        ended, _current = _current, None
    if ended is not None:
        ended.close()


def _forget_after_fork() -> None:
    """A child has none of its parent's threads, and may have inherited a locked lock."""
    global _current, _lock
    _current, _lock = None, threading.Lock()


os.register_at_fork(after_in_child=_forget_after_fork)
