"""A sandbox, a desk that writes down what it is told, and the real SDKs pointed at the sandbox."""

import asyncio
import json
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from sandbox.server import start

SENDER = f"whatsapp:{credentials.TWILIO_WHATSAPP_NUMBER}"


@dataclass(frozen=True)
class Heard:
    """One request that reached the desk."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def update(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Desk:
    """Answers every webhook with the next of `answers` (200 when there is none left)."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def at(self, path: str) -> list[Heard]:
        return [each for each in self.heard if each.path.startswith(path)]

    @property
    def updates(self) -> list[dict[str, Any]]:
        return [each.update for each in self.at("/webhooks/telegram")]

    @property
    def receipts(self) -> list[dict[str, str]]:
        return [each.form for each in self.at("/webhooks/whatsapp/status")]

    @property
    def messages(self) -> list[dict[str, str]]:
        return [each.form for each in self.heard if each.path == "/webhooks/whatsapp"]


@pytest.fixture(scope="session")
def listening_desk() -> Iterator[Desk]:
    desk = Desk()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            desk.heard.append(Heard(self.path, dict(self.headers), body))
            status, headers = desk.answers.pop(0) if desk.answers else (200, {})
            self.answer(status, headers, b"")

        def do_GET(self) -> None:
            kind, data = desk.files.get(self.path, ("text/plain", b""))
            self.answer(200 if data else 404, {"Content-Type": kind}, data)

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_line: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    desk.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield desk
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def running_sandbox(listening_desk: Desk) -> Iterator[Sandbox]:
    with start(target=listening_desk.url) as running:
        yield Sandbox(running.url)


@pytest.fixture
def desk(listening_desk: Desk) -> Desk:
    listening_desk.heard.clear()
    listening_desk.answers.clear()
    listening_desk.files.clear()
    return listening_desk


@pytest.fixture
def sandbox(running_sandbox: Sandbox, desk: Desk) -> Sandbox:
    """An empty sandbox whose clock runs at the usual pace and whose receipts come at once."""
    running_sandbox.configure(
        receipt_delay=0.001,
        group_posts_per_minute=None,
        chat_posts_per_second=None,
        whatsapp_webhook=f"{desk.url}/webhooks/whatsapp",
        whatsapp_timeout=15,
    )
    running_sandbox.reset()
    desk.heard.clear()
    return running_sandbox


class EveryDomainAt(TwilioHttpClient):
    """Twilio's own HTTP client with every URL sent to one base, whatever its domain."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=10)
        self._base = urlsplit(base)

    def request(self, method: str, url: str, *rest: Any, **more: Any) -> Any:
        place = urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc)
        return super().request(method, urlunsplit(place), *rest, **more)

    def close(self) -> None:
        self.session.close()


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Client]:
    http = EveryDomainAt(sandbox.url)
    yield Client(credentials.TWILIO_ACCOUNT_SID, credentials.TWILIO_AUTH_TOKEN, http_client=http)
    http.close()


class Waiting:
    """A real aiogram Bot whose methods are called without `await`, on a loop of its own thread."""

    def __init__(self, bot: Bot, loop: asyncio.AbstractEventLoop) -> None:
        self._bot, self._loop = bot, loop

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._bot, name)
        return lambda *given, **named: waited(self._loop, method(*given, **named))

    def with_token(self, token: str) -> "Waiting":
        return Waiting(Bot(token, session=self._bot.session), self._loop)


def waited(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=30)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop in a thread: Playwright holds the one of the main thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def bot(sandbox: Sandbox, loop: asyncio.AbstractEventLoop) -> Iterator[Waiting]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    yield Waiting(Bot(credentials.TELEGRAM_BOT_TOKEN, session=session), loop)
    waited(loop, closed(session))


async def closed(session: AiohttpSession) -> None:
    """Close the connections without the quarter of a second that only TLS needs."""
    if session._session is not None:
        await session._session.close()


@pytest.fixture
def camille(sandbox: Sandbox) -> Phone:
    """A customer on WhatsApp."""
    return sandbox.add("whatsapp", "Camille", country="FR", language_code="fr")


@pytest.fixture
def diego(sandbox: Sandbox) -> Phone:
    """A customer on Telegram who has started the bot."""
    phone = sandbox.add("telegram", "Diego", language_code="es")
    phone.say("/start")
    return phone


def number_of(phone: Phone) -> str:
    return f"whatsapp:{phone.person['number']}"
