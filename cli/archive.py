"""`guichet archive copy`: copies the whole archive to another database, such as from SQLite to PostgreSQL."""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import click

from archive import Archive
from bot.archiving.archive_record import ArchiveRecord
from bot.messages.errors import ArchiveUnavailable
from cli.support.connect import ARCHIVE_TIMEOUT, now, open_archive, open_desk
from cli.support.errors import CommandError
from store.archive.archive_state import desk_id

_BATCH_SIZE = 200
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@click.group()
def archive() -> None:
    """Manage the archive of closed tickets."""


@archive.command()
@click.argument("url")
def copy(url: str) -> None:
    """Copy every archived ticket to the database at URL, creating its tables if needed.

    Nothing is deleted here. Run it again to copy tickets archived since; then set ARCHIVE_URL to URL.
    """
    with open_desk() as (settings, redis), open_archive(settings, redis) as here:
        there = Archive(url, lambda: desk_id(redis), timeout=ARCHIVE_TIMEOUT)
        try:
            copied = sum(_copy_batch(there, some) for some in _pages(here))
            click.echo(f"copied {copied} tickets; the database now has {there.stats().tickets}")
        except ArchiveUnavailable as error:
            raise CommandError(f"{url.partition(':')[0]}: {error}") from error


def _pages(here: Archive) -> Iterator[Sequence[ArchiveRecord]]:
    last, until = "", now() + timedelta(days=1)
    while some := here.opened(_LONG_AGO, until, last, _BATCH_SIZE):
        yield some
        last = some[-1].ticket_id


def _copy_batch(there: Archive, some: Sequence[ArchiveRecord]) -> int:
    """How many of them were copied."""
    known = there.rows([each.ticket_id for each in some])
    token = time.time_ns() // 1000
    return sum(there.put(each, token) for each in some if each.ticket_id not in known)
