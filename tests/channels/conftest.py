"""A real sandbox over HTTP for the channels: the providers' own libraries talk to it as to the providers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.inbound import Address
from channels.event_loop import close_loop
from channels.signed_links import SignedLinks
from channels.telegram.channel import TelegramChannel
from channels.whatsapp.channel import WhatsAppChannel
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from sandbox.server import start
from tests.fixtures.http_server import HttpServer, serving


@pytest.fixture(scope="session")
def desk_url() -> Iterator[str]:
    """A desk that takes every webhook and does nothing."""
    with serving(HttpServer()) as server:
        yield server.url


@pytest.fixture(scope="session")
def sandbox_url(desk_url: str) -> Iterator[str]:
    with start(target=desk_url) as running:
        yield running.url
    close_loop()


@pytest.fixture
def sandbox(sandbox_url: str) -> Iterator[Sandbox]:
    sandbox = Sandbox(sandbox_url)
    sandbox.reset()
    yield sandbox
    sandbox.clear_faults()


@pytest.fixture
def links(desk_url: str) -> SignedLinks:
    return SignedLinks(desk_url, "a secret key for tests only")


@pytest.fixture
def whatsapp(sandbox_url: str, links: SignedLinks) -> WhatsAppChannel:
    return WhatsAppChannel(
        account_sid=credentials.TWILIO_ACCOUNT_SID,
        auth_token=credentials.TWILIO_AUTH_TOKEN,
        number=credentials.TWILIO_WHATSAPP_NUMBER,
        api_url=sandbox_url,
        links=links,
    )


@pytest.fixture
def telegram(sandbox_url: str) -> TelegramChannel:
    return TelegramChannel(token=credentials.TELEGRAM_BOT_TOKEN, api_url=sandbox_url)


@pytest.fixture
def ana(sandbox: Sandbox) -> Phone:
    """Somebody on WhatsApp who wrote a moment ago."""
    phone = sandbox.add("whatsapp", "Ana", number="+351912345678")
    phone.say("hello")
    return phone


@pytest.fixture
def leo(sandbox: Sandbox) -> Phone:
    """Somebody on Telegram who has started the bot."""
    phone = sandbox.add("telegram", "Leo")
    phone.say("/start")
    return phone


@pytest.fixture
def to_ana(ana: Phone) -> Address:
    return Address("whatsapp", str(ana.person["number"]))


@pytest.fixture
def to_leo(leo: Phone) -> Address:
    return Address("telegram", str(leo.person["telegram_id"]))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (1).to_bytes(4) * 2 + b"\x08\x02\0\0\0" + b"\0" * 64
    )
    return path
