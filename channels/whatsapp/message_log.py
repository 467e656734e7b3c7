"""Parses Twilio's log of customers' messages, to recover those that never reached our webhook.

The log has less than the webhook: no profile name, no button payload (only its label), no location.
Source: twilio.com/docs/messaging/api/message-resource.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from bot.messages.outgoing import Attachment
from channels.media.file_type import attachment_kind
from channels.text_limits import clean_text
from channels.whatsapp.country_language import language_hint
from channels.whatsapp.form import ADDRESS, SID


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """One message in Twilio's log."""

    message_id: str
    sent_at: datetime
    message: Any


def parse_logged_message(message: Any, media: Iterable[Any]) -> Inbound | None:
    """The message; None if it isn't a customer's."""
    if message.direction != "inbound" or not SID.fullmatch(str(message.sid)):
        return None
    if not ADDRESS.fullmatch(str(message.from_)):
        return None
    address, text = Address.parse(str(message.from_)), clean_text(message.body or "")
    attachments = tuple(_attachment(file) for file in media)
    return Inbound(
        external_id=str(message.sid),
        message_id=str(message.sid),
        address=address,
        sent_at=sent_at(message),
        kind=MessageKind.MEDIA if attachments else MessageKind.TEXT if text else MessageKind.OTHER,
        text=text,
        attachments=attachments,
        heard=DetectedLanguage(hint=language_hint(address.name)),
    )


def sent_at(message: Any) -> datetime:
    """When it was sent, to the second."""
    at: datetime = message.date_sent or message.date_created
    return at


def _attachment(file: Any) -> Attachment:
    media_type = str(file.content_type or "").partition(";")[0]
    return Attachment(attachment_kind(media_type), media_type, ref=str(file.uri).removesuffix(".json"))
