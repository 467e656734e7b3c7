"""One signed POST to an endpoint, to a checked address: no redirects, proxies or cookies, at most 4 KB of the response.

Every outcome is a `WebhookResponse` that repeats neither the URL nor the secret. Signatures follow Standard Webhooks:
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import asyncio
import hmac
import os
import socket
import ssl
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from hashlib import sha256

import aiohttp
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.outgoing_webhooks.retry import WebhookResponse
from channels.event_loop import CALL_TIMEOUT, CONNECT_TIMEOUT, loop, parse_retry_after, ssl_context
from channels.webhook.url_guard import ResolveHost, UnsafeUrl, parse_url, resolve_allowed, resolve_host

MAX_BODY_READ = 4096
"""Bytes of the response's body, which is ignored: reading it spares both sides a broken connection."""

READ_TIMEOUT = 1.0
"""Seconds for that."""

MAX_CONCURRENT_LOOKUPS = 20
"""One for each endpoint: a name server that hangs for one host delays no other."""

_trusted = cache(ssl_context)
_HEADERS = {"Content-Type": "application/json", "User-Agent": "Guichet", "Accept-Encoding": "identity"}


def signature_headers(secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of one attempt: the event's id, the time of the attempt, and the signature of both and the body."""
    at = str(int(now.timestamp()))
    key = b64decode(secret.removeprefix("whsec_"))
    signature = b64encode(hmac.new(key, f"{event_id}.{at}.".encode() + body, sha256).digest()).decode()
    return {"webhook-id": event_id, "webhook-timestamp": at, "webhook-signature": f"v1,{signature}"}


class WebhookClient:
    """Calls endpoints; any number of threads may use it."""

    def __init__(self, *, timeout: float = CALL_TIMEOUT, look_up: ResolveHost = resolve_host) -> None:
        """`timeout`: seconds for a whole call, with the name lookup."""
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
        redirect = ", and redirects are not followed" if 300 <= status < 400 else ""
        why = "" if 200 <= status < 300 else f"responded {status}{redirect}"
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
                session.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                # The status counts even if the body never ends.
                with suppress(TimeoutError, aiohttp.ClientError):
                    async with asyncio.timeout(READ_TIMEOUT):
                        await response.content.read(MAX_BODY_READ)
                return response.status, response.headers.get("Retry-After", "")

    def _why(self, error: Exception) -> str:
        if isinstance(error, UnsafeUrl):
            return str(error)
        if isinstance(error, TimeoutError):
            return f"no response within {self._timeout:g} s"
        if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
            return "no secure connection: the certificate is not valid for that name, or the server does not use TLS"
        if isinstance(error, aiohttp.ClientConnectorError):
            number = error.os_error.errno
            return f"cannot connect: {os.strerror(number).lower() if number else 'no route'}"
        return f"the connection broke: {type(error).__name__}"


class _Pinned(AbstractResolver):
    """Resolves any host to the addresses that were checked."""

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
