"""The providers of delivery.py: Twilio and Telegram as far as sending needs them, slow or broken to order.

A process of its own, so that it's never busy with the desk's work. `/control` sets a channel's `latency` (seconds),
the share of calls that `hang` for ten seconds, and whether it's `dead`; `/calls` returns the messages since last time.
"""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

HOME = Path(__file__).parent.parent
sys.path.insert(0, str(HOME))

import aiohttp  # noqa: E402 - after the path is set
from aiohttp import web  # noqa: E402
from twilio.request_validator import RequestValidator  # noqa: E402

from sandbox import credentials  # noqa: E402

HANGS_FOR = 10.0
RECEIPT_DELAY = 0.02  # seconds


@dataclass
class Behaviour:
    """How a channel behaves."""

    latency: float = 0.2
    hang: float = 0.0
    dead: bool = False


@dataclass
class Providers:
    """Both channels, and the messages that they got: (channel, person, when it came in, whether it hung)."""

    session: aiohttp.ClientSession
    behaviours: dict[str, Behaviour] = field(
        default_factory=lambda: {"whatsapp": Behaviour(), "telegram": Behaviour()}
    )
    calls: list[tuple[str, str, float, bool]] = field(default_factory=list)
    receipts: set[asyncio.Task[None]] = field(default_factory=set)
    numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]
    validator: RequestValidator = field(
        default_factory=lambda: RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    )


STATE: web.AppKey[Providers] = web.AppKey("providers", Providers)


async def control(request: web.Request) -> web.Response:
    for channel, order in (await request.json()).items():
        request.app[STATE].behaviours[channel] = Behaviour(**order)
    return web.Response()


async def calls(request: web.Request) -> web.Response:
    state = request.app[STATE]
    answer = web.json_response(state.calls)
    state.calls.clear()
    return answer


async def create_message(request: web.Request) -> web.Response:
    """Twilio's `Messages.create`, with two receipts."""
    arrived, state, form = time.monotonic(), request.app[STATE], await request.post()
    to = str(form["To"])
    await take(state, "whatsapp", to.rpartition("+")[2], arrived, request)
    sid = f"SM{next(state.numbers):032x}"
    if callback := form.get("StatusCallback"):
        task = asyncio.create_task(report(state, str(callback), sid, to))
        state.receipts.add(task)
        task.add_done_callback(state.receipts.discard)
    return web.json_response({"sid": sid, "status": "queued"}, status=201)


async def list_messages(request: web.Request) -> web.Response:
    """Twilio's `Messages.list`: nothing."""
    if request.app[STATE].behaviours["whatsapp"].dead:
        break_off(request)
    return web.json_response({"messages": [], "next_page_uri": None})


async def call_bot(request: web.Request) -> web.Response:
    """A method of the Bot API."""
    arrived, state, method = time.monotonic(), request.app[STATE], request.match_info["method"]
    form = await request.post()
    if method == "sendMessage":
        await take(state, "telegram", str(form["chat_id"]), arrived, request)
    chat = {"id": int(str(form.get("chat_id", 1))), "type": "private"}
    message = {"message_id": next(state.numbers), "date": int(time.time()), "chat": chat, "text": "…"}
    bot = {"id": credentials.TELEGRAM_BOT_ID, "is_bot": True, "first_name": "Desk", "username": "desk_bot"}
    return web.json_response({"ok": True, "result": {"sendMessage": message, "getMe": bot}.get(method, True)})


async def take(state: Providers, channel: str, person: str, arrived: float, request: web.Request) -> None:
    """Behave as ordered, and note the message."""
    how = state.behaviours[channel]
    if how.dead:
        break_off(request)
    hangs = random.random() < how.hang  # noqa: S311
    state.calls.append((channel, person, arrived, hangs))
    await asyncio.sleep(HANGS_FOR + 2 if hangs else how.latency)


def break_off(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def report(state: Providers, callback: str, sid: str, to: str) -> None:
    for status in ("sent", "delivered"):
        await asyncio.sleep(RECEIPT_DELAY)
        form = {
            "MessageSid": sid, "MessageStatus": status, "To": to, "AccountSid": credentials.TWILIO_ACCOUNT_SID,
        }  # fmt: skip
        headers = {"X-Twilio-Signature": state.validator.compute_signature(callback, form)}
        async with state.session.post(callback, data=form, headers=headers):
            continue


async def provide(app: web.Application) -> AsyncIterator[None]:
    connector = aiohttp.TCPConnector(limit=64)
    async with aiohttp.ClientSession(connector=connector) as session:
        app[STATE] = Providers(session)
        yield


def main(port: int) -> None:
    app = web.Application()
    app.cleanup_ctx.append(provide)
    app.router.add_post("/control", control)
    app.router.add_get("/calls", calls)
    account = "/2010-04-01/Accounts/{account}"
    app.router.add_post(f"{account}/Messages.json", create_message)
    app.router.add_get(f"{account}/Messages.json", list_messages)
    app.router.add_post("/bot{token}/{method}", call_bot)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
