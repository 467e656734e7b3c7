"""The customers of delivery.py: what they write, as Twilio and Telegram post it."""

import json
import time

import aiohttp
from twilio.request_validator import RequestValidator

from sandbox import credentials


async def post_line(
    session: aiohttp.ClientSession, url: str, channel: str, person: str, number: int, words: str
) -> None:
    """Post one line of that person; it must be accepted."""
    make = _whatsapp if channel == "whatsapp" else _telegram
    path, body, headers = make(url, person, number, words)
    async with session.post(f"{url}{path}", data=body, headers=headers) as answer:
        if answer.status != 200:
            raise SystemExit(f"bench/delivery.py: a post got {answer.status}")


def _whatsapp(url: str, person: str, number: int, words: str) -> tuple[str, dict[str, str], dict[str, str]]:
    sid, phone = f"SM{int(person):016x}{number:016x}", f"+3361{person}"
    form = {
        "MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "NumMedia": "0", "NumSegments": "1",
        "AccountSid": credentials.TWILIO_ACCOUNT_SID, "ApiVersion": "2010-04-01", "SmsStatus": "received",
        "From": f"whatsapp:{phone}", "WaId": phone[1:], "ProfileName": "Ana", "MessageType": "text",
        "To": f"whatsapp:{credentials.TWILIO_WHATSAPP_NUMBER}", "Body": words,
    }  # fmt: skip
    validator = RequestValidator(credentials.TWILIO_AUTH_TOKEN)
    signature = validator.compute_signature(f"{url}/webhooks/whatsapp", form)
    return "/webhooks/whatsapp", form, {"X-Twilio-Signature": signature}


def _telegram(url: str, person: str, number: int, words: str) -> tuple[str, bytes, dict[str, str]]:
    user = {"id": 10_000_000 + int(person), "is_bot": False, "first_name": "Ana", "language_code": "en"}
    message = {
        "message_id": number + 1, "from": user, "chat": {"id": user["id"], "type": "private", "first_name": "Ana"},
        "date": int(time.time()), "text": words,
    }  # fmt: skip
    body = json.dumps({"update_id": int(f"{person}{number:07}"), "message": message}).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": credentials.TELEGRAM_WEBHOOK_SECRET}
    return "/webhooks/telegram", body, headers | {"Content-Type": "application/json"}
