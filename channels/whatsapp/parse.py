"""Parses a verified Twilio form into a customer's message.

Source: twilio.com/docs/messaging/guides/webhook-request.

Unknown parameters are ignored. Untrusted ones (button payloads, names, locations) are only passed on.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from bot.messages.outgoing import Attachment
from bot.text.direction import plain_name
from channels.inbound_events import Ignored, Refused
from channels.media.file_type import attachment_kind
from channels.text_limits import clean_text
from channels.whatsapp.country_language import language_hint
from channels.whatsapp.form import ADDRESS, SID, is_our_number

Form = Mapping[str, str]
MOST_FILES = 10
_COORDINATE = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
_LONGEST_NAME = 120
_LONGEST_PAYLOAD = 200
_KINDS = {"sticker": MessageKind.STICKER, "reaction": MessageKind.REACTION, "contacts": MessageKind.CONTACT}
_TEXTS = ("", "text", "button", "interactive")


def parse_message(form: Form, number: str, now: datetime) -> Inbound | Ignored | Refused:
    """The message; `number` is our sender. Twilio sends no time, so it counts as sent `now`."""
    if "MessageStatus" in form:
        return Ignored("a receipt came to the URL for messages; set StatusCallback to …/status")
    if not is_our_number(form.get("To"), number):
        return Refused("sent to a number other than TWILIO_WHATSAPP_NUMBER")
    sender, scoped = form.get("From", ""), form.get("ExternalUserId", "")
    if not ADDRESS.fullmatch(sender) or (scoped and not ADDRESS.fullmatch(scoped)):
        return Refused("the sender is not a WhatsApp address")
    return _message(form, sender, scoped or sender, now)


def _message(form: Form, sender: str, identity: str, now: datetime) -> Inbound:
    attachments, choice = _attachments(form), _choice(form)
    address, other = Address.parse(identity), Address.parse(sender)
    sid, quoted = form["MessageSid"], form.get("OriginalRepliedMessageSid", "")
    return Inbound(
        external_id=sid,
        message_id=sid,
        address=address,
        also_known_as=other if other != address else None,
        sent_at=now,
        kind=_kind(form, choice, attachments),
        text=clean_text(_text(form)),
        choice=choice,
        attachments=attachments,
        quoted_id=quoted if SID.fullmatch(quoted) else "",
        is_forwarded="true" in (form.get("Forwarded"), form.get("FrequentlyForwarded")),
        referral=_referral(form),
        profile_name=plain_name(clean_text(form.get("ProfileName", "")))[:_LONGEST_NAME],
        heard=DetectedLanguage(hint=language_hint(other.name)),
    )


def _kind(form: Form, choice: str, attachments: tuple[Attachment, ...]) -> MessageKind:
    kind = form.get("MessageType", "")
    if choice:
        return MessageKind.CHOICE
    if _has_location(form):
        return MessageKind.LOCATION
    if kind in _KINDS:
        return _KINDS[kind]
    if attachments:
        return MessageKind.MEDIA
    return MessageKind.TEXT if form.get("Body") or kind in _TEXTS else MessageKind.OTHER


def _text(form: Form) -> str:
    """The text; for a location, its coordinates and names; for a button, its label."""
    if _has_location(form):
        said = (form.get("Label", ""), form.get("Address", ""), form.get("Body", ""))
        names = dict.fromkeys(name for name in said if name)
        return "\n".join((f"{form['Latitude']}, {form['Longitude']}", *names))
    return form.get("Body") or form.get("ButtonText") or form.get("ListTitle") or ""


def _has_location(form: Form) -> bool:
    places = (form.get("Latitude", ""), form.get("Longitude", ""))
    return all(_COORDINATE.fullmatch(place) for place in places)


def _choice(form: Form) -> str:
    """The payload of the button or list entry they chose; it comes from their phone, so don't trust it."""
    return clean_text(form.get("ButtonPayload") or form.get("ListId") or "")[:_LONGEST_PAYLOAD]


def _attachments(form: Form) -> tuple[Attachment, ...]:
    count = form.get("NumMedia", "0")
    if not (count.isascii() and count.isdecimal() and len(count) < 3):
        return ()
    numbers = range(min(int(count), MOST_FILES))
    return tuple(_attachment(form, number) for number in numbers if form.get(f"MediaUrl{number}"))


def _attachment(form: Form, number: int) -> Attachment:
    media_type = clean_text(form.get(f"MediaContentType{number}", ""))[:_LONGEST_NAME].partition(";")[0]
    kind = "sticker" if form.get("MessageType") == "sticker" else attachment_kind(media_type)
    return Attachment(kind, media_type, ref=form[f"MediaUrl{number}"])


def _referral(form: Form) -> str:
    said = (form.get("ReferralHeadline", ""), form.get("ReferralBody", ""), form.get("ReferralSourceUrl", ""))
    return clean_text("\n".join(words for words in said if words))[:1000]
