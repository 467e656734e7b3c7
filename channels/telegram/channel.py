"""The Telegram channel: sends each part with one call and raises every failure as a DeliveryError."""

import logging
from collections.abc import Container
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import aiohttp
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, GetFile, GetMe, SendChatAction
from aiogram.methods.base import TelegramMethod

from bot.messages.errors import DeliveryError, MediaError
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from channels.media.download import DownloadSource, download
from channels.outgoing import MessagePart, RenderedMessage, Sent
from channels.telegram.bot import BotApiClient
from channels.telegram.errors import from_aiogram
from channels.telegram.ids import chat_id_of, format_message_id
from channels.telegram.send_methods import as_document, method_for
from channels.telegram.split import split_message

BIGGEST_FILE = 20 << 20
"""Bytes; getFile serves no larger file."""

Result = TypeVar("Result")
_log = logging.getLogger(__name__)
_FAILURES = (AiogramError, aiohttp.ClientError, TimeoutError, OSError)


class TelegramChannel:
    """Our Telegram bot. Nothing connects before the first call."""

    name = "telegram"
    can_look_up = False
    has_receipts = False

    def __init__(self, *, token: str, api_url: str) -> None:
        self._token, self._api_url = token, api_url.rstrip("/")
        self.call = BotApiClient(token, api_url)
        self._user_name = ""

    def split(self, rendered: RenderedMessage) -> tuple[MessagePart, ...]:
        """See Channel."""
        return split_message(rendered)

    def send(self, address: Address, part: MessagePart, *, reference: str) -> Sent:
        """See Channel. Telegram has no field for the reference."""
        chat_id = chat_id_of(address)
        method = method_for(chat_id, part)
        try:
            return self._send(chat_id, part, method)
        except TelegramBadRequest as error:
            if part.edits_id and "message is not modified" in error.message:
                return Sent(part.edits_id)
            if part.deletes_id and "message to delete not found" in error.message:
                return Sent(part.deletes_id)
            raise from_aiogram(error) from error
        except _FAILURES as error:
            raise from_aiogram(error) from error

    def look_up(
        self, address: Address, part: MessagePart, since: datetime, *, known: Container[str] = ()
    ) -> str | None:
        """See Channel. Telegram can't be asked what it sent."""
        return None

    def is_answering(self) -> bool:
        """See Channel."""
        try:
            self.call(GetMe())
        except _FAILURES as error:
            return from_aiogram(error).code != "unavailable"
        return True

    def fetch(self, attachment: Attachment, to_file: Path) -> Attachment:
        """See Channel. The URL contains the bot's token, so it's never shown or logged, and no redirect is followed."""
        if attachment.size is not None and attachment.size > BIGGEST_FILE:
            raise MediaError("too_big")
        path = self._file_path(attachment.ref)
        source = DownloadSource(f"{self._api_url}/file/bot{self._token}/{path}", BIGGEST_FILE)
        return download(attachment, source, to_file)

    def typing(self, address: Address, *, answering: str = "") -> None:
        """See Channel. Shows for 5 s."""
        self._call_ignoring_errors(SendChatAction(chat_id=chat_id_of(address), action="typing"))

    def acknowledge(self, answer_token: str) -> None:
        """See Channel. Stops the spinner on the button; Telegram gives up on it after 150 s."""
        self._call_ignoring_errors(AnswerCallbackQuery(callback_query_id=answer_token))

    def bot_username(self) -> str:
        """See Channel. Fetched once."""
        if not self._user_name:
            try:
                self._user_name = self.call(GetMe()).username or ""
            except _FAILURES as error:
                _log.warning("could not fetch the bot's user name: %s", from_aiogram(error).reason)
        return self._user_name

    def _send(self, chat_id: int, part: MessagePart, method: TelegramMethod[object]) -> Sent:
        try:
            answer = self.call(method)
        except TelegramBadRequest as error:
            another_way = as_document(chat_id, part) if _is_kind_refused(error) else None
            if another_way is None:
                raise
            answer = self.call(another_way)
        posted = answer if isinstance(answer, list) else [answer]
        found = [
            format_message_id(chat_id, post.message_id) for post in posted if hasattr(post, "message_id")
        ]
        first, *also = found or [part.edits_id or part.deletes_id]
        return Sent(first, tuple(also))

    def _file_path(self, file_id: str) -> str:
        """The file's current path at Telegram."""
        try:
            path = self.call(GetFile(file_id=file_id)).file_path or ""
        except _FAILURES as error:
            raise _media_error(from_aiogram(error)) from error
        if not path or ".." in path or "//" in path or not path.isprintable():
            raise MediaError("gone")
        return path

    def _call_ignoring_errors(self, method: TelegramMethod[Result]) -> None:
        try:
            self.call(method)
        except _FAILURES as error:
            _log.debug("%s failed: %s", type(method).__name__, from_aiogram(error).reason)


def _is_kind_refused(error: TelegramBadRequest) -> bool:
    """Whether the file may still go as a document: a picture that isn't one, or voice that the reader forbids."""
    return any(
        sign in error.message for sign in ("PHOTO_", "IMAGE_PROCESS_FAILED", "VOICE_MESSAGES_FORBIDDEN")
    )


def _media_error(error: DeliveryError) -> MediaError:
    if error.code == "too_big":
        return MediaError("too_big")
    if error.is_permanent:
        return MediaError("gone")
    return MediaError("unreachable", permanent=False, retry_after=error.retry_after)
