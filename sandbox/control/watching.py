"""Watching: the log of calls, the state at a glance, and live news for pages and tests."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox import credentials
from sandbox.state import World, world_of
from sandbox.stickers import STICKERS
from sandbox.telegram import screen as telegram_screen

HEARTBEAT_SECONDS = 15.0
CALL_FILTERS = ("direction", "channel", "name", "status")

routes = web.RouteTableDef()


@routes.get("/control/calls")
async def calls(request: web.Request) -> web.Response:
    """Calls, oldest first; `?after=<id>` and direction, channel, name, status narrow them down."""
    wanted = {name: request.query[name] for name in CALL_FILTERS if name in request.query}
    found = world_of(request).calls.matching(int(request.query.get("after", 0)), **wanted)
    return web.json_response(list(found))


@routes.delete("/control/calls")
async def clear(request: web.Request) -> web.Response:
    world_of(request).calls.clear()
    return web.Response(status=204)


@routes.get("/control/state")
async def state(request: web.Request) -> web.Response:
    """Everything a page shows besides the chats."""
    return web.json_response(at_a_glance(world_of(request)))


def at_a_glance(world: World) -> dict[str, Any]:
    return {
        "people": world.people.as_json(),
        "faults": world.faults.as_json(),
        "forum": telegram_screen.forum(world),
        "settings": vars(world.settings),
        "clock": {"now": world.clock.now().isoformat(), "scale": world.clock.scale},
        "stickers": STICKERS,
        "whatsapp_number": credentials.TWILIO_WHATSAPP_NUMBER,
        "bot_username": credentials.TELEGRAM_BOT_USERNAME,
        "pending_updates": sum(len(queue) for queue in world.telegram.queues.values()),
    }


@routes.get("/control/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Server-sent events: each `data:` names a topic that changed (person:7, forum, calls, state)."""
    world = world_of(request)
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await stream.prepare(request)
    listener = world.news.listen()
    try:
        await pass_on(stream, listener)
    except (ConnectionResetError, asyncio.CancelledError):
        pass
    finally:
        world.news.leave(listener)
    return stream


async def pass_on(stream: web.StreamResponse, listener: "asyncio.Queue[str]") -> None:
    """Send news as it comes, each topic once per batch, and a comment when there is none."""
    await stream.write(b"data: hello\n\n")
    while True:
        topics = await batch(listener)
        lines = "".join(f"data: {topic}\n\n" for topic in topics) or ": still here\n\n"
        await stream.write(lines.encode())


async def batch(listener: "asyncio.Queue[str]") -> list[str]:
    try:
        topics = [await asyncio.wait_for(listener.get(), HEARTBEAT_SECONDS)]
    except TimeoutError:
        return []
    while not listener.empty():
        topics.append(listener.get_nowait())
    return list(dict.fromkeys(topics))
