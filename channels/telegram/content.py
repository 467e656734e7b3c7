"""Reads the kind, text and files of a Telegram message from plain JSON."""

from bot.messages.inbound import MessageKind
from bot.messages.outgoing import Attachment
from channels.telegram.json_reader import Json, get_coordinate, get_int, get_object, get_objects, get_string
from channels.text_limits import clean_text, safe_file_name

BIGGEST_FILE = 20 << 20
_LONGEST_NAME = 200
_FILES: tuple[tuple[str, str, str], ...] = (
    ("voice", "audio", "audio/ogg"),
    ("audio", "audio", "audio/mpeg"),
    ("video", "video", "video/mp4"),
    ("video_note", "video", "video/mp4"),
    ("animation", "video", "video/mp4"),
    ("document", "document", "application/octet-stream"),
)
"""Field, our kind, and the default type. An animation also comes as a document, so it's listed first."""

SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "users_shared", "chat_shared", "connected_website",
    "write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "forum_topic_created", "forum_topic_edited", "forum_topic_closed",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden",
    "giveaway_created", "giveaway", "giveaway_winners", "giveaway_completed", "video_chat_scheduled",
    "video_chat_started", "video_chat_ended", "video_chat_participants_invited", "gift", "unique_gift",
    "paid_message_price_changed",
})  # fmt: skip
"""Fields of messages in which the chat reports something that nobody wrote."""


def is_service(message: Json) -> bool:
    """Whether this is a service message of the chat, not a person's."""
    return not SERVICE.isdisjoint(message)


def kind_of_message(message: Json, attachments: tuple[Attachment, ...]) -> MessageKind:
    """What sort of message it is."""
    if "location" in message or "venue" in message:
        return MessageKind.LOCATION
    if "contact" in message:
        return MessageKind.CONTACT
    if "sticker" in message:
        return MessageKind.STICKER
    if attachments:
        return MessageKind.MEDIA
    return MessageKind.TEXT if get_string(message, "text") else MessageKind.OTHER


def text_of(message: Json) -> str:
    """The text; for a location or contact card, what it says; for a sticker, its emoji."""
    text = (
        get_string(message, "text")
        or get_string(message, "caption")
        or _location_text(message)
        or _contact_text(message)
    )
    return clean_text(text or get_string(get_object(message, "sticker"), "emoji"))


def attachments_of(message: Json) -> tuple[Attachment, ...]:
    """The attached file, if there is one; a photo in its largest size."""
    sizes = get_objects(message, "photo")
    if sizes:
        return _to_attachment(max(sizes, key=_area), "image", "image/jpeg")
    if sticker := get_object(message, "sticker"):
        return _to_attachment(sticker, "sticker", _sticker_type(sticker))
    for field, kind, media_type in _FILES:
        if file := get_object(message, field):
            return _to_attachment(file, kind, get_string(file, "mime_type") or media_type)
    return ()


def _to_attachment(file: Json, kind: str, media_type: str) -> tuple[Attachment, ...]:
    ref, size = get_string(file, "file_id"), get_int(file, "file_size")
    if not ref:
        return ()
    name = safe_file_name(get_string(file, "file_name"))
    problem = "too_big" if size is not None and size > BIGGEST_FILE else ""
    return (
        Attachment(
            kind, clean_text(media_type)[:_LONGEST_NAME], name, size, clean_text(ref), problem=problem
        ),
    )


def _area(size: Json) -> int:
    return (get_int(size, "width") or 0) * (get_int(size, "height") or 0)


def _sticker_type(sticker: Json) -> str:
    if sticker.get("is_animated") is True:
        return "application/x-tgsticker"
    return "video/webm" if sticker.get("is_video") is True else "image/webp"


def _location_text(message: Json) -> str:
    venue = get_object(message, "venue")
    at = get_object(message, "location") or get_object(venue, "location")
    latitude, longitude = get_coordinate(at, "latitude"), get_coordinate(at, "longitude")
    if latitude is None or longitude is None:
        return ""
    names = (get_string(venue, "title"), get_string(venue, "address"))
    return "\n".join((f"{latitude}, {longitude}", *(name for name in names if name)))


def _contact_text(message: Json) -> str:
    card = get_object(message, "contact")
    name = f"{get_string(card, 'first_name')} {get_string(card, 'last_name')}".strip()
    return ", ".join(part for part in (name, get_string(card, "phone_number")) if part)
