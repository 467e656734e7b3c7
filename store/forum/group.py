"""The agents' group: its chat id, whether it can be used, and replies that wait to be posted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages.outgoing import Outgoing
from store.codec import dump, load
from store.forum import keys
from store.redis_client import Client

INTENT_KEPT_FOR = timedelta(minutes=5)
INTENT_KEPT_FOR_EDITS = timedelta(days=3)  # Telegram allows edits for two
SHOWN_ONCE_KEPT_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class GroupReply:
    """A short reply to an agent, in the group or in their own chat with the bot."""

    chat_id: int
    outgoing: Outgoing
    locale: str
    topic_id: int = 0
    answers: int = 0  # the message it replies to
    reaction: str = ""  # instead of a reply, an emoji under that message


@dataclass(frozen=True, slots=True)
class GroupProblem:
    """Why the group can't be used: `code` is a key of `bot.messages.phrases_delivery.REASONS`."""

    code: str
    since: datetime


class ForumGroup:
    """Stores the state of the group."""

    def __init__(self, redis: Client, chat_id: int) -> None:
        self._redis, self._given = redis, chat_id

    @property
    def chat_id(self) -> int:
        """The id from the settings, or the one that the group has moved to."""
        moved = self._redis.hget(keys.GROUP, f"chat:{self._given}")
        return int(moved) if moved else self._given

    def is_ours(self, chat_id: int) -> bool:
        """Whether this is the group's id, or was before it moved."""
        return chat_id in (self._given, self.chat_id)

    def set_chat_id(self, to: int) -> None:
        """Store the id that Telegram moved the group to."""
        self._redis.hset(keys.GROUP, f"chat:{self._given}", to)

    def problem(self) -> GroupProblem | None:
        """Why the group can't be used; None while it can."""
        code, since = self._redis.hmget(keys.GROUP, "trouble", "since")
        return GroupProblem(code.decode(), datetime.fromisoformat(since.decode())) if code and since else None

    def set_problem(self, code: str, at: datetime) -> None:
        """Store that the group can't be used; the time of the first such problem is kept."""
        known = self.problem()
        if known is None or known.code != code:
            self._redis.hset(keys.GROUP, mapping={"trouble": code, "since": at.isoformat()})

    def clear_problem(self) -> None:
        """The group can be used again, without waiting."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hdel(keys.GROUP, "trouble", "since")
        pipe.delete(keys.PAUSED_UNTIL)
        pipe.execute()

    def queue_reply(self, notice: GroupReply) -> None:
        """Post this reply after those that wait already."""
        self._redis.rpush(keys.REPLIES, dump(notice))

    def next_reply(self) -> GroupReply | None:
        """The oldest reply that waits."""
        raw = self._redis.lindex(keys.REPLIES, 0)
        return load(GroupReply, raw) if raw else None

    def drop_reply(self) -> None:
        """Remove the oldest reply: it was posted, or can't be."""
        self._redis.lpop(keys.REPLIES)

    def set_next_intent(self, topic_id: int, sender: int, meaning: str) -> None:
        """Take that agent's next message in that topic as this."""
        self._redis.set(keys.next_message_intent(topic_id, sender), meaning, ex=INTENT_KEPT_FOR)

    def next_intent(self, topic_id: int, sender: int) -> str:
        """What to take their next message as; "" for an ordinary one."""
        raw = self._redis.get(keys.next_message_intent(topic_id, sender))
        return raw.decode() if raw else ""

    def clear_next_intent(self, topic_id: int, sender: int) -> None:
        """That message was handled."""
        self._redis.delete(keys.next_message_intent(topic_id, sender))

    def keep_intent(self, message: str, meaning: str) -> None:
        """That message was taken as this: an edit of it is, too."""
        self._redis.set(keys.message_intent(message), meaning, ex=INTENT_KEPT_FOR_EDITS)

    def intent_of(self, message: str) -> str:
        """What a message was taken as because of a button; "" for an ordinary one."""
        raw = self._redis.get(keys.message_intent(message))
        return raw.decode() if raw else ""

    def is_first(self, name: str) -> bool:
        """Whether this notice wasn't shown in the last hours; marks it as shown."""
        return bool(self._redis.set(keys.shown_once(name), 1, nx=True, ex=SHOWN_ONCE_KEPT_FOR))


def current_chat_id(redis: Client, chat_id: int) -> int:
    """The current id of the group that the settings name."""
    return ForumGroup(redis, chat_id).chat_id


def waiting_counts(redis: Client) -> Mapping[str, float]:
    """How much waits to be posted or handled, and whether the group can be used."""
    pipe = redis.pipeline(transaction=False)
    pipe.zcard(keys.WAITING)
    pipe.llen(keys.REPLIES)
    pipe.zcard(keys.INBOUND)
    pipe.hexists(keys.GROUP, "trouble")
    topics, notices, heard, is_in_trouble = pipe.execute()
    return {"topics": topics, "notices": notices, "heard": heard, "trouble": float(is_in_trouble)}
