"""How Telegram's chats and messages are written in our records: a message's number is its chat's own."""

from bot.messages.errors import DeliveryError
from bot.messages.inbound import Address


def chat_id_of(address: Address) -> int:
    """The chat's id. Raises DeliveryError for an address that cannot be one."""
    try:
        return int(address.name)
    except ValueError as error:
        raise DeliveryError("not_found", "not a Telegram chat id", permanent=True) from error


def format_message_id(chat_id: int, message_id: int) -> str:
    """The name under which we keep a message: `chat:message`."""
    return f"{chat_id}:{message_id}"


def parse_message_id(name: str, chat_id: int) -> int | None:
    """The message's number, if the name is of a message in that chat."""
    chat, _, number = name.rpartition(":")
    return int(number) if chat == str(chat_id) and number.isdecimal() else None
