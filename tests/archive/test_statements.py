"""The statements are the same for both databases: no word in them that only one of the two knows."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from archive import statements
from archive.tables import metadata, tickets

NOW = datetime(2026, 1, 5, tzinfo=UTC)
ALL = [
    statements.full_tickets(),
    statements.search_tickets(["one", "two"], "123456", 10),
    statements.opened_between(NOW, NOW, "", 10),
    statements.count(),
    *statements.delete_tickets(tickets.c.ticket_id == "x"),
]


@pytest.mark.parametrize("statement", ALL, ids=str)
def test_both_databases_are_told_the_same(statement: object) -> None:
    first, second = (
        _plain(str(statement.compile(dialect=dialect(paramstyle="named"))))  # type: ignore[attr-defined]
        for dialect in (postgresql.dialect, sqlite.dialect)
    )
    assert first == second


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_every_table_can_be_made_in_postgresql(table: object) -> None:
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type]
    assert "WITH TIME ZONE" in made or "TIMESTAMP" not in made


def _plain(sql: str) -> str:
    """Without the types of values, which PostgreSQL is told, quotes around names, and SQLite's offset of none."""
    types = "VARCHAR|INTEGER|TIMESTAMP WITH TIME ZONE"
    return " ".join(re.sub(rf"::({types})|\"| OFFSET :param_\d", "", sql).split())
