"""A sandbox, a desk that writes down what it is told, and the real SDKs pointed at the sandbox."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from twilio.rest import Client

from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from sandbox.server import start
from tests.fixtures.http_server import serving
from tests.fixtures.provider_sdks import SyncBot, TwilioAt, wait_for
from tests.fixtures.provider_webhooks import ProviderWebhooks


@pytest.fixture(scope="session")
def listening_desk() -> Iterator[ProviderWebhooks]:
    with serving(ProviderWebhooks()) as desk:
        yield desk


@pytest.fixture(scope="session")
def running_sandbox(listening_desk: ProviderWebhooks) -> Iterator[Sandbox]:
    with start(target=listening_desk.url) as running:
        yield Sandbox(running.url)


@pytest.fixture
def desk(listening_desk: ProviderWebhooks) -> ProviderWebhooks:
    listening_desk.clear()
    return listening_desk


@pytest.fixture
def sandbox(running_sandbox: Sandbox, desk: ProviderWebhooks) -> Sandbox:
    """An empty sandbox whose clock runs at the usual pace and whose receipts come at once."""
    running_sandbox.configure(
        receipt_delay=0.001,
        group_posts_per_minute=None,
        chat_posts_per_second=None,
        whatsapp_webhook=f"{desk.url}/webhooks/whatsapp",
        whatsapp_timeout=15,
    )
    running_sandbox.reset()
    desk.requests.clear()
    return running_sandbox


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Client]:
    http = TwilioAt(sandbox.url)
    yield Client(credentials.TWILIO_ACCOUNT_SID, credentials.TWILIO_AUTH_TOKEN, http_client=http)
    http.close()


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
def bot(sandbox: Sandbox, loop: asyncio.AbstractEventLoop) -> Iterator[SyncBot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    yield SyncBot(Bot(credentials.TELEGRAM_BOT_TOKEN, session=session), loop)
    wait_for(loop, closed(session))


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
