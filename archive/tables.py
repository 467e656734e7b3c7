"""The tables. Large content is in a table of its own, so that searches and lists read little."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator

SCHEMA = "1"
"""The version of these tables; a database with another one isn't touched."""

metadata = MetaData()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, even if the database stores no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


archive_info = Table(
    "guichet_archive",
    metadata,
    Column("name", String(32), primary_key=True),  # schema; desk, the id of the desk that owns the archive
    Column("value", Text, nullable=False),
)

REPORT_COLUMNS = ("channel", "locale", "category", "priority", "assignee", "company", "account_id", "plan")

tickets = Table(
    "tickets",
    metadata,
    Column("ticket_id", String(64), primary_key=True),
    Column("token", BigInteger, nullable=False),  # of the move that wrote it; a later one may overwrite it
    Column("contact_id", String(32), nullable=False, index=True),
    Column("number", String(32), nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("archived_at", UtcDateTime, nullable=False, index=True),
    *(Column(name, Text, nullable=False, default="") for name in REPORT_COLUMNS),
    Column("row", Text, nullable=False),  # JSON: what lists show
)

search_words = Table(
    "words",
    metadata,
    Column("ticket_id", String(64), primary_key=True),
    Column("ended_at", UtcDateTime, nullable=False, index=True),
    Column("words", Text, nullable=False),  # folded, each with a space before it
)

contents = Table(
    "contents",
    metadata,
    Column("ticket_id", String(64), primary_key=True),
    Column("content", Text, nullable=False),  # JSON: ticket, entries, files, deliveries, topic
)

TICKET_TABLES = (contents, search_words, tickets)
