"""One POST to a hook, to an address that was checked: no redirects, proxies or cookies, a few KB of an answer at most.

Whatever happens becomes an `Answer`; nothing in it repeats the address or the secret.
"""

import asyncio
import os
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial

import aiohttp
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.outgoing_webhooks.retry import WebhookResponse
from channels.event_loop import CALL_TIMEOUT, CONNECT_TIMEOUT, loop, parse_retry_after, ssl_context
from channels.webhook.url_guard import ResolveHost, UnsafeUrl, parse_url, resolve_allowed, resolve_host

MOST_READ = 4096
"""Bytes of an answer's body; nothing is done with them, but a polite end spares both sides a broken connection."""

READ_TIMEOUT = 1.0
"""Seconds for that."""

MAX_CONCURRENT_LOOKUPS = 20
"""Hosts that may be looked up at the same time: a name server that hangs for one holds up no other."""

_HEADERS = {"Content-Type": "application/json", "User-Agent": "Guichet", "Accept-Encoding": "identity"}


class WebhookClient:
    """Calls hooks; any number of threads may at once."""

    def __init__(self, *, timeout: float = CALL_TIMEOUT, look_up: ResolveHost = resolve_host) -> None:
        """`timeout`: seconds for all of a call, finding the host included."""
        self._timeout, self._look_up = timeout, look_up
        self._threads = ThreadPoolExecutor(MAX_CONCURRENT_LOOKUPS, thread_name_prefix="look-up")

    def post(
        self, address: str, headers: Mapping[str, str], body: bytes, *, is_private: bool
    ) -> WebhookResponse:
        """What came back."""
        started = time.monotonic()
        try:
            call = self._post(parse_url(address), {**_HEADERS, **headers}, body, is_private)
            status, retry_after = loop().run(call, timeout=self._timeout + 1)
        except (UnsafeUrl, aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return WebhookResponse(0, self._why(error), seconds=time.monotonic() - started)
        why = "" if 200 <= status < 300 else _failure_reason(status)
        return WebhookResponse(status, why, parse_retry_after(retry_after), time.monotonic() - started)

    async def _post(
        self, url: URL, headers: Mapping[str, str], body: bytes, is_private: bool
    ) -> tuple[int, str]:
        """The status, and what Retry-After says."""
        async with asyncio.timeout(self._timeout):
            look_up = partial(resolve_allowed, url, is_private, self._look_up)
            found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
            connector = TCPConnector(resolver=_Pinned(found), ssl=_trusted(), force_close=True)
            limits = ClientTimeout(total=self._timeout, sock_connect=CONNECT_TIMEOUT)
            async with (
                ClientSession(connector=connector, timeout=limits, auto_decompress=False) as session,
                session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                # A yes is one, even if the rest of it never comes.
                with suppress(TimeoutError, aiohttp.ClientError):
                    async with asyncio.timeout(READ_TIMEOUT):
                        await answer.content.read(MOST_READ)
                return answer.status, answer.headers.get("Retry-After", "")

    def _why(self, error: Exception) -> str:
        if isinstance(error, UnsafeUrl):
            return str(error)
        if isinstance(error, TimeoutError):
            return f"no answer within {self._timeout:g} s"
        if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
            return "no secure connection: its certificate is not valid for that name, or it speaks no TLS"
        if isinstance(error, aiohttp.ClientConnectorError):
            number = error.os_error.errno
            return f"cannot be reached: {os.strerror(number).lower() if number else 'no way there'}"
        return f"the connection broke: {type(error).__name__}"


class _Pinned(AbstractResolver):
    """Knows only the addresses that were checked."""

    def __init__(self, found: Sequence[str]) -> None:
        self._found = found

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host=each, port=port, proto=0, flags=socket.AI_NUMERICHOST,
                family=socket.AF_INET6 if ":" in each else socket.AF_INET,
            )
            for each in self._found
        ]  # fmt: skip

    async def close(self) -> None:
        """Nothing is open."""


def _failure_reason(status: int) -> str:
    return f"answered {status}" + (", and redirects are not followed" if 300 <= status < 400 else "")


@cache
def _trusted() -> ssl.SSLContext:
    return ssl_context()
