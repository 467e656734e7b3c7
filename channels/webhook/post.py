"""Sends one webhook POST to a checked address, without redirects, proxies or cookies.

Every outcome is a `WebhookResponse`, which never contains the URL or the secret.
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
"""Bytes of the response body that we read and drop, so that the connection ends cleanly on both sides."""

READ_TIMEOUT = 1.0
"""Seconds for reading that."""

MAX_CONCURRENT_LOOKUPS = 20
"""Simultaneous DNS lookups: one that hangs doesn't hold up the others."""

_HEADERS = {"Content-Type": "application/json", "User-Agent": "Guichet", "Accept-Encoding": "identity"}


class WebhookClient:
    """Posts to webhook endpoints; thread-safe."""

    def __init__(self, *, timeout: float = CALL_TIMEOUT, look_up: ResolveHost = resolve_host) -> None:
        """`timeout`: seconds for a whole call, including the DNS lookup."""
        self._timeout, self._look_up = timeout, look_up
        self._threads = ThreadPoolExecutor(MAX_CONCURRENT_LOOKUPS, thread_name_prefix="look-up")

    def post(
        self, address: str, headers: Mapping[str, str], body: bytes, *, is_private: bool
    ) -> WebhookResponse:
        """Post the body; the response, or why there is none."""
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
        """The status and the Retry-After header."""
        async with asyncio.timeout(self._timeout):
            look_up = partial(resolve_allowed, url, is_private, self._look_up)
            found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
            connector = TCPConnector(resolver=_Pinned(found), ssl=_trusted(), force_close=True)
            limits = ClientTimeout(total=self._timeout, sock_connect=CONNECT_TIMEOUT)
            async with (
                ClientSession(connector=connector, timeout=limits, auto_decompress=False) as session,
                session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                # The status counts, even if the body never arrives.
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
            return "no secure connection: the certificate isn’t valid for that name, or the server has no TLS"
        if isinstance(error, aiohttp.ClientConnectorError):
            number = error.os_error.errno
            return f"cannot be reached: {os.strerror(number).lower() if number else 'no route'}"
        return f"the connection broke: {type(error).__name__}"


class _Pinned(AbstractResolver):
    """Resolves to the checked addresses only."""

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
        """Nothing to close."""


def _failure_reason(status: int) -> str:
    return f"answered {status}" + (", and redirects are not followed" if 300 <= status < 400 else "")


@cache
def _trusted() -> ssl.SSLContext:
    return ssl_context()
