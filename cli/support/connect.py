"""Finds the settings and connects to the store and the archive, in the same way for every command."""

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
from store.outage import is_outage

ARCHIVE_TIMEOUT = 60.0
"""Seconds for one call to the archive: longer than for pages, because an operator can wait."""


@contextmanager
def open_desk() -> Iterator[tuple[Settings, Redis]]:
    """The settings and the store; CommandError if the store doesn't respond."""
    with settings_with_store() as settings, connect(settings.redis_url) as redis:
        try:
            redis.ping()
            yield settings, redis
        except RedisError as error:
            if not is_outage(error):
                raise
            raise CommandError(f"the store doesn’t respond: {error}") from error


@contextmanager
def open_archive(settings: Settings, redis: Redis) -> Iterator[Archive]:
    """The desk's archive; CommandError if it doesn't respond, now or later."""
    archive = Archive(settings.archive_url, lambda: desk_id(redis), timeout=ARCHIVE_TIMEOUT)
    try:
        archive.stats()
        yield archive
    except ArchiveUnavailable as error:
        raise CommandError(str(error)) from error


def now() -> datetime:
    """The current time, in UTC."""
    return datetime.now(UTC)
