"""The desk that a command works on: its settings and its store, found the same way by every command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from redis import Redis, RedisError

from cli.home import desk_settings
from cli.trouble import Trouble
from jobs.redis_url import connect
from jobs.settings import Settings


@contextmanager
def desk() -> Iterator[tuple[Settings, Redis]]:
    """Settings and store; Trouble when the store does not answer."""
    with desk_settings() as settings, connect(settings.redis_url) as redis:
        try:
            redis.ping()
            yield settings, redis
        except RedisError as error:
            raise Trouble(f"the store does not answer: {error}") from error


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)
