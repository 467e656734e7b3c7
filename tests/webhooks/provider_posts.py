"""A desk that only remembers, and ways to post as each provider does; the fixtures are in conftest."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from bot.messages.errors import NotFound
from bot.messages.inbound import Address, Inbound
from bot.messages.thread import DeliveryStatus

PAYLOADS = Path(__file__).parent / "payloads"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PUBLIC_URL = "https://desk.example.org"
ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "0123456789abcdef0123456789abcdef"
SECOND_TOKEN = "fedcba9876543210fedcba9876543210"
NUMBER = "+15005550006"
SECRET = "a-webhook-secret_42"


@dataclass(frozen=True)
class Twilio:
    account_sid: str = ACCOUNT
    auth_token: str = TOKEN
    auth_token_secondary: str = SECOND_TOKEN
    whatsapp_number: str = NUMBER


@dataclass(frozen=True)
class Telegram:
    webhook_secret: str = SECRET


@dataclass(frozen=True)
class Settings:
    public_url: str = PUBLIC_URL
    secret_key: str = "a secret key for tests only"
    twilio: Twilio | None = Twilio()
    telegram: Telegram | None = Telegram()


@dataclass
class RememberingDesk:
    """Remembers what it was told; raises `trouble` instead, when there is some."""

    received: list[Inbound] = field(default_factory=list)
    receipts: list[dict[str, Any]] = field(default_factory=list)
    reaches: list[tuple[str, bool]] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)
    trouble: Exception | None = None
    trouble_aside: Exception | None = None

    def receive(self, inbound: Inbound) -> bool:
        self._maybe_fail()
        self.received.append(inbound)
        return True

    def record_receipt(self, channel: str, status: DeliveryStatus, **what: str) -> bool:
        self._maybe_fail()
        self.receipts.append({"channel": channel, "status": status, **what})
        return bool(what.get("entry_id"))

    def record_reachability(self, address: Address, is_reachable: bool, at: datetime) -> None:
        self._maybe_fail()
        self.reaches.append((str(address), is_reachable))

    def set_aside(self, channel: str, body: str, reason: str) -> None:
        if self.trouble_aside:
            raise self.trouble_aside
        self.aside.append((channel, body, reason))

    @property
    def is_untouched(self) -> bool:
        return not (self.received or self.receipts or self.reaches or self.aside)

    def _maybe_fail(self) -> None:
        if self.trouble:
            raise self.trouble


@dataclass
class Files:
    folder: Path

    def path(self, file_id: str) -> Path:
        if not file_id.isalnum():
            raise NotFound("no such file")
        return self.folder / file_id


@dataclass
class Wiring:
    media: Files
    settings: Settings = Settings()
    desk: RememberingDesk = field(default_factory=RememberingDesk)
    is_alive: bool = True
    told: list[tuple[str, str, Mapping[str, str], float]] = field(default_factory=list)
    trouble: Exception | None = None
    group: None = None

    def clock(self) -> datetime:
        return NOW

    def is_store_alive(self) -> bool:
        return self.is_alive

    def figures(self) -> Iterable[tuple[str, str, Mapping[str, str], float]]:
        if self.trouble:
            raise self.trouble
        return self.told


def payload(name: str) -> dict[str, Any]:
    """A provider's post as it was captured, with ids and names made up."""
    found: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    return found


@dataclass
class TwilioPosts:
    """Posts as Twilio does, signed unless told otherwise."""

    client: FlaskClient

    def __call__(
        self,
        form: Mapping[str, str],
        path: str = "/webhooks/whatsapp",
        *,
        token: str = TOKEN,
        signature: str | None = None,
        body: bytes | None = None,
        signed_url: str = "",
    ) -> TestResponse:
        if signature is None:
            signature = sign(signed_url or PUBLIC_URL + path, form, token)
        return self.client.post(
            path,
            data=urlencode(form).encode() if body is None else body,
            headers={"X-Twilio-Signature": signature},
            content_type="application/x-www-form-urlencoded",
        )


def sign(url: str, form: Mapping[str, str], token: str = TOKEN) -> str:
    """Twilio's signature, by Twilio's own library."""
    signature: str = RequestValidator(token).compute_signature(url, form)
    return signature


@dataclass
class TelegramPosts:
    """Posts as Telegram does."""

    client: FlaskClient

    def __call__(self, update: Any, secret: str | None = SECRET) -> TestResponse:
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        data = update if isinstance(update, bytes) else json.dumps(update).encode()
        return self.client.post(
            "/webhooks/telegram", data=data, headers=headers, content_type="application/json"
        )
