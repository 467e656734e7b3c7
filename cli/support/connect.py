"""The desk that a command works on: its settings and its store, found the same way by every command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from redis import Redis, RedisError

from archive import Archive
from bot.messages.errors import ArchiveUnavailable
from cli.support.errors import CommandError
from cli.support.local_defaults import settings_with_store
from runtime.redis_url import connect
from runtime.settings import Settings
from store.archive.archive_state import desk_id

ARCHIVE_TIMEOUT = 60.0
"""Seconds that the archive may take for one call: an operator waits where a page must not."""


@contextmanager
def open_desk() -> Iterator[tuple[Settings, Redis]]:
    """Settings and store; Trouble when the store does not answer."""
    with settings_with_store() as settings, connect(settings.redis_url) as redis:
        try:
            redis.ping()
            yield settings, redis
        except RedisError as error:
            raise CommandError(f"the store does not answer: {error}") from error


@contextmanager
def open_archive(settings: Settings, redis: Redis) -> Iterator[Archive]:
    """The desk's archive; Trouble when it does not answer, at once or later."""
    archive = Archive(settings.archive_url, lambda: desk_id(redis), timeout=ARCHIVE_TIMEOUT)
    try:
        archive.stats()
        yield archive
    except ArchiveUnavailable as error:
        raise CommandError(str(error)) from error


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)
