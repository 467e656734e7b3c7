"""Middleware for both emulated APIs: applies faults to every call and logs it."""

import asyncio
import json
import re
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.faults import CALL_KINDS, Fault
from sandbox.state import LOGGED_REQUEST, SandboxState, state_of
from sandbox.telegram.errors import telegram_error
from sandbox.whatsapp.errors import twilio_error

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TELEGRAM_CALL = re.compile(r"^/bot[^/]*/(?:test/)?([^/]*)$")
TWILIO_NAMES = (
    (re.compile(r"/Messages\.json$"), "Messages"),
    (re.compile(r"/Messages/\w+\.json$"), "Message"),
    (re.compile(r"/Media"), "Media"),
    (re.compile(r"^/v1/Content"), "Content"),
    (re.compile(r"^/v2/Indicators/Typing"), "Typing"),
)
TWILIO_VERBS = {"POST": "create", "GET": "list", "DELETE": "delete"}
HTML_502 = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>Bad Gateway</body>\r\n</html>\r\n"


@web.middleware
async def provider_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Apply faults to provider calls and log them; pass control and page calls through."""
    channel, name = identify_call(request)
    if not channel:
        return await handler(request)
    state, started = state_of(request), time.perf_counter()
    response, note = await apply_faults(state, request, handler, channel, name)
    _log_call(state, request, response, channel=channel, name=name, note=note, started=started)
    return response


def identify_call(request: web.Request) -> tuple[str, str]:
    """The provider and its method; ("", "") for other requests."""
    path = request.path
    if found := TELEGRAM_CALL.match(path):
        return "telegram", found[1]
    if path.startswith("/file/bot"):
        return "telegram", "file"
    if not path.startswith(("/2010-04-01/", "/v1/Content", "/v2/Indicators", "/cdn/")):
        return "", ""
    noun = next((noun for pattern, noun in TWILIO_NAMES if pattern.search(path)), "cdn")
    verb = TWILIO_VERBS.get(request.method, request.method.lower())
    if noun == "Message":
        return "whatsapp", "Messages." + {"create": "update", "list": "fetch"}.get(verb, verb)
    return "whatsapp", f"{noun}.{verb}"


async def apply_faults(
    state: SandboxState, request: web.Request, handler: Handler, channel: str, name: str
) -> tuple[web.StreamResponse, str]:
    """The response after any fault, and what to note about it."""
    left = state.faults.rate_limit_left(channel, name, state.clock.now())
    if left > 0:
        return rate_limited(channel, max(1, round(left))), "early: before retry_after"
    fault = state.faults.take(CALL_KINDS, channel, name)
    if fault is None:
        return await handler(request), ""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return await handler(request), "fault: slow"
    if fault.kind == "drop":
        await handler(request)
    if fault.kind in ("drop", "reset", "hang"):
        await asyncio.sleep(fault.seconds if fault.kind == "hang" else 0)
        return reset_connection(request), f"fault: {fault.kind}"
    if fault.kind == "rate_limit":
        state.faults.start_rate_limit(fault, channel, state.clock.now())
        return rate_limited(channel, fault.retry_after), "fault: rate_limit"
    return fault_response(fault, channel), f"fault: {fault.kind}"


def rate_limited(channel: str, seconds: int) -> web.Response:
    if channel == "telegram":
        return telegram_error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
    return twilio_error(429, 20429, "Too Many Requests", retry_after=seconds)


def fault_response(fault: Fault, channel: str) -> web.Response:
    if fault.kind == "html":
        return web.Response(status=502, text=HTML_502, content_type="text/html")
    if fault.kind == "empty":
        return web.Response()
    if channel == "telegram":
        return telegram_error(fault.status, fault.text)
    return twilio_error(fault.status, fault.code, fault.text)


def reset_connection(request: web.Request) -> web.Response:
    """Reset the connection of the request; the returned response reaches nobody."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=499, reason="connection reset")


def _log_call(
    state: SandboxState, request: web.Request, response: web.StreamResponse, *, started: float, **fields: Any
) -> None:
    state.calls.add(
        at=state.clock.now().isoformat(),
        direction="asked",
        url=f"{request.method} {re.sub(r'/bot[^/]+/', '/bot…/', request.path_qs)}",
        request=request.get(LOGGED_REQUEST, {}),
        status=response.status,
        answer=_response_body(response),
        milliseconds=round((time.perf_counter() - started) * 1000, 1),
        **fields,
    )
    state.changed(topic="calls")


def _response_body(response: web.StreamResponse) -> Any:
    if not isinstance(response, web.Response) or not isinstance(response.body, bytes):
        return ""
    if response.content_type != "application/json":
        return response.text if response.content_type.startswith("text/") else response.body
    return json.loads(response.body)
