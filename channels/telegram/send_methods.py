"""Picks the Bot API method for a part: a text, photo, audio, video, document, album or edit."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.methods import (
    DeleteMessage,
    EditMessageText,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import (
    FSInputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    ReplyParameters,
)

from channels.outgoing import File, MessagePart
from channels.telegram.ids import parse_message_id
from channels.telegram.keyboard import keyboard
from channels.telegram.split import AUDIO_TYPES, is_photo, is_voice
from channels.text_limits import safe_file_name

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def method_for(chat_id: int, part: MessagePart) -> TelegramMethod[Any]:
    """The method that sends this part to this chat."""
    if deleted := parse_message_id(part.deletes_id, chat_id):
        return DeleteMessage(chat_id=chat_id, message_id=deleted)
    edited = parse_message_id(part.edits_id, chat_id)
    if edited is not None:
        return EditMessageText(
            chat_id=chat_id,
            message_id=edited,
            text=part.text,
            reply_markup=keyboard(part.options),
            link_preview_options=_NO_PREVIEW,
        )
    if part.album:
        return _album(chat_id, part)
    if part.file is None:
        return SendMessage(text=part.text, link_preview_options=_NO_PREVIEW, **_common(chat_id, part))
    return _with_file(chat_id, part, part.file)


def _album(chat_id: int, part: MessagePart) -> SendMediaGroup:
    captions = (part.text or None, *(None for _ in part.album[1:]))
    media = [
        _media(file)(media=_upload(file), caption=c) for file, c in zip(part.album, captions, strict=True)
    ]
    common = _common(chat_id, part)
    del common["reply_markup"]  # albums have no buttons
    return SendMediaGroup(media=media, **common)


def _media(file: File) -> Any:
    if is_photo(file):
        return InputMediaPhoto
    if file.media_type == "video/mp4":
        return InputMediaVideo
    return InputMediaAudio if file.media_type in AUDIO_TYPES else InputMediaDocument


def as_document(chat_id: int, part: MessagePart) -> TelegramMethod[Any] | None:
    """The same part with documents instead of photos or voice notes that Telegram rejects; None if it has none."""
    if part.album and all(is_photo(file) for file in part.album):
        return _album(chat_id, replace(part, album=tuple(replace(f, media_type="") for f in part.album)))
    if part.file is None or not (part.file.media_type.startswith("image/") or is_voice(part.file)):
        return None
    return SendDocument(document=_upload(part.file), caption=part.text or None, **_common(chat_id, part))


def _with_file(chat_id: int, part: MessagePart, file: File) -> TelegramMethod[Any]:
    upload, caption, common = _upload(file), part.text or None, _common(chat_id, part)
    if is_photo(file):
        return SendPhoto(photo=upload, caption=caption, **common)
    if file.media_type == "video/mp4":
        return SendVideo(video=upload, caption=caption, supports_streaming=True, **common)
    if file.media_type in AUDIO_TYPES:
        return SendAudio(audio=upload, caption=caption, **common)
    if is_voice(file):
        return SendVoice(voice=upload, caption=caption, **common)
    return SendDocument(document=upload, caption=caption, **common)


class _BufferedFile(FSInputFile):
    """Read as a whole, because a streamed file stays open if Telegram refuses it halfway."""

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        yield Path(self.path).read_bytes()


def _upload(file: File) -> _BufferedFile:
    return _BufferedFile(file.path, filename=safe_file_name(file.name) or file.path.name)


def _common(chat_id: int, part: MessagePart) -> dict[str, Any]:
    """The parameters that all send methods have in common."""
    quoted = parse_message_id(part.quoted_id, chat_id)
    answers = ReplyParameters(message_id=quoted, allow_sending_without_reply=True) if quoted else None
    return {
        "chat_id": chat_id,
        "message_thread_id": int(part.topic_id) if part.topic_id.isdecimal() else None,
        "reply_parameters": answers,
        "reply_markup": keyboard(part.options),
    }
