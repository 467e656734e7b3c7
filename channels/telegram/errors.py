"""Maps Telegram's errors to DeliveryErrors.

A JSON error means that nothing was sent. After an HTML page or no answer, delivery is uncertain, and Telegram
can't be asked afterwards.
"""

from datetime import timedelta

import aiohttp
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.messages.errors import AddressMoved, DeliveryError
from bot.messages.inbound import Address

_CONNECT_ERRORS = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_BAD_REQUESTS: tuple[tuple[str, str], ...] = (
    ("chat not found", "not_found"),
    ("user not found", "not_found"),
    ("peer_id_invalid", "not_found"),
    ("message thread not found", "topic_gone"),
    ("topic_deleted", "topic_gone"),
    ("topic_id_invalid", "topic_gone"),
    ("topic_closed", "no_rights"),
    ("not_modified", "unchanged"),
    ("is not modified", "unchanged"),
    ("message to", "message_gone"),
    ("message can't be edited", "message_gone"),
    ("message can't be deleted", "cannot_delete"),
    ("reaction_", "no_reaction"),
    ("reactions_", "no_reaction"),
    ("not enough rights", "no_rights"),
    ("have no rights", "no_rights"),
    ("need administrator rights", "no_rights"),
    ("is too long", "too_long"),
    ("caption_too_long", "too_long"),
    ("too big", "too_big"),
)


def from_aiogram(  # noqa: PLR0911 — one return per case reads best
    error: AiogramError | TimeoutError | aiohttp.ClientError | OSError,
) -> DeliveryError:
    """The DeliveryError for an error of aiogram or aiohttp."""
    reason = f"Telegram: {_description(error)}"
    match error:
        case TelegramRetryAfter(retry_after=seconds):
            return DeliveryError("paced", reason, retry_after=timedelta(seconds=seconds))
        case TelegramMigrateToChat(migrate_to_chat_id=chat_id):
            return AddressMoved(Address("telegram", str(chat_id)), reason)
        case TelegramForbiddenError():
            return DeliveryError("blocked", reason, permanent=True)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return DeliveryError("credentials", reason)
        case TelegramBadRequest():
            return DeliveryError(_bad_request(error.message), reason, permanent=True)
        case TelegramEntityTooLarge():
            return DeliveryError("too_big", reason, permanent=True)
        case TelegramServerError():
            return DeliveryError("unavailable", reason)
        case TelegramNetworkError():
            return DeliveryError(
                "unavailable", reason, is_uncertain=not isinstance(error.__cause__, _CONNECT_ERRORS)
            )
        case TelegramAPIError():
            return DeliveryError("other", reason, permanent=True)
    return DeliveryError("unavailable", reason, is_uncertain=not isinstance(error, _CONNECT_ERRORS))


def _bad_request(description: str) -> str:
    words = description.lower()
    return next((code for sign, code in _BAD_REQUESTS if sign in words), "refused")


def _description(error: BaseException) -> str:
    """Telegram's own description if there is one; never a URL, which would contain the bot's token."""
    if isinstance(error, ClientDecodeError):
        return "the answer could not be read"
    if isinstance(error, TelegramNetworkError) and not isinstance(error, TelegramEntityTooLarge):
        return f"no answer ({type(error.__cause__ or error).__name__})"
    if isinstance(error, TelegramAPIError):
        words = error.message.rpartition("Original description: ")[2]
        return " ".join(words.split())[:300]
    return f"no answer ({type(error).__name__})"
