"""The Redis client: synchronous, with replies in bytes."""

from typing import Any

Client = Any
"""A `redis.Redis` without `decode_responses`; redis-py types replies as `bytes | str`, ours are bytes."""


def put(writes: Client, key: str, value: bytes | str | int, lifetime: int | None = None) -> None:
    """SET among `writes`, expiring after `lifetime` seconds if given. Faster than redis-py's with its many options."""
    writes.execute_command("SET", key, value, *(("EX", lifetime) if lifetime else ()))
