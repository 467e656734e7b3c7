"""Sends the desk what a customer wrote on WhatsApp: once, within 15 s, retried only if the URL asks for it."""

import json
import time
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qs

from sandbox import credentials
from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.webhook_post import DeskResponse, post_webhook
from sandbox.whatsapp.media import media_url
from sandbox.whatsapp.messages import SENDER
from sandbox.whatsapp.signature import signed
from sandbox.whatsapp.state import API_VERSION, Record


@dataclass(frozen=True)
class Overrides:
    """Connection overrides in a webhook URL's fragment: how often (`rc`) and after what (`rp`) to retry."""

    url: str
    retries: int = 1
    policy: str = "ct"

    @classmethod
    def of(cls, address: str) -> "Overrides":
        url, _, fragment = address.partition("#")
        options = parse_qs(fragment)
        retries = min(5, max(0, int(options.get("rc", ["1"])[0])))
        return cls(url, retries, options.get("rp", ["ct"])[0])

    def wants_retry(self, response: DeskResponse) -> bool:
        policies = self.policy.split(",")
        failure = "rt" if "no answer" in response.error else "ct"
        family = f"{response.status // 100}xx" if response.status else failure
        return not response.is_accepted and ("all" in policies or family in policies)


async def send_webhook(state: SandboxState, person: Person, record: Record) -> None:
    """Tell the desk about one message; a fault may hold it until the next one, or repeat it."""
    if state.faults.take(frozenset({"reorder_webhook"}), "whatsapp", "webhook"):
        earlier, state.whatsapp.held_webhook = state.whatsapp.held_webhook, record.sid
    else:
        await send_webhook_now(state, person, record)
        earlier, state.whatsapp.held_webhook = state.whatsapp.held_webhook, ""
    held = state.whatsapp.records.get(earlier)
    if held is not None:
        await send_webhook_now(state, state.people.everybody[held.person_id], held)


async def send_webhook_now(state: SandboxState, person: Person, record: Record) -> None:
    fault = state.faults.take(frozenset({"duplicate_webhook"}), "whatsapp", "webhook")
    for _ in range(fault.times if fault else 1):
        response = await post(state, record)
        record.is_taken = record.is_taken or response.is_accepted
    state.changed(person)


async def post(state: SandboxState, record: Record) -> DeskResponse:
    """POST, retry as the URL asks within the same time limit, then try the fallback URL once."""
    form = parameters(state, record)
    overrides = Overrides.of(state.settings.whatsapp_webhook)
    token = str(uuid.uuid4())
    budget = state.settings.whatsapp_timeout
    ends = time.monotonic() + budget
    response = await post_once(state, overrides.url, form, token, budget)
    for _ in range(overrides.retries):
        left = ends - time.monotonic()
        if not overrides.wants_retry(response) or left <= 0:
            break
        response = await post_once(state, overrides.url, form, token, left)
    if not response.is_accepted and state.settings.whatsapp_fallback:
        extra = {"ErrorCode": "11200", "ErrorUrl": overrides.url}
        response = await post_once(state, state.settings.whatsapp_fallback, {**form, **extra}, token, budget)
    return response


async def post_once(
    state: SandboxState, url: str, form: dict[str, str], token: str, timeout: float
) -> DeskResponse:
    headers = signed(url, form, **{"I-Twilio-Idempotency-Token": token})
    return await post_webhook(
        state,
        channel="whatsapp",
        name="webhook",
        url=url,
        timeout=timeout,
        data=form,
        headers=headers,
    )


def parameters(state: SandboxState, record: Record) -> dict[str, str]:
    """The form of an inbound webhook, with everything Twilio documents for this kind of message."""
    person = state.people.everybody[record.person_id]
    form = {
        "MessageSid": record.sid,
        "SmsSid": record.sid,
        "SmsMessageSid": record.sid,
        "AccountSid": credentials.TWILIO_ACCOUNT_SID,
        "From": record.sender,
        "To": SENDER,
        "Body": record.body,
        "NumMedia": str(len(record.media)),
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": API_VERSION,
        "ProfileName": person.name,
        "WaId": person.whatsapp_id,
        "ExternalUserId": f"whatsapp:{person.business_scoped_id}",
        "ChannelMetadata": channel_metadata(person),
        **record.parameters,
    }
    for number, (sid, file_id) in enumerate(record.media.items()):
        form[f"MediaUrl{number}"] = media_url(state, record, sid)
        form[f"MediaContentType{number}"] = state.files.kept[file_id].type
    return form


def channel_metadata(person: Person) -> str:
    context = {"ProfileName": person.name, "WaId": person.whatsapp_id}
    return json.dumps({"type": "whatsapp", "data": {"context": context}})
