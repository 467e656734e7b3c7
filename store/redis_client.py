"""The Redis client: synchronous, with replies in bytes, and safe for empty lists."""

from typing import Any

from redis import Redis
from redis.client import Pipeline

Client = Any
"""A `redis.Redis` without `decode_responses`; redis-py types replies as `bytes | str`, ours are bytes."""

_NOTHING_FOUND = ("LRANGE", "", 0, -1)
_NOTHING_CHANGED = ("EXISTS", "")
_NEED_A_FIELD = ("HDEL", "SADD", "SREM", "ZREM", "XDEL", "RPUSH", "LPUSH", "HSET", "ZADD")
_EMPTY = {
    **dict.fromkeys([("MGET", 1), ("HMGET", 2), ("ZMSCORE", 2), ("SMISMEMBER", 2)], _NOTHING_FOUND),
    **dict.fromkeys([("DEL", 1), ("UNLINK", 1), ("EXISTS", 1), ("TOUCH", 1)], _NOTHING_CHANGED),
    **dict.fromkeys([(name, 2) for name in _NEED_A_FIELD], _NOTHING_CHANGED),
}
"""Commands that Redis refuses with an empty list, by their number of words then; and what has that result.

It's a command and no constant, since a pipeline has one reply for each command.
"""


class _EmptyLists:
    """Lets every command that takes a list take an empty one: nothing is found, and nothing changes."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Run or queue the command."""
        nothing = _EMPTY.get((str(args[0]), len(args)))
        return super().execute_command(*(nothing or args), **({} if nothing else options))  # type: ignore[misc]

    def hset(self, name: Any, *args: Any, **options: Any) -> Any:
        """HSET; no fields change nothing."""
        if not (args or any(options.values())):
            return self.execute_command("HSET", name)
        return super().hset(name, *args, **options)  # type: ignore[misc]

    def zadd(self, name: Any, mapping: Any, *args: Any, **options: Any) -> Any:
        """ZADD; no members change nothing."""
        if not mapping:
            return self.execute_command("ZADD", name)
        return super().zadd(name, mapping, *args, **options)  # type: ignore[misc]

    def zmscore(self, key: Any, members: list[Any]) -> Any:
        """ZMSCORE; no members have no scores."""
        return super().zmscore(key, members) if members else self.execute_command("ZMSCORE", key)  # type: ignore[misc]


class StorePipeline(_EmptyLists, Pipeline):
    """Commands that go together."""


class StoreClient(_EmptyLists, Redis):
    """A client of the store."""

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        """A pipeline or, by default, a transaction."""
        return StorePipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


def put(writes: Client, key: str, value: bytes | str | int, lifetime: int | None = None) -> None:
    """SET among `writes`, expiring after `lifetime` seconds if given. Faster than redis-py's with its many options."""
    writes.execute_command("SET", key, value, *(("EX", lifetime) if lifetime else ()))
