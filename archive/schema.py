"""Creates the archive's tables on the first connection, and refuses tables that belong to another desk."""

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from archive.tables import SCHEMA, archive_info, metadata
from bot.messages.errors import ArchiveUnavailable


def prepare_tables(engine: Engine, desk: str) -> None:
    """Create the tables if needed; ArchiveUnavailable if they belong to another desk or have another version."""
    try:
        found = _written(engine)
    except DBAPIError:  # usually there's no such table; any other error comes up again below
        found = {}
    if not found:
        _make(engine, desk)
        found = _written(engine)
    if found.get("schema") != SCHEMA:
        raise ArchiveUnavailable(
            f"its tables have version {found.get('schema')}, this Guichet needs {SCHEMA}"
        )
    if found.get("desk") != desk:
        raise ArchiveUnavailable(
            "it belongs to another desk, or to this one before its store was lost: see docs/operations.md"
        )


def _written(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.name: row.value for row in connection.execute(select(archive_info))}


def _make(engine: Engine, desk: str) -> None:
    """Create them; if another process does so at the same time, its tables are used."""
    try:
        with engine.begin() as connection:
            _create(connection)
            rows = [{"name": "schema", "value": SCHEMA}, {"name": "desk", "value": desk}]
            connection.execute(insert(archive_info), rows)
    except DBAPIError:
        if not _written(engine):
            raise


def _create(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
