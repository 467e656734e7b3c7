"""Delivers the desk's messages: sent, delivered, read or failed, each reported by a receipt."""

from datetime import datetime, timedelta
from typing import Any

import aiohttp

from sandbox import credentials
from sandbox.faults import Fault
from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.webhook_post import local_url, post_webhook
from sandbox.whatsapp.errors import MESSAGES
from sandbox.whatsapp.signature import signed
from sandbox.whatsapp.state import API_VERSION, Record, new_sid

WINDOW = timedelta(hours=24)
LARGEST_MEDIA = 16 * 2**20
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp", "audio/", "video/mp4", "video/3gpp", "text/vcard", "text/csv", "text/plain", "application/")  # fmt: skip  # noqa: E501


async def deliver(state: SandboxState, record: Record) -> None:
    """Take one message from `queued` as far as it gets."""
    await state.clock.sleep(state.settings.receipt_delay)
    person = state.people.everybody.get(record.person_id)
    code = record.error_code or rejection_code(state, record, person) or await fetch_media(state, record)
    if code or person is None:
        await fail(state, record, code or 63003)
        return
    record.sent_at = state.clock.now().isoformat()
    held = await set_status(state, record, "sent")
    await state.clock.sleep(state.settings.receipt_delay)
    await deliver_to_phone(state, record, person)
    if held is not None:
        await post(state, record, held)


def rejection_code(state: SandboxState, record: Record, person: Person | None) -> int | None:
    """The code with which WhatsApp rejects a message before sending it."""
    if person is None:
        return 63003
    if not person.is_reachable:
        return 63024
    if not is_window_open(state, person) and not record.is_template:
        return 63016
    return None


def is_window_open(state: SandboxState, person: Person) -> bool:
    """Whether free text is allowed: for 24 h after the person's last message, unless the window was closed."""
    if person.window_closed or not person.last_wrote_at:
        return False
    return state.clock.now() - datetime.fromisoformat(person.last_wrote_at) < WINDOW


async def fetch_media(state: SandboxState, record: Record) -> int | None:
    """Fetch every media URL as WhatsApp would; the error code, or None."""
    for url in record.media_urls:
        code = await fetch_one(state, record, url)
        if code:
            return code
    return None


async def fetch_one(state: SandboxState, record: Record, url: str) -> int | None:
    assert state.http is not None  # noqa: S101
    try:
        limit = aiohttp.ClientTimeout(total=15)
        async with state.http.get(local_url(state, url), timeout=limit) as answer:
            data, content_type = await answer.content.read(), answer.content_type
            name = answer.content_disposition.filename if answer.content_disposition else None
    except (aiohttp.ClientError, OSError, ValueError):
        return 63019
    if answer.status != 200:
        return 63019
    if len(data) > LARGEST_MEDIA:
        return 11751
    if not content_type.startswith(MEDIA_TYPES):
        return 63005
    name = name or url.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]
    record.media[new_sid("ME")] = state.files.keep(name, content_type, data).id
    return None


async def fail(state: SandboxState, record: Record, code: int) -> None:
    record.error_code = code
    await set_status(state, record, "failed" if code == 63016 else "undelivered")


async def deliver_to_phone(state: SandboxState, record: Record, person: Person) -> None:
    """Reach the phone if it has signal; a blocked sender never gets past `sent`."""
    if person.has_blocked or not person.has_signal or record.status != "sent":
        return
    if fault := state.faults.take(frozenset({"fail_receipt"}), "whatsapp", "receipt"):
        await fail(state, record, fault.code)
        return
    record.arrived_at = state.clock.now().isoformat()
    person.typing_until = ""
    await set_status(state, record, "delivered")
    if person.is_open:
        await state.clock.sleep(state.settings.receipt_delay)
        await set_status(state, record, "read")


async def catch_up(state: SandboxState, person: Person) -> None:
    """When a phone comes back or is opened: deliver what waited, then mark it read."""
    theirs = [each for each in state.whatsapp.records.values() if each.person_id == person.id]
    for record in theirs:
        if record.status == "sent":
            await deliver_to_phone(state, record, person)
        elif record.status == "delivered" and person.is_open:
            await set_status(state, record, "read")


async def set_status(state: SandboxState, record: Record, status: str) -> dict[str, str] | None:
    """Change the status and tell the desk; returns the receipt if a fault delays it."""
    record.status, record.updated_at = status, state.clock.now().isoformat()
    if person := state.people.everybody.get(record.person_id):
        state.changed(person)
    if not record.status_callback:
        return None
    form = parameters(record)
    kinds = {"lose_receipt", "duplicate_receipt"} | ({"reorder_receipt"} if status == "sent" else set())
    fault = state.faults.take(frozenset(kinds), "whatsapp", "receipt")
    if fault and fault.kind == "reorder_receipt":
        return form
    await post_with_fault(state, record, form, fault)
    return None


async def post_with_fault(
    state: SandboxState, record: Record, form: dict[str, str], fault: Fault | None
) -> None:
    times = 1
    if fault and fault.kind == "lose_receipt":
        times = 0
    elif fault and fault.kind == "duplicate_receipt":
        times = fault.times
    for _ in range(times):
        await post(state, record, form)


async def post(state: SandboxState, record: Record, form: dict[str, str]) -> None:
    url = record.status_callback
    await post_webhook(
        state,
        channel="whatsapp",
        name="receipt",
        url=url,
        timeout=state.settings.whatsapp_timeout,
        data=form,
        headers=signed(url, form),
    )


def parameters(record: Record) -> dict[str, str]:
    """The form of a status callback."""
    form: dict[str, Any] = {
        "MessageSid": record.sid,
        "SmsSid": record.sid,
        "MessageStatus": record.status,
        "SmsStatus": record.status,
        "AccountSid": credentials.TWILIO_ACCOUNT_SID,
        "ApiVersion": API_VERSION,
        "From": record.sender,
        "To": record.recipient,
        "ChannelPrefix": "whatsapp",
        "ChannelInstallSid": "XE5a9db0c05a9db0c05a9db0c05a9db0c0",
        "ChannelToAddress": record.recipient,
        "StructuredMessage": "false",
    }
    if record.status in ("delivered", "read"):
        form["EventType"] = record.status.upper()
    if record.error_code:
        form["ErrorCode"] = str(record.error_code)
        form["ErrorMessage"] = form["ChannelStatusMessage"] = MESSAGES.get(record.error_code, "Failed")
    return form
