"""The agents' group itself: which chat it is, whether it can be used, and what is to be answered in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages.outgoing import Outgoing
from store.codec import dump, load
from store.forum import keys
from store.redis_client import Client

ANNOUNCED_FOR = timedelta(minutes=5)
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Notice:
    """A short answer to an agent, in the group or in their own chat with the bot."""

    chat_id: int
    outgoing: Outgoing
    locale: str
    topic_id: int = 0
    answers: int = 0  # the message that it answers


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the group cannot be used: `code` is a key of `bot.messages.phrases_delivery.REASONS`."""

    code: str
    since: datetime


class Group:
    """Reads and moves what is known of the group."""

    def __init__(self, redis: Client, chat_id: int) -> None:
        self._redis, self._given = redis, chat_id

    @property
    def chat_id(self) -> int:
        """Its chat: the one from the settings, or where that has moved."""
        return _moved(self._redis.hget(keys.GROUP, f"chat:{self._given}"), self._given)

    def is_ours(self, chat_id: int) -> bool:
        """Whether that chat is, or was, the group."""
        return chat_id in (self._given, self.chat_id)

    def moved(self, to: int) -> None:
        """Telegram gave it another id."""
        self._redis.hset(keys.GROUP, f"chat:{self._given}", to)

    def trouble(self) -> Trouble | None:
        """Why it cannot be used, while it cannot."""
        code, since = self._redis.hmget(keys.GROUP, "trouble", "since")
        return Trouble(code.decode(), datetime.fromisoformat(since.decode())) if code and since else None

    def set_trouble(self, code: str, at: datetime) -> None:
        """It cannot be used; the first instant of the same trouble is kept."""
        known = self.trouble()
        if known is None or known.code != code:
            self._redis.hset(keys.GROUP, mapping={"trouble": code, "since": at.isoformat()})

    def clear_trouble(self) -> None:
        """It can be used, and at once."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.GROUP, "trouble", "since")
        pipe.delete(keys.REST)
        pipe.execute()

    def answer(self, notice: Notice) -> None:
        """Have this posted, after what waits already."""
        self._redis.rpush(keys.NOTICES, dump(notice))

    def next_answer(self) -> Notice | None:
        """The answer whose turn it is."""
        raw = self._redis.lindex(keys.NOTICES, 0)
        return load(Notice, raw) if raw else None

    def answered(self) -> None:
        """It was posted, or never can be."""
        self._redis.lpop(keys.NOTICES)

    def announce(self, topic_id: int, sender: int, meaning: str) -> None:
        """The next message of that agent in that topic is to be taken so."""
        self._redis.set(keys.announced(topic_id, sender), meaning, ex=ANNOUNCED_FOR)

    def announced(self, topic_id: int, sender: int) -> str:
        """What their next message is taken as; "" for an ordinary one."""
        raw = self._redis.get(keys.announced(topic_id, sender))
        return raw.decode() if raw else ""

    def forget_announced(self, topic_id: int, sender: int) -> None:
        """That message came."""
        self._redis.delete(keys.announced(topic_id, sender))

    def is_first(self, name: str) -> bool:
        """Whether that was not told before; from now on it was."""
        return bool(self._redis.set(keys.told(name), 1, nx=True, ex=TOLD_FOR))


def _moved(raw: bytes | None, given: int) -> int:
    return int(raw) if raw else given


def moved_chat(redis: Client, chat_id: int) -> int:
    """Where the group that the settings name is now."""
    return Group(redis, chat_id).chat_id


def waiting_figures(redis: Client) -> Mapping[str, float]:
    """How much waits to be shown, and whether the group can be used."""
    pipe = redis.pipeline(transaction=False)
    pipe.zcard(keys.WAITING)
    pipe.llen(keys.NOTICES)
    pipe.zcard(keys.HEARD)
    pipe.hexists(keys.GROUP, "trouble")
    topics, notices, heard, is_in_trouble = pipe.execute()
    return {"topics": topics, "notices": notices, "heard": heard, "trouble": float(is_in_trouble)}
