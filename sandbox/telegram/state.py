"""The emulated Telegram's state: chats and their messages, topics, updates, the bot's profile."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox import credentials

BOT_USER: dict[str, Any] = {
    "id": credentials.TELEGRAM_BOT_ID,
    "is_bot": True,
    "first_name": "Guichet",
    "username": credentials.TELEGRAM_BOT_USERNAME,
}
GENERAL_TOPIC = 1


@dataclass
class Post:
    """One message: `message` is the Bot API's Message object; the rest is what phones show beside it."""

    message: dict[str, Any]
    is_from_bot: bool
    is_deleted: bool = False
    is_taken: bool = False
    reactions: dict[str, str] = field(default_factory=dict)
    pressed: str = ""

    @property
    def id(self) -> int:
        return int(self.message["message_id"])

    @property
    def thread_id(self) -> int:
        return int(self.message.get("message_thread_id", GENERAL_TOPIC))


@dataclass
class Topic:
    """A topic of the forum; its id is the id of the message that created it."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    is_closed: bool = False


@dataclass
class Chat:
    """A private chat (the person's id) or the forum supergroup."""

    id: int
    type: str
    title: str = ""
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    rights: dict[str, bool] = field(default_factory=dict)
    is_bot_member: bool = True
    migrated_to: int = 0
    last_message_id: int = 0
    action: str = ""
    action_until: str = ""
    reply_keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    is_one_time: bool = False
    sent_at: list[datetime] = field(default_factory=list)

    @property
    def is_forum(self) -> bool:
        return self.type == "supergroup"

    def as_chat(self, person: dict[str, Any] | None = None) -> dict[str, Any]:
        """The Bot API's Chat object."""
        if self.is_forum:
            return {"id": self.id, "type": self.type, "title": self.title, "is_forum": True}
        known = {key: value for key, value in (person or {}).items() if key in ("first_name", "username")}
        return {"id": self.id, "type": "private", **known}

    def is_acting(self, now: datetime) -> bool:
        return bool(self.action_until) and datetime.fromisoformat(self.action_until) > now


@dataclass
class Update:
    """One update waiting for the desk, dropped at `expires_at` (ISO 8601)."""

    id: int
    body: dict[str, Any]
    expires_at: str
    tries: int = 0
    is_tried: bool = False


@dataclass
class Query:
    """A pressed inline button; the bot must answer it within 150 s."""

    id: str
    user_id: int
    made_at: str
    answer: str = ""
    is_alert: bool = False
    is_answered: bool = False

    def is_too_old(self, now: datetime) -> bool:
        return now - datetime.fromisoformat(self.made_at) > timedelta(seconds=150)


@dataclass
class Telegram:
    """The Bot API server's state. Each queue is named after what Telegram keeps in order."""

    chats: dict[int, Chat] = field(default_factory=dict)
    queues: dict[str, list[Update]] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    file_names: dict[str, str] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    last_error: dict[str, Any] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    last_update_id: int = 830_000_000
    last_private_message_id: int = 0

    @classmethod
    def registered(cls, target: str) -> "Telegram":
        """A server whose webhook is already set, if there is a desk."""
        telegram = cls()
        telegram.add_forum(credentials.TELEGRAM_INBOX_CHAT)
        if target:
            telegram.webhook = {
                "url": f"{target}/webhooks/telegram",
                "secret_token": credentials.TELEGRAM_WEBHOOK_SECRET,
            }
        return telegram

    def add_forum(self, chat_id: int) -> Chat:
        rights = dict.fromkeys(FORUM_RIGHTS, True)
        self.chats[chat_id] = Chat(
            chat_id, "supergroup", "Support desk", rights=rights, last_message_id=GENERAL_TOPIC
        )
        return self.chats[chat_id]

    @property
    def forum(self) -> Chat:
        """The agents' group under its newest id."""
        chat = self.chats[credentials.TELEGRAM_INBOX_CHAT]
        while chat.migrated_to:
            chat = self.chats[chat.migrated_to]
        return chat

    def private_chat(self, user_id: int) -> Chat:
        return self.chats.setdefault(user_id, Chat(user_id, "private"))

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups number their own messages; all private chats share one sequence."""
        if chat.is_forum:
            chat.last_message_id += 1
            return chat.last_message_id
        self.last_private_message_id += 1
        return self.last_private_message_id


FORUM_RIGHTS = (
    "is_admin",
    "can_manage_topics",
    "can_delete_messages",
    "can_pin_messages",
    "can_invite_users",
)
