"""Receives Telegram's webhook: checks the secret, then parses the update. Knows no web framework."""

import hmac
from datetime import datetime

from channels.inbound_events import InboundEvent, Refused
from channels.telegram.parse import parse_update

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the header's name


class TelegramWebhook:
    """Accepts updates that carry our webhook secret."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("without TELEGRAM_WEBHOOK_SECRET, anybody could forge updates")
        self._secret = secret.encode()

    def update(self, body: bytes, secret: str, now: datetime) -> InboundEvent:
        """Verify and parse an update. Raises Unreadable."""
        if not hmac.compare_digest(secret.encode("utf-8", "replace"), self._secret):
            return Refused("wrong or missing X-Telegram-Bot-Api-Secret-Token")
        return parse_update(body, now)
