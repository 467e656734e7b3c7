"""A WhatsApp customer's phone: what its holder sends, presses and opens."""

from dataclasses import replace
from typing import Any

from sandbox.files import File
from sandbox.people import Person
from sandbox.phone_action import PhoneActionError, PhoneMessage, sticker_file
from sandbox.state import SandboxState
from sandbox.whatsapp import webhook
from sandbox.whatsapp.messages import SENDER
from sandbox.whatsapp.state import Record, new_sid

LONGEST_TEXT = 65_536


def say(state: SandboxState, person: Person, sent: PhoneMessage) -> list[Record]:
    """Send a message, an album as one message per file; doesn't tell the desk yet."""
    if sent.chat == "forum":
        raise PhoneActionError("the forum group is on Telegram")
    quoted_fields(state, sent)
    files = sent.files or ((sticker_file(state.files),) if sent.sticker else (None,))
    texts = (sent.text, *[""] * (len(files) - 1))
    records = [
        create_inbound(state, person, replace(sent, files=(), text=text), file)
        for text, file in zip(texts, files, strict=True)
    ]
    state.changed(person)
    return records


async def send_webhooks(state: SandboxState, person: Person, records: list[Record]) -> None:
    """Tell the desk, one message after another."""
    for record in records:
        await webhook.send_webhook(state, person, record)


def create_inbound(state: SandboxState, person: Person, sent: PhoneMessage, file: File | None) -> Record:
    """The inbound record of one message; it also opens the 24-hour window."""
    record = new_record(state, person, sent.text, has_media=file is not None or bool(sent.contact))
    record.sticker, record.location, record.contact = sent.sticker, sent.location, sent.contact
    record.reply_to = sent.reply_to
    if sent.contact:
        file = state.files.keep(f"{sent.contact['name']}.vcf", "text/vcard", vcard(sent.contact))
    if file is not None:
        record.media = {new_sid("ME"): file.id}
    record.parameters = parameters(sent, file) | quoted_fields(state, sent)
    return record


def new_record(state: SandboxState, person: Person, body: str, *, has_media: bool = False) -> Record:
    now = state.clock.now().isoformat()
    person.last_wrote_at, person.window_closed = now, False
    record = Record(
        sid=new_sid("MM" if has_media else "SM"),
        person_id=person.id,
        direction="inbound",
        sender=person.address,
        recipient=SENDER,
        body=body,
        status="received",
        created_at=now,
        sent_at=now,
        arrived_at=now,
    )
    state.whatsapp.records[record.sid] = record
    return record


def parameters(sent: PhoneMessage, file: File | None) -> dict[str, str]:
    """The webhook's extra fields for this kind of message."""
    told = {"MessageType": message_type(sent, file)}
    if sent.location:
        told |= {name.capitalize(): str(value) for name, value in sent.location.items()}
    if sent.is_forwarded:
        told["Forwarded"] = "true"
    return told | {f"Referral{name}": value for name, value in sent.referral.items()}


def message_type(sent: PhoneMessage, file: File | None) -> str:
    if sent.location:
        return "location"
    if sent.contact:
        return "contacts"
    if sent.sticker:
        return "sticker"
    return file.kind if file else "text"


def quoted_fields(state: SandboxState, sent: PhoneMessage) -> dict[str, str]:
    if not sent.reply_to:
        return {}
    quoted = state.whatsapp.records.get(sent.reply_to)
    if quoted is None:
        raise PhoneActionError(f"no message {sent.reply_to} to reply to")
    return {"OriginalRepliedMessageSid": quoted.sid, "OriginalRepliedMessageSender": quoted.sender}


def vcard(contact: dict[str, Any]) -> bytes:
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{contact['name']}", f"TEL:{contact['phone']}", "END:VCARD")
    return "\r\n".join(lines).encode()


def press(state: SandboxState, person: Person, message_id: str, button: str) -> Record:
    """Tap a quick reply or choose from a list, by id or label; doesn't tell the desk yet."""
    record = state.whatsapp.records.get(message_id)
    if record is None or not record.choices:
        raise PhoneActionError(f"message {message_id} has no buttons")
    chosen = find_choice(record.choices, button)
    record.chosen = chosen["id"]
    answer = new_record(state, person, chosen["title"])
    answer.parameters = {
        "OriginalRepliedMessageSid": record.sid,
        "OriginalRepliedMessageSender": record.sender,
        **chosen["parameters"],
    }
    state.changed(person)
    return answer


def find_choice(choices: dict[str, Any], button: str) -> dict[str, Any]:
    for each in choices.get("buttons", []):
        if button in (each["id"], each["title"]):
            told = {"MessageType": "button", "ButtonText": each["title"], "ButtonPayload": each["id"]}
            return {**each, "parameters": told}
    for each in choices.get("list", {}).get("items", []):
        if button in (each.get("id"), each["item"]):
            told = {
                "MessageType": "interactive",
                "ListId": each.get("id") or each["item"],
                "ListTitle": each["item"],
                "ListDescription": each.get("description") or "",
            }
            return {"id": told["ListId"], "title": each["item"], "parameters": told}
    raise PhoneActionError(f"there is no button {button!r}")
