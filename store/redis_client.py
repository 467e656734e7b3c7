"""The store's client as we use it: synchronous, and every answer in bytes."""

from typing import Any

Client = Any
"""A `redis.Redis` without `decode_responses`; redis-py types its answers as `bytes | str`, ours are bytes."""


def put(writes: Client, key: str, value: bytes | str | int, lifetime: int | None = None) -> None:
    """SET among `writes`, for `lifetime` seconds if given: redis-py's own weighs each of its options every time."""
    writes.execute_command("SET", key, value, *(("EX", lifetime) if lifetime else ()))
