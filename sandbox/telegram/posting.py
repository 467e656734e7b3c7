"""Posts a message to a chat: checks permission and topic, and builds the Message object."""

from datetime import timedelta
from typing import Any

from sandbox.people import Person
from sandbox.state import SandboxState
from sandbox.telegram.errors import TelegramError, bad_request, forbidden
from sandbox.telegram.state import BOT_USER, GENERAL_TOPIC, Chat, Post

ACTION_LASTS = timedelta(seconds=5)


def chat_for_bot(state: SandboxState, chat_id: int) -> Chat:
    """The chat with that id, if the bot may write there; raises TelegramError (400, 403)."""
    telegram = state.telegram
    person = state.people.with_telegram_id(chat_id)
    if person is not None:
        check_person(person)
        return telegram.private_chat(chat_id)
    chat = telegram.chats.get(chat_id)
    if chat is None or not chat.is_forum:
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if not chat.is_bot_member:
        raise forbidden("bot was kicked from the supergroup chat")
    return chat


def check_person(person: Person) -> None:
    if person.is_deactivated:
        raise forbidden("user is deactivated")
    if person.has_blocked:
        raise forbidden("bot was blocked by the user")
    if not person.has_started:
        raise forbidden("bot can't initiate conversation with a user")


def check_thread(chat: Chat, thread_id: int | None) -> None:
    """The topic must exist; a message without a topic goes to General."""
    if thread_id is None:
        return
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not chat.rights.get("is_admin"):
        raise bad_request("TOPIC_CLOSED")


def check_rate_limit(state: SandboxState, chat: Chat, posts: int = 1) -> None:
    """Limits on posts per minute in a group and per second in a chat; raises TelegramError (429)."""
    settings, now = state.settings, state.clock.now()
    limits = [(settings.chat_posts_per_second, 1.0)]
    if chat.is_forum:
        limits.append((settings.group_posts_per_minute, 60.0))
    for most, span in limits:
        recent = [at for at in chat.sent_at if (now - at).total_seconds() < span]
        if most is not None and len(recent) + posts > most:
            wait = span - (now - recent[0]).total_seconds() if recent else span
            left = max(1, int(wait) + 1)
            raise TelegramError(429, f"Too Many Requests: retry after {left}", retry_after=left)
    chat.sent_at = [at for at in chat.sent_at if (now - at).total_seconds() < 60] + [now] * posts


def post_message(
    state: SandboxState,
    chat: Chat,
    content: dict[str, Any],
    *,
    sender: Person | None = None,
    thread_id: int | None = None,
    reply_to: int | None = None,
    reply_markup: dict[str, Any] | None = None,
) -> Post:
    """Write a message of the bot (no sender) or of a person into the chat and notify the phones."""
    message: dict[str, Any] = {
        "message_id": state.telegram.next_message_id(chat),
        "from": sender.telegram_user() if sender else BOT_USER,
        "chat": as_chat(state, chat),
        "date": int(state.clock.now().timestamp()),
        **content,
    }
    if thread_id is not None and thread_id != GENERAL_TOPIC:
        message |= {"message_thread_id": thread_id, "is_topic_message": True}
    if quoted := replied(chat, reply_to or thread_id):
        message["reply_to_message"] = quoted
    if reply_markup:
        mark_up(chat, message, reply_markup)
    post = Post(message, is_from_bot=sender is None)
    chat.posts[post.id] = post
    chat.action_until = ""
    notify_pages(state, chat)
    return post


def mark_up(chat: Chat, message: dict[str, Any], markup: dict[str, Any]) -> None:
    """An inline keyboard stays with its message, a reply keyboard with the chat until it is replaced."""
    if "inline_keyboard" in markup:
        message["reply_markup"] = markup
    elif "keyboard" in markup:
        rows = [
            [key if isinstance(key, dict) else {"text": key} for key in row] for row in markup["keyboard"]
        ]
        chat.reply_keyboard, chat.is_one_time = rows, markup.get("one_time_keyboard", False)
    elif "remove_keyboard" in markup:
        chat.reply_keyboard = []


def replied(chat: Chat, message_id: int | None) -> dict[str, Any] | None:
    """The message being replied to; inside a topic without a reply, the topic's first message."""
    post = chat.posts.get(message_id or 0)
    if post is None or post.is_deleted:
        return None
    return {
        key: value for key, value in post.message.items() if key not in ("reply_to_message", "reply_markup")
    }


def as_chat(state: SandboxState, chat: Chat) -> dict[str, Any]:
    person = state.people.with_telegram_id(chat.id)
    return chat.as_chat(person.telegram_user() if person else None)


def notify_pages(state: SandboxState, chat: Chat) -> None:
    """Tell the page which phone to redraw."""
    person = state.people.with_telegram_id(chat.id)
    state.changed(person, topic="forum")


def find_post(chat: Chat, message_id: int, purpose: str) -> Post:
    post = chat.posts.get(message_id)
    if post is None or post.is_deleted:
        raise bad_request(f"message to {purpose} not found")
    return post
