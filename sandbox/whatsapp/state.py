"""The emulated Twilio's state: message resources and content templates."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from sandbox import credentials
from sandbox.whatsapp.errors import MESSAGES

API_VERSION = "2010-04-01"


@dataclass
class Record:
    """One message in either direction. Times are ISO 8601 in UTC; `media` maps a media SID to a file id."""

    sid: str
    person_id: int
    direction: str
    sender: str
    recipient: str
    body: str
    status: str
    created_at: str
    sent_at: str = ""
    updated_at: str = ""
    arrived_at: str = ""
    media: dict[str, str] = field(default_factory=dict)
    media_urls: list[str] = field(default_factory=list)
    status_callback: str = ""
    error_code: int | None = None
    content_sid: str = ""
    is_template: bool = False
    choices: dict[str, Any] = field(default_factory=dict)
    location: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    sticker: str = ""
    reply_to: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    is_taken: bool = False
    is_read_by_desk: bool = False
    chosen: str = ""

    @property
    def is_inbound(self) -> bool:
        return self.direction == "inbound"

    def uri(self) -> str:
        return f"/{API_VERSION}/Accounts/{credentials.TWILIO_ACCOUNT_SID}/Messages/{self.sid}"

    def as_resource(self) -> dict[str, Any]:
        """Twilio's Message resource."""
        return {
            "account_sid": credentials.TWILIO_ACCOUNT_SID,
            "api_version": API_VERSION,
            "body": self.body,
            "date_created": rfc_2822(self.created_at),
            "date_sent": rfc_2822(self.sent_at),
            "date_updated": rfc_2822(self.updated_at or self.created_at),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": MESSAGES.get(self.error_code or 0),
            "from": self.sender,
            "messaging_service_sid": None,
            "num_media": str(len(self.media) or len(self.media_urls)),
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{self.uri()}/Media.json"},
            "to": self.recipient,
            "uri": f"{self.uri()}.json",
        }


@dataclass
class Template:
    """A Content resource; `approval` is its WhatsApp status: unsubmitted, approved or rejected."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, Any]
    created_at: str
    approval: str = "unsubmitted"
    approval_name: str = ""
    category: str = ""


@dataclass
class WhatsApp:
    """Messages by SID in order of creation, templates by SID, CDN tokens by file."""

    records: dict[str, Record] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    held_webhook: str = ""


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def rfc_2822(instant: str) -> str | None:
    return format_datetime(datetime.fromisoformat(instant)) if instant else None
