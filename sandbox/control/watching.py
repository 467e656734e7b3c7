"""Watching the sandbox over HTTP: the call log, a summary of its state, and live events for pages and tests."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox import credentials
from sandbox.state import SandboxState, state_of
from sandbox.stickers import STICKERS
from sandbox.telegram import screen as telegram_screen

HEARTBEAT_SECONDS = 15.0
CALL_FILTERS = ("direction", "channel", "name", "status")

routes = web.RouteTableDef()


@routes.get("/control/calls")
async def calls(request: web.Request) -> web.Response:
    """Calls, oldest first; filter by `?after=<id>`, direction, channel, name and status."""
    wanted = {name: request.query[name] for name in CALL_FILTERS if name in request.query}
    found = state_of(request).calls.matching(int(request.query.get("after", 0)), **wanted)
    return web.json_response(list(found))


@routes.delete("/control/calls")
async def clear(request: web.Request) -> web.Response:
    state_of(request).calls.clear()
    return web.Response(status=204)


@routes.get("/control/state")
async def get_state(request: web.Request) -> web.Response:
    """Everything a page shows besides the chats."""
    return web.json_response(summary(state_of(request)))


def summary(state: SandboxState) -> dict[str, Any]:
    return {
        "people": state.people.as_json(),
        "faults": state.faults.as_json(),
        "forum": telegram_screen.forum(state),
        "settings": vars(state.settings),
        "clock": {"now": state.clock.now().isoformat(), "scale": state.clock.scale},
        "stickers": STICKERS,
        "whatsapp_number": credentials.TWILIO_WHATSAPP_NUMBER,
        "bot_username": credentials.TELEGRAM_BOT_USERNAME,
        "pending_updates": sum(len(queue) for queue in state.telegram.queues.values()),
    }


@routes.get("/control/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: each `data:` names a topic that changed (person:7, forum, calls, state)."""
    state = state_of(request)
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await stream.prepare(request)
    listener = state.changes.listen()
    try:
        await stream_changes(stream, listener)
    except (ConnectionResetError, asyncio.CancelledError):
        pass
    finally:
        state.changes.leave(listener)
    return stream


async def stream_changes(stream: web.StreamResponse, listener: "asyncio.Queue[str]") -> None:
    """Send changes as they come, each topic once per batch, and a comment when idle."""
    await stream.write(b"data: hello\n\n")
    while True:
        topics = await next_topics(listener)
        lines = "".join(f"data: {topic}\n\n" for topic in topics) or ": still here\n\n"
        await stream.write(lines.encode())


async def next_topics(listener: "asyncio.Queue[str]") -> list[str]:
    try:
        topics = [await asyncio.wait_for(listener.get(), HEARTBEAT_SECONDS)]
    except TimeoutError:
        return []
    while not listener.empty():
        topics.append(listener.get_nowait())
    return list(dict.fromkeys(topics))
