"""The doctor's checks of the agents' Telegram group: is it a forum, has the bot its rights, are syncs waiting."""

from collections.abc import Iterator

from aiogram.exceptions import AiogramError
from aiogram.methods import GetChat, GetChatMember, GetMe
from aiohttp import ClientError
from redis import RedisError

from channels.event_loop import close_loop
from channels.telegram.bot import BotApiClient
from cli.doctor.local_checks import CheckResult
from runtime.redis_url import connect
from runtime.settings import Settings, TelegramSettings
from store.forum.group import ForumGroup, waiting_counts

_RIGHTS = {
    "can_manage_topics": "Manage topics",
    "can_pin_messages": "Pin messages",
    "can_delete_messages": "Delete messages",
}


def group(settings: Settings) -> Iterator[CheckResult]:
    """We can post in the group."""
    telegram = settings.telegram
    if telegram is None or not telegram.inbox_chat:
        yield CheckResult("group", True, "not used: TELEGRAM_INBOX_CHAT is not set")
        return
    try:
        with connect(settings.redis_url) as redis:
            ours = ForumGroup(redis, telegram.inbox_chat)
            trouble, waiting, chat_id = ours.problem(), waiting_counts(redis), ours.chat_id
    except RedisError:
        return  # reported by the store's check
    if trouble:
        told = f"can’t be written to since {trouble.since:%Y-%m-%d %H:%M} UTC: {trouble.code}"
        yield CheckResult("group", False, f"{told}; {waiting['topics']:.0f} topics wait")
    yield from _ask_telegram(telegram, chat_id)


def _ask_telegram(telegram: TelegramSettings, chat_id: int) -> Iterator[CheckResult]:
    try:
        yield _chat(BotApiClient(telegram.bot_token, telegram.api_url), chat_id)
    except (AiogramError, ClientError, TimeoutError, OSError) as error:
        advice = "is TELEGRAM_INBOX_CHAT right, and is the bot in that group?"
        yield CheckResult("group", False, f"{type(error).__name__}: {error}; {advice}")
    finally:
        close_loop()


def _chat(call: BotApiClient, chat_id: int) -> CheckResult:
    chat = call(GetChat(chat_id=chat_id))
    if not chat.is_forum:
        return CheckResult(
            "group", False, f"“{chat.title}” has no topics: turn them on in the group’s settings"
        )
    ours = call(GetChatMember(chat_id=chat_id, user_id=call(GetMe()).id))
    missing = [name for right, name in _RIGHTS.items() if not getattr(ours, right, False)]
    if missing:
        told = f"make the bot an administrator of “{chat.title}” with the rights: {', '.join(missing)}"
        return CheckResult("group", False, told)
    return CheckResult("group", True, f"“{chat.title}”, a topic for each ticket")
