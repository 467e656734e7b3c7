"""Creates the archive's tables on the first connection, and refuses tables that belong to another desk."""

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from archive.tables import SCHEMA, archive_info, metadata
from bot.messages.errors import ArchiveUnavailable


def prepare_tables(engine: Engine, desk: str) -> None:
    """Have everything ready for that desk; ArchiveAway when the tables are another one's, or of another make."""
    try:
        found = _written(engine)
    except DBAPIError:  # no such table, as a rule; anything else is told by the next try
        found = {}
    if not found:
        _make(engine, desk)
        found = _written(engine)
    if found.get("schema") != SCHEMA:
        raise ArchiveUnavailable(f"its tables are of version {found.get('schema')}, ours of {SCHEMA}")
    if found.get("desk") != desk:
        raise ArchiveUnavailable(
            "it belongs to another desk, or to this one before its store was lost: see docs/operations.md"
        )


def _written(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.name: row.value for row in connection.execute(select(archive_info))}


def _make(engine: Engine, desk: str) -> None:
    """Make them; another process may do so at the same moment, and then theirs count."""
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
