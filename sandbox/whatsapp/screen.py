"""A WhatsApp phone's screen: the messages as their holder sees them."""

from typing import Any

from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.whatsapp.receipts import is_window_open
from sandbox.whatsapp.state import Record


def chat_screen(state: SandboxState, person: Person) -> dict[str, Any]:
    """Messages in order of arrival, and the header of the screen."""
    records = [
        each for each in state.whatsapp.records.values() if each.person_id == person.id and each.arrived_at
    ]
    records.sort(key=lambda record: record.arrived_at)
    return {
        "messages": [message(state, record) for record in records],
        "is_desk_typing": person.is_typing_seen(state.clock.now()),
        "is_window_open": is_window_open(state, person),
    }


def message(state: SandboxState, record: Record) -> dict[str, Any]:
    return {
        "id": record.sid,
        "at": record.arrived_at,
        "from": "me" if record.is_inbound else "desk",
        "text": record.body,
        "attachments": [
            state.files.kept[file_id].as_attachment()
            for file_id in record.media.values()
            if file_id in state.files.kept and not record.sticker and not record.contact
        ],
        "location": record.location,
        "contact": record.contact,
        "sticker": record.sticker,
        "buttons": buttons(record),
        "list_button": record.choices.get("list", {}).get("button", ""),
        "chosen": record.chosen,
        "reply_to": quoted(state, record),
        "ticks": ticks(record),
        "reactions": [],
        "is_edited": False,
        "is_deleted": False,
    }


def buttons(record: Record) -> list[list[dict[str, str]]]:
    """One row each, as WhatsApp stacks them."""
    shown = [{"id": each["id"], "label": each["title"]} for each in record.choices.get("buttons", [])]
    for each in record.choices.get("list", {}).get("items", []):
        label = {"id": each.get("id") or each["item"], "label": each["item"]}
        shown.append({**label, "description": each.get("description") or ""})
    return [[button] for button in shown]


def quoted(state: SandboxState, record: Record) -> dict[str, str] | None:
    original = state.whatsapp.records.get(record.parameters.get("OriginalRepliedMessageSid", ""))
    if original is None:
        return None
    return {
        "id": original.sid,
        "text": original.body[:120],
        "from": "me" if original.is_inbound else "desk",
    }


def ticks(record: Record) -> str:
    """The holder's own messages: sent, accepted by the desk, read there. The desk's messages: their status."""
    if not record.is_inbound:
        return record.status
    if record.is_read_by_desk:
        return "read"
    return "delivered" if record.is_taken else "sent"
