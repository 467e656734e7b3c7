"""Splits a message to Telegram's limits: 4,096 UTF-16 units, captions of 1,024, buttons under the last part.

Texts are sent as plain text, never as markup, so nothing that people type can break or format a message.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bot.messages.errors import DeliveryError
from channels.outgoing import File, MessagePart, RenderedMessage
from channels.text_limits import clean_text, split_text, utf16_length

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_PAYLOAD = 64  # bytes
MOST_IN_ALBUM = 10
BIGGEST_PHOTO = 10_000_000  # bytes
PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")
AUDIO_TYPES = ("audio/mpeg", "audio/mp4")
VOICE_TYPES = ("audio/ogg", "application/ogg", "audio/opus")
_STICKER = "sticker"


def split_message(rendered: RenderedMessage) -> tuple[MessagePart, ...]:
    """The parts to send, in order. Raises DeliveryError for an invalid button."""
    for option in rendered.options:
        if not 1 <= len(option.payload.encode()) <= MOST_PAYLOAD:
            raise DeliveryError(
                "refused", f"a button's payload is not 1 to {MOST_PAYLOAD} bytes", permanent=True
            )
    if rendered.deletes:
        return tuple(MessagePart(deletes_id=each) for each in rendered.deletes)
    found = list(_parts(rendered))
    if found and rendered.options:
        found[_last_with_text(found)] = replace(found[_last_with_text(found)], options=rendered.options)
    return tuple(replace(part, topic_id=rendered.topic_id) for part in found)


def _parts(rendered: RenderedMessage) -> Iterator[MessagePart]:
    text, quoted_id = _text(rendered), rendered.quoted_id
    shown = list(_file_parts(rendered.files, are_together=not rendered.options))
    if (
        text
        and shown
        and _takes_caption(shown[0])
        and utf16_length(text) <= LONGEST_CAPTION
        and not rendered.edits_id
    ):
        shown[0] = replace(shown[0], text=text)
        text = ""
    edits_id = rendered.edits_id
    for piece in split_text(text, LONGEST_TEXT):
        if piece.strip():
            yield MessagePart(text=piece, quoted_id=quoted_id, edits_id=edits_id)
            edits_id = ""
    if shown and not text.strip():
        shown[0] = replace(shown[0], quoted_id=quoted_id)
    yield from shown


def _file_parts(files: tuple[File, ...], *, are_together: bool) -> Iterator[MessagePart]:
    """Adjacent files that Telegram can show together become albums of up to ten."""
    for kind, neighbours in groupby(files, album_kind):
        group = tuple(neighbours)
        size = MOST_IN_ALBUM if kind and are_together else 1
        for batch in (group[at : at + size] for at in range(0, len(group), size)):
            yield MessagePart(album=batch) if len(batch) > 1 else MessagePart(file=batch[0])


def _takes_caption(part: MessagePart) -> bool:
    return bool(part.album) or (part.file is not None and part.file.kind != _STICKER)


def album_kind(file: File) -> str:
    """What it can share an album with: photos and videos, audio, or documents; "" for a sticker or a voice note."""
    if file.kind == _STICKER or is_voice(file):
        return ""
    if is_photo(file) or file.media_type == "video/mp4":
        return "seen"
    return "heard" if file.media_type in AUDIO_TYPES else "document"


def is_photo(file: File) -> bool:
    """Whether Telegram shows it as a photo; other pictures are sent as documents."""
    return file.media_type in PHOTO_TYPES and file.size <= BIGGEST_PHOTO


def is_voice(file: File) -> bool:
    """Whether Telegram plays it as a voice note."""
    return file.media_type.partition(";")[0].strip() in VOICE_TYPES


def _text(rendered: RenderedMessage) -> str:
    """The text, then the description of each choice."""
    described = [option for option in rendered.options if option.description]
    lines = "\n".join(f"• {option.label} – {option.description}" for option in described)
    return clean_text("\n\n".join(block for block in (rendered.text, lines) if block))


def _last_with_text(found: list[MessagePart]) -> int:
    return max((at for at, part in enumerate(found) if part.text), default=len(found) - 1)
