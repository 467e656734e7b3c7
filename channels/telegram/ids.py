"""Converts Telegram's chat and message ids; a message id is unique only within its chat."""

from bot.messages.errors import DeliveryError
from bot.messages.inbound import Address


def chat_id_of(address: Address) -> int:
    """The chat's id. Raises DeliveryError if the address has none."""
    try:
        return int(address.name)
    except ValueError as error:
        raise DeliveryError("not_found", "not a Telegram chat id", permanent=True) from error


def format_message_id(chat_id: int, message_id: int) -> str:
    """The id under which we store a message: `chat:message`."""
    return f"{chat_id}:{message_id}"


def parse_message_id(name: str, chat_id: int) -> int | None:
    """The message's id, if it's in that chat."""
    chat, _, number = name.rpartition(":")
    return int(number) if chat == str(chat_id) and number.isdecimal() else None
