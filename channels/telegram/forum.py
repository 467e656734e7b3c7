"""The agents' forum group: topics, cards and reactions, one call each; every failure is a DeliveryError.

Posts in a topic go through `TelegramChannel.send` like any other message.
"""

import logging
from collections.abc import Sequence
from typing import Any, TypeVar

import aiohttp
from aiogram.exceptions import AiogramError
from aiogram.methods import (
    AnswerCallbackQuery,
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    EditForumTopic,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    ReopenForumTopic,
    SetMessageReaction,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import LinkPreviewOptions, ReactionTypeEmoji

from bot.messages.errors import DeliveryError
from channels.outgoing import Choice
from channels.telegram.bot import BotApiClient
from channels.telegram.errors import from_aiogram
from channels.telegram.keyboard import keyboard

log = logging.getLogger(__name__)

_FAILURES = (AiogramError, aiohttp.ClientError, TimeoutError, OSError)
_LONGEST_ANSWER = 200  # characters in the notice after a button press
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
COLOURS = {"whatsapp": 9367192, "telegram": 7322096}

Result = TypeVar("Result")


class Forum:
    """Calls for a forum group; each names the chat because the group's id can change."""

    def __init__(self, call: BotApiClient) -> None:
        self._call = call

    def create(self, chat_id: int, name: str, channel: str) -> int:
        """Create a topic in the colour of the customer's channel; returns its id."""
        colour = COLOURS.get(channel, 16766590)
        return self._made(CreateForumTopic(chat_id=chat_id, name=name, icon_color=colour)).message_thread_id

    def rename(self, chat_id: int, topic_id: int, name: str) -> None:
        """Rename the topic."""
        self._set(EditForumTopic(chat_id=chat_id, message_thread_id=topic_id, name=name))

    def set_closed(self, chat_id: int, topic_id: int, *, is_closed: bool) -> None:
        """Close a topic to everybody but administrators, or reopen it."""
        method = CloseForumTopic if is_closed else ReopenForumTopic
        self._set(method(chat_id=chat_id, message_thread_id=topic_id))

    def delete(self, chat_id: int, topic_id: int) -> None:
        """Delete the topic with all its messages."""
        self._set(DeleteForumTopic(chat_id=chat_id, message_thread_id=topic_id))

    def pin(self, chat_id: int, message_id: int) -> None:
        """Pin the message in its topic, without a notification."""
        self._set(PinChatMessage(chat_id=chat_id, message_id=message_id, disable_notification=True))

    def edit(self, chat_id: int, message_id: int, text: str, options: Sequence[Choice]) -> None:
        """Change the text and buttons of our message."""
        self._set(
            EditMessageText(
                chat_id=chat_id,
                message_id=message_id,
                text=text,
                reply_markup=keyboard(options),
                link_preview_options=_NO_PREVIEW,
            )
        )

    def set_buttons(self, chat_id: int, message_id: int, options: Sequence[Choice]) -> None:
        """Change the buttons of our message."""
        self._set(
            EditMessageReplyMarkup(chat_id=chat_id, message_id=message_id, reply_markup=keyboard(options))
        )

    def react(self, chat_id: int, message_id: int, emoji: str) -> None:
        """Set our reaction to a message; does nothing in groups that don't allow reactions."""
        reaction: list[Any] = [ReactionTypeEmoji(emoji=emoji)]
        self._set(SetMessageReaction(chat_id=chat_id, message_id=message_id, reaction=reaction))

    def answer(self, answer_token: str, text: str, *, is_alert: bool = False) -> None:
        """Answer a button press with a notice; Telegram accepts it for 150 s."""
        words = text[:_LONGEST_ANSWER] or None
        try:
            self._call(AnswerCallbackQuery(callback_query_id=answer_token, text=words, show_alert=is_alert))
        except _FAILURES as error:
            log.debug("answering a button press failed: %s", from_aiogram(error).reason)

    def _set(self, method: TelegramMethod[Any]) -> None:
        """Make a call; that nothing needed changing is fine, too."""
        try:
            self._made(method)
        except DeliveryError as error:
            if error.code not in ("unchanged", "no_reaction"):
                raise

    def _made(self, method: TelegramMethod[Result]) -> Result:
        try:
            return self._call(method)
        except _FAILURES as error:
            raise from_aiogram(error) from error
