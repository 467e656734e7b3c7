"""Unhandled updates from the agents' group: what agents wrote and pressed, in order within each topic."""

from datetime import datetime, timedelta

from store import due_claims, keys
from store.forum import keys as forum_keys
from store.redis_client import Client

GRACE = timedelta(seconds=4)

_TAKE = """
if redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) == false then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[3], 'LT', ARGV[3], ARGV[4])
return 1
"""
_FINISH = """
for _ = 1, tonumber(ARGV[1]) do redis.call('LPOP', KEYS[1]) end
redis.call('DEL', KEYS[3])
if redis.call('LLEN', KEYS[1]) == 0 then redis.call('ZREM', KEYS[2], ARGV[2]) return 0 end
return 1
"""


class GroupInboundQueue:
    """Queues updates by topic; `thread` names the topic, or an agent's own chat with the bot."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def add(self, thread: str, update_id: str, raw: bytes, now: datetime) -> bool:
        """Add an update; False if it's known already."""
        names = (keys.seen("group", update_id), forum_keys.inbound(thread), forum_keys.INBOUND)
        look_at = (now + GRACE).timestamp()
        return bool(self._redis.eval(_TAKE, 3, *names, keys.SEEN_FOR, raw, look_at, thread))

    def peek(self, thread: str, most: int = 12) -> list[bytes]:
        """The next updates."""
        return list(self._redis.lrange(forum_keys.inbound(thread), 0, most - 1))

    def count_attempt(self, thread: str) -> int:
        """Count an attempt to handle the first update; how many there were."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.incr(forum_keys.attempts(thread))
        pipe.expire(forum_keys.attempts(thread), 24 * 3600)
        return int(pipe.execute()[0])

    def reset_attempts(self, thread: str) -> None:
        """The attempt didn't fail: it only had to wait."""
        self._redis.delete(forum_keys.attempts(thread))

    def finish(self, thread: str, count: int) -> None:
        """Remove the first `count` updates: they were handled."""
        names = (forum_keys.inbound(thread), forum_keys.INBOUND, forum_keys.attempts(thread))
        self._redis.eval(_FINISH, 3, *names, count, thread)

    def retry_at(self, thread: str, until: datetime) -> None:
        """Look there again then."""
        self._redis.zadd(forum_keys.INBOUND, {thread: until.timestamp()})

    def claim(self, now: datetime) -> list[str]:
        """Topics with updates to handle; each goes to one caller for a while."""
        return due_claims.claim(self._redis, forum_keys.INBOUND, now)

    def hold_reply(self, message: str, raw: bytes, lasts: timedelta) -> None:
        """Keep a reply until its agent decides."""
        self._redis.set(forum_keys.held_reply(message), raw, ex=lasts)

    def held_reply(self, message: str) -> bytes | None:
        """The reply; None once it was decided or expired."""
        raw: bytes | None = self._redis.get(forum_keys.held_reply(message))
        return raw

    def drop_held_reply(self, message: str) -> None:
        """Remove the reply: it was sent or dropped."""
        self._redis.delete(forum_keys.held_reply(message))
