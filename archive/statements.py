"""SQL statements that work on both SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, and_, delete, func, literal_column, or_, select

from archive.tables import TICKET_TABLES, contents, search_words, tickets


def full_tickets() -> Select[Any]:
    """Tickets with their content and search words."""
    kept = select(tickets, contents.c.content, search_words.c.words)
    kept = kept.join(contents, contents.c.ticket_id == tickets.c.ticket_id)
    return kept.join(search_words, search_words.c.ticket_id == tickets.c.ticket_id)


def search_tickets(wanted: Sequence[str], digits: str, limit: int) -> Select[Any]:
    """The latest tickets that have words starting with each of these, or that contain the digits."""
    begins = [search_words.c.words.contains(f" {word}", autoescape=True) for word in wanted]
    meant: list[ColumnElement[bool]] = [and_(*begins)] if begins else []
    if digits:
        meant.append(search_words.c.words.contains(digits, autoescape=True))
    latest = (
        select(search_words.c.ticket_id)
        .where(or_(*meant))
        .order_by(search_words.c.ended_at.desc())
        .limit(limit)
        .subquery()
    )
    return (
        select(tickets)
        .join(latest, latest.c.ticket_id == tickets.c.ticket_id)
        .order_by(tickets.c.ended_at.desc(), tickets.c.ticket_id)
    )


def opened_between(since: datetime, until: datetime, after: str, limit: int) -> Select[Any]:
    """Tickets opened in that period, in order of their ids, from after `after` on."""
    in_time = tickets.c.opened_at.between(since, until)
    return (
        full_tickets().where(in_time, tickets.c.ticket_id > after).order_by(tickets.c.ticket_id).limit(limit)
    )


def delete_tickets(which: ColumnElement[bool]) -> list[Delete]:
    """Delete those tickets with all that belongs to them, the ticket itself last."""
    chosen = select(tickets.c.ticket_id).where(which)
    return [
        delete(table).where(table.c.ticket_id.in_(chosen))
        if table is not tickets
        else delete(table).where(which)
        for table in TICKET_TABLES
    ]


def count() -> Select[int, Any]:
    """How many there are, and when the last one was archived."""
    return select(func.count(literal_column("1")), func.max(tickets.c.archived_at)).select_from(tickets)
