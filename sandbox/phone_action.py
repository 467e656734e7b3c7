"""What a person does on a phone, in one format for both channels: parsed and checked here, sent elsewhere."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from sandbox.files import File, Files
from sandbox.samples import SAMPLES, keep_sample
from sandbox.stickers import STICKER_FILE, STICKERS


class PhoneActionError(Exception):
    """A phone can't do that; the text says what to do instead."""


@dataclass(frozen=True)
class PhoneMessage:
    """One message from a phone. `files` may hold several; `as_voice` makes an audio file a voice note.

    `chat` is `desk` (the private chat) or `forum` (the agents' group), `thread_id` its topic. `content` holds fields
    of Telegram's Message that no other field here sets, such as `poll`, or `sender_chat` for a post as a channel.
    """

    text: str = ""
    files: tuple[File, ...] = ()
    as_voice: bool = False
    location: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    sticker: str = ""
    reply_to: str = ""
    is_forwarded: bool = False
    referral: dict[str, str] = field(default_factory=dict)
    chat: str = "desk"
    thread_id: int | None = None
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.files or self.location or self.contact or self.sticker or self.content)


FIELDS = frozenset(
    [
        "text",
        "files",
        "as_voice",
        "location",
        "contact",
        "sticker",
        "reply_to",
        "is_forwarded",
        "referral",
        "chat",
        "thread_id",
        "content",
        "wait",
    ]
)


def parse_message(files: Files, order: dict[str, Any]) -> PhoneMessage:
    """Parse the control API's JSON; raises PhoneActionError naming what is wrong."""
    if unknown := set(order) - FIELDS:
        raise PhoneActionError(f"unknown field {min(unknown)}; known: {', '.join(sorted(FIELDS))}")
    fields = {name: value for name, value in order.items() if name not in ("files", "wait", "reply_to")}
    message = PhoneMessage(
        files=tuple(parse_file(files, each) for each in order.get("files", [])),
        reply_to=str(order.get("reply_to") or ""),
        **fields,
    )
    check(message)
    return message


def check(message: PhoneMessage) -> None:
    if message.is_empty:
        raise PhoneActionError("say something: text, files, location, contact or sticker")
    if message.location and not {"latitude", "longitude"} <= set(message.location):
        raise PhoneActionError("a location needs latitude and longitude")
    if message.contact and not {"name", "phone"} <= set(message.contact):
        raise PhoneActionError("a contact card needs name and phone")
    if message.sticker and message.sticker not in STICKERS:
        raise PhoneActionError(f"known stickers: {', '.join(STICKERS)}")
    if message.chat not in ("desk", "forum"):
        raise PhoneActionError("chat is desk or forum")


def parse_file(files: Files, order: dict[str, str]) -> File:
    """Store a file given as {name, type, base64} or {sample: photo|voice|document}."""
    if "sample" in order:
        if order["sample"] not in SAMPLES:
            raise PhoneActionError(f"known samples: {', '.join(SAMPLES)}")
        return keep_sample(files, order["sample"])
    try:
        data = base64.b64decode(order["base64"], validate=True)
        return files.keep(order["name"], order["type"], data)
    except KeyError as missing:
        raise PhoneActionError(f"a file needs {missing}") from missing
    except (binascii.Error, TypeError) as wrong:
        raise PhoneActionError("base64 of the file cannot be read") from wrong


def sticker_file(files: Files) -> File:
    return files.keep("sticker.webp", "image/webp", STICKER_FILE)
