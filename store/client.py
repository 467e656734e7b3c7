"""The store's client as we use it: synchronous, and every answer in bytes."""

from typing import Any

Client = Any
"""A `redis.Redis` without `decode_responses`; redis-py types its answers as `bytes | str`, ours are bytes."""
