"""The archive: stores, finds and deletes tickets. After a failure it isn't called for a few seconds."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, insert, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from archive import statements
from archive.engine import create_archive_engine, is_sqlite
from archive.schema import prepare_tables
from archive.tables import REPORT_COLUMNS, contents, search_words, tickets
from bot.archiving.archive_record import ArchiveRecord
from bot.messages.errors import ArchiveUnavailable

T = TypeVar("T")

TIMEOUT = 2.0
"""Seconds for one call."""

RETRY_AFTER = 5.0
"""Seconds before a failed archive is called again, so that not every page waits for it."""

IDS_PER_QUERY = 400
"""Ids in one statement; databases limit the number."""


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """How many tickets there are, and when the last one was archived."""

    tickets: int
    last_at: datetime | None


class Archive:
    """One desk's archive. `desk` returns the id that the live store keeps and the archive must match."""

    def __init__(
        self,
        url: str,
        desk: Callable[[], str],
        *,
        timeout: float = TIMEOUT,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._desk, self._timeout, self._monotonic = url, desk, timeout, monotonic
        self._engine: Engine | None = None
        self._opening = Lock()
        self._rests_until = 0.0
        self._why = ""

    def put(self, archived: ArchiveRecord, token: int) -> bool:
        """Write the ticket, replacing what an earlier move wrote; False if a later move has written it."""
        row = _row(archived) | {"token": token}
        name = archived.ticket_id

        def write(connection: Connection) -> bool:
            for statement in statements.delete_tickets(
                (tickets.c.ticket_id == name) & (tickets.c.token < token)
            ):
                connection.execute(statement)
            connection.execute(insert(tickets), row)
            connection.execute(insert(contents), {"ticket_id": name, "content": archived.content})
            found = {"ticket_id": name, "ended_at": archived.ended_at, "words": f" {archived.words}"}
            connection.execute(insert(search_words), found)
            return True

        try:
            return self._run(write)
        except IntegrityError:
            return False

    def drop(self, ticket_id: str, before: int) -> None:
        """Delete what moves with a lower token wrote of the ticket."""
        which = (tickets.c.ticket_id == ticket_id) & (tickets.c.token < before)
        self._run(lambda connection: _all(connection, statements.delete_tickets(which)))

    def erase(self, contact_ids: Sequence[str]) -> None:
        """Delete all tickets of these contacts, on disk too where the database allows it."""
        which = tickets.c.contact_id.in_(list(contact_ids))
        self._run(lambda connection: _all(connection, statements.delete_tickets(which)))
        if self._engine is not None and is_sqlite(self._engine):
            self._run(lambda connection: connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).close())

    def find(self, ticket_id: str) -> ArchiveRecord | None:
        """The ticket, with its content."""
        found = self._list(statements.full_tickets().where(tickets.c.ticket_id == ticket_id))
        return found[0] if found else None

    def by_number(self, number: str) -> str:
        """The id of the ticket with that number; "" if it isn't here."""
        query = select(tickets.c.ticket_id).where(tickets.c.number == number)
        return self._run(lambda connection: connection.execute(query).scalar()) or ""

    def rows(self, ticket_ids: Sequence[str]) -> Mapping[str, ArchiveRecord]:
        """Those that are here, by id, without their content."""
        found: dict[str, ArchiveRecord] = {}
        left = iter(ticket_ids)
        while some := list(islice(left, IDS_PER_QUERY)):
            here = self._list(select(tickets).where(tickets.c.ticket_id.in_(some)))
            found |= {one.ticket_id: one for one in here}
        return found

    def search(self, words: Sequence[str], digits: str, limit: int) -> Sequence[ArchiveRecord]:
        """Matching tickets without their content, latest first."""
        return self._list(statements.search_tickets(words, digits, limit)) if words or digits else ()

    def opened(self, since: datetime, until: datetime, after: str, limit: int) -> Sequence[ArchiveRecord]:
        """The tickets opened in that period, in order of their ids, from after `after` on."""
        return self._list(statements.opened_between(since, until, after, limit))

    def of_contacts(self, contact_ids: Sequence[str]) -> Sequence[ArchiveRecord]:
        """The tickets of these contacts, with their content."""
        query = statements.full_tickets().where(tickets.c.contact_id.in_(list(contact_ids)))
        return self._list(query.order_by(tickets.c.opened_at, tickets.c.ticket_id))

    def contact_ids(self) -> Sequence[str]:
        """Every contact with a ticket here."""
        query = select(tickets.c.contact_id).distinct()
        return self._run(lambda connection: [str(each) for each in connection.execute(query).scalars()])

    def stats(self) -> ArchiveStats:
        """How many tickets are here."""
        count, last_at = self._run(lambda connection: connection.execute(statements.count()).one())
        return ArchiveStats(int(count), last_at.replace(tzinfo=last_at.tzinfo or UTC) if last_at else None)

    def _list(self, query: Any) -> Sequence[ArchiveRecord]:
        return self._run(lambda connection: list(map(_archived, connection.execute(query))))

    def _run(self, work: Callable[[Connection], T]) -> T:
        """One transaction; ArchiveUnavailable, without a call shortly after a failure."""
        self._check_available()
        try:
            with self._opened().begin() as connection:
                return work(connection)
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise self._away(_why(error)) from error
        except ArchiveUnavailable as error:
            self._away(error.reason)
            raise

    def _opened(self) -> Engine:
        """The engine; at the first call, creates the tables or checks that they belong to this desk."""
        with self._opening:
            if self._engine is None:
                self._check_available()  # another thread may have failed while this one waited
                engine = create_archive_engine(self._url, self._timeout)
                prepare_tables(engine, self._desk())
                self._engine = engine
            return self._engine

    def _check_available(self) -> None:
        if self._monotonic() < self._rests_until:
            raise ArchiveUnavailable(self._why)

    def _away(self, why: str) -> ArchiveUnavailable:
        self._why, self._rests_until = why, self._monotonic() + RETRY_AFTER
        return ArchiveUnavailable(why)


def _all(connection: Connection, each: Sequence[Any]) -> None:
    for statement in each:
        connection.execute(statement)


def _row(archived: ArchiveRecord) -> dict[str, Any]:
    names = ("ticket_id", "contact_id", "number", "opened_at", "ended_at", "archived_at", "row")
    told = {name: archived.about.get(name, "") for name in REPORT_COLUMNS}
    return {name: getattr(archived, name) for name in names} | told


def _archived(found: Row[Any]) -> ArchiveRecord:
    kept = found._mapping
    return ArchiveRecord(
        ticket_id=kept["ticket_id"],
        contact_id=kept["contact_id"],
        number=kept["number"],
        opened_at=kept["opened_at"],
        ended_at=kept["ended_at"],
        archived_at=kept["archived_at"],
        row=kept["row"],
        content=kept.get("content", ""),
        words=kept.get("words", "").strip(),
        about={name: kept[name] for name in REPORT_COLUMNS},
    )


def _why(error: Exception) -> str:
    """One line: the driver's message, which doesn't contain the password."""
    cause = getattr(error, "orig", None) or error
    lines = str(cause).splitlines() or [""]
    return f"{type(cause).__name__}: {lines[0][:200]}" if lines[0] else type(cause).__name__
