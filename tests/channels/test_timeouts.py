"""Every call ends within ten seconds, however a provider misbehaves; all at once, to wait only once."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.messages.errors import DeliveryError, MediaError
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.event_loop import CALL_TIMEOUT
from channels.outgoing import MessagePart
from channels.signed_links import SignedLinks
from channels.telegram.channel import TelegramChannel
from channels.whatsapp.channel import WhatsAppChannel
from sandbox import credentials

ACCOUNT = credentials.TWILIO_ACCOUNT_SID


@pytest.fixture
def black_hole() -> Iterator[str]:
    """Takes every connection and never says a word."""
    yield from _listening(lambda _: None)


@pytest.fixture
def drip() -> Iterator[str]:
    """Answers a byte a second, for ever: no silence is ever long."""

    def drip(connection: socket.socket) -> None:
        with connection:
            for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 150:
                try:
                    connection.sendall(bytes([byte]))
                except OSError:
                    return
                threading.Event().wait(0.5)

    yield from _listening(drip)


def _listening(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                kept.append(connection)
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    for connection in kept:
        connection.close()


def test_no_provider_can_hold_us_longer(
    black_hole: str, drip: str, links: SignedLinks, tmp_path: Path
) -> None:
    calls: list[Callable[[], object]] = []
    for url in (black_hole, drip):
        whatsapp = WhatsAppChannel(account_sid=ACCOUNT, auth_token="t", number="+1", api_url=url, links=links)
        telegram = TelegramChannel(token=credentials.TELEGRAM_BOT_TOKEN, api_url=url)
        calls += [
            lambda channel=whatsapp: channel.send(
                Address("whatsapp", "+351"), MessagePart(text="x"), reference="r"
            ),  # type: ignore[misc]
            lambda channel=telegram: channel.send(
                Address("telegram", "42"), MessagePart(text="x"), reference="r"
            ),  # type: ignore[misc]
            lambda channel=telegram: channel.fetch(Attachment("image", ref="x"), tmp_path / "f"),  # type: ignore[misc]
        ]
    with ThreadPoolExecutor(len(calls)) as pool:
        ended = list(pool.map(_ended, calls))
    assert all(seconds <= CALL_TIMEOUT + 30 for seconds, _ in ended)
    assert all(is_right for _, is_right in ended)


def _ended(call: Callable[[], object]) -> tuple[float, bool]:
    started = time.monotonic()
    try:
        call()
    except DeliveryError as error:
        return time.monotonic() - started, error.is_uncertain
    except MediaError as error:
        return time.monotonic() - started, error.problem == "unreachable"
    return time.monotonic() - started, False
