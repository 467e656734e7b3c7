"""What people do on their phones over HTTP, and what they see there."""

from typing import Any

from aiohttp import web

from sandbox.control.orders import order_of, the_person
from sandbox.people import Person
from sandbox.phone_action import NotPossibleError, read_said
from sandbox.state import World, world_of
from sandbox.telegram import phone as telegram_phone
from sandbox.telegram import screen as telegram_screen
from sandbox.telegram import updates
from sandbox.telegram.state import Post
from sandbox.whatsapp import phone as whatsapp_phone
from sandbox.whatsapp import screen as whatsapp_screen

LONGEST_WAIT = 60.0

routes = web.RouteTableDef()


@routes.post("/control/people/{id}/messages")
async def say(request: web.Request) -> web.Response:
    """Send something; {"wait": true} answers only after the desk was told."""
    order = await order_of(request)
    world, person = world_of(request), the_person(request)
    said = read_said(world.files, order)
    if person.channel == "telegram":
        posts = await telegram_phone.say(world, person, said)
        if order.get("wait"):
            await told(world, posts)
        return web.json_response({"ids": [str(post.id) for post in posts]}, status=201)
    records = whatsapp_phone.say(world, person, said)
    telling = world.spawn(whatsapp_phone.told(world, person, records))
    if order.get("wait"):
        await telling
    return web.json_response({"ids": [record.sid for record in records]}, status=201)


async def told(world: World, posts: list[Post]) -> None:
    """Wait until the desk was asked once to take these messages."""
    listener = world.news.listen()
    try:
        async for _ in world.news.until(listener, LONGEST_WAIT):
            if not world.telegram.webhook or updates.is_told(world, posts):
                return
    finally:
        world.news.leave(listener)


@routes.post("/control/people/{id}/presses")
async def press(request: web.Request) -> web.Response:
    """{message_id, button (label or id), chat?}: a button, a list row, an inline button."""
    order = await order_of(request)
    world, person = world_of(request), the_person(request)
    message_id, button = str(order["message_id"]), str(order["button"])
    if person.channel == "telegram":
        made = await telegram_phone.press(world, person, message_id, button, order.get("chat", "desk"))
    else:
        made = await pressed(world, person, message_id, button)
    return web.json_response({"id": made}, status=201)


async def pressed(world: World, person: Person, message_id: str, button: str) -> str:
    record = whatsapp_phone.press(world, person, message_id, button)
    await whatsapp_phone.told(world, person, [record])
    return record.sid


@routes.post("/control/people/{id}/edits")
async def edit(request: web.Request) -> web.Response:
    """{message_id, text, chat?}; Twilio does not pass edits on, so only Telegram phones can."""
    order = await order_of(request)
    world, person = world_of(request), on_telegram(request)
    telegram_phone.edit(
        world, person, str(order["message_id"]), str(order["text"]), order.get("chat", "desk")
    )
    return web.json_response({}, status=201)


@routes.post("/control/people/{id}/reactions")
async def react(request: web.Request) -> web.Response:
    """{message_id, emoji, chat?}; an empty emoji takes the reaction back."""
    order = await order_of(request)
    world, person = world_of(request), on_telegram(request)
    telegram_phone.react(
        world, person, str(order["message_id"]), str(order["emoji"]), order.get("chat", "desk")
    )
    return web.json_response({}, status=201)


def on_telegram(request: web.Request) -> Person:
    person = the_person(request)
    if person.channel != "telegram":
        raise NotPossibleError("Twilio passes neither edits nor reactions on to the desk")
    return person


@routes.get("/control/people/{id}/messages")
async def messages(request: web.Request) -> web.Response:
    """The screen. `?after=<message id>&wait=<seconds>` waits for something newer from the desk."""
    world, person = world_of(request), the_person(request)
    wait, after = min(float(request.query.get("wait", 0)), LONGEST_WAIT), request.query.get("after", "")
    shown = await waited(world, person, after, wait) if wait else screen(world, person)
    return web.json_response(shown)


def screen(world: World, person: Person) -> dict[str, Any]:
    seen = telegram_screen.seen if person.channel == "telegram" else whatsapp_screen.seen
    return seen(world, person)


async def waited(world: World, person: Person, after: str, wait: float) -> dict[str, Any]:
    """The screen as soon as the desk wrote something after that message, or when the time is up."""
    listener = world.news.listen()
    try:
        return await first_with_news(world, person, after, wait, listener)
    finally:
        world.news.leave(listener)


async def first_with_news(
    world: World, person: Person, after: str, wait: float, listener: Any
) -> dict[str, Any]:
    async for _ in world.news.until(listener, wait):
        shown = screen(world, person)
        ids = [each["id"] for each in shown["messages"]]
        newer = shown["messages"][ids.index(after) + 1 if after in ids else 0 :]
        if any(each["from"] == "desk" for each in newer):
            break
    return screen(world, person)


@routes.get("/control/files/{file}")
async def file(request: web.Request) -> web.Response:
    """An attachment for the page to show; never run as a document of this page."""
    kept = world_of(request).files.kept.get(request.match_info["file"])
    if kept is None:
        raise web.HTTPNotFound
    headers = {
        "Content-Type": kept.type,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "Accept-Ranges": "bytes",
    }
    if "Range" in request.headers:
        return part(kept.data, request.http_range, headers)
    return web.Response(body=kept.data, headers=headers)


def part(data: bytes, asked: slice, headers: dict[str, str]) -> web.Response:
    """Some of a file: players of sound and film ask for it to learn how long they last."""
    start, stop, _ = asked.indices(len(data))
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    where = f"bytes {start}-{stop - 1}/{len(data)}"
    return web.Response(status=206, body=data[start:stop], headers={**headers, "Content-Range": where})
