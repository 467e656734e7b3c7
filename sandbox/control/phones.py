"""What people do on their phones over HTTP, and what they see there."""

from typing import Any

from aiohttp import web

from sandbox.control.orders import person_from_path, read_order
from sandbox.people import Person
from sandbox.phone_action import PhoneActionError, parse_message
from sandbox.state import SandboxState, state_of
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
    """Send something; with {"wait": true} respond only once the desk has been told."""
    order = await read_order(request)
    state, person = state_of(request), person_from_path(request)
    sent = parse_message(state.files, order)
    if person.channel == "telegram":
        posts = await telegram_phone.say(state, person, sent)
        if order.get("wait"):
            await wait_until_delivered(state, posts)
        return web.json_response({"ids": [str(post.id) for post in posts]}, status=201)
    records = whatsapp_phone.say(state, person, sent)
    telling = state.spawn(whatsapp_phone.send_webhooks(state, person, records))
    if order.get("wait"):
        await telling
    return web.json_response({"ids": [record.sid for record in records]}, status=201)


async def wait_until_delivered(state: SandboxState, posts: list[Post]) -> None:
    """Wait until the desk was asked once to accept these messages."""
    listener = state.changes.listen()
    try:
        async for _ in state.changes.until(listener, LONGEST_WAIT):
            if not state.telegram.webhook or updates.was_delivered(state, posts):
                return
    finally:
        state.changes.leave(listener)


@routes.post("/control/people/{id}/presses")
async def press(request: web.Request) -> web.Response:
    """{message_id, button (label or id), chat?}: press a button, list row or inline button."""
    order = await read_order(request)
    state, person = state_of(request), person_from_path(request)
    message_id, button = str(order["message_id"]), str(order["button"])
    if person.channel == "telegram":
        made = await telegram_phone.press(state, person, message_id, button, order.get("chat", "desk"))
    else:
        made = await press_on_whatsapp(state, person, message_id, button)
    return web.json_response({"id": made}, status=201)


async def press_on_whatsapp(state: SandboxState, person: Person, message_id: str, button: str) -> str:
    record = whatsapp_phone.press(state, person, message_id, button)
    await whatsapp_phone.send_webhooks(state, person, [record])
    return record.sid


@routes.post("/control/people/{id}/edits")
async def edit(request: web.Request) -> web.Response:
    """{message_id, text, chat?}; Twilio doesn't pass on edits, so only Telegram phones can."""
    order = await read_order(request)
    state, person = state_of(request), telegram_person(request)
    telegram_phone.edit(
        state, person, str(order["message_id"]), str(order["text"]), order.get("chat", "desk")
    )
    return web.json_response({}, status=201)


@routes.post("/control/people/{id}/reactions")
async def react(request: web.Request) -> web.Response:
    """{message_id, emoji, chat?}; an empty emoji removes the reaction."""
    order = await read_order(request)
    state, person = state_of(request), telegram_person(request)
    telegram_phone.react(
        state, person, str(order["message_id"]), str(order["emoji"]), order.get("chat", "desk")
    )
    return web.json_response({}, status=201)


def telegram_person(request: web.Request) -> Person:
    person = person_from_path(request)
    if person.channel != "telegram":
        raise PhoneActionError("Twilio passes neither edits nor reactions on to the desk")
    return person


@routes.get("/control/people/{id}/messages")
async def messages(request: web.Request) -> web.Response:
    """The screen. `?after=<message id>&wait=<seconds>` waits for something newer from the desk."""
    state, person = state_of(request), person_from_path(request)
    wait, after = min(float(request.query.get("wait", 0)), LONGEST_WAIT), request.query.get("after", "")
    shown = await wait_for_screen(state, person, after, wait) if wait else screen(state, person)
    return web.json_response(shown)


def screen(state: SandboxState, person: Person) -> dict[str, Any]:
    seen = telegram_screen.chat_screen if person.channel == "telegram" else whatsapp_screen.chat_screen
    return seen(state, person)


async def wait_for_screen(state: SandboxState, person: Person, after: str, wait: float) -> dict[str, Any]:
    """The screen once the desk wrote something after that message, or when time runs out."""
    listener = state.changes.listen()
    try:
        return await screen_after_reply(state, person, after, wait, listener)
    finally:
        state.changes.leave(listener)


async def screen_after_reply(
    state: SandboxState, person: Person, after: str, wait: float, listener: Any
) -> dict[str, Any]:
    async for _ in state.changes.until(listener, wait):
        shown = screen(state, person)
        ids = [each["id"] for each in shown["messages"]]
        newer = shown["messages"][ids.index(after) + 1 if after in ids else 0 :]
        if any(each["from"] == "desk" for each in newer):
            break
    return screen(state, person)


@routes.get("/control/files/{file}")
async def file(request: web.Request) -> web.Response:
    """An attachment for the page to show; never run as a document of this page."""
    stored = state_of(request).files.kept.get(request.match_info["file"])
    if stored is None:
        raise web.HTTPNotFound
    headers = {
        "Content-Type": stored.type,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "Accept-Ranges": "bytes",
    }
    if "Range" in request.headers:
        return part(stored.data, request.http_range, headers)
    return web.Response(body=stored.data, headers=headers)


def part(data: bytes, wanted: slice, headers: dict[str, str]) -> web.Response:
    """Part of a file: audio and video players request it to find the length."""
    start, stop, _ = wanted.indices(len(data))
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    where = f"bytes {start}-{stop - 1}/{len(data)}"
    return web.Response(status=206, body=data[start:stop], headers={**headers, "Content-Range": where})
