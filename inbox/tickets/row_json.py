"""Lines of the ticket list as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.text.direction import plain_name
from inbox.web import guard
from jobs.request_context import wiring
from store.tickets.ticket_list import TicketRow

VIEWS = ("mine", "unassigned", "open", "waiting", "overdue", "solved")


def rows_json(rows: Iterable[TicketRow], *, is_archived: bool = False) -> list[dict[str, Any]]:
    """The lines in the given order, each marked unread if the customer wrote since this agent read it."""
    if is_archived:
        return [archived_json(row) for row in rows]
    marks = wiring().presence.read_marks(guard.current_agent().agent_id)
    return [row_json(row, marks) for row in rows]


def row_json(row: TicketRow, marks: Mapping[str, float]) -> dict[str, Any]:
    """One line, without empty values: there are two hundred of them."""
    line = {
        "id": row.ticket_id,
        "number": row.number,
        "channel": row.channel,
        "name": plain_name(row.contact_name),
        "company": plain_name(row.company),
        "subject": plain_name(row.subject or row.last_words),
        "locale": row.locale,
        "priority": row.priority,
        "assignee": row.assignee,
        "target": row.target,
        "due_at": iso(row.due_at),
        "warn_at": iso(row.warn_at),
        "is_on_hold": row.is_on_hold,
        "is_unread": _is_unread(row, marks),
        "is_vip": row.is_vip,
        "is_emergency": row.is_emergency,
        "is_over_quota": row.is_over_quota,
    }
    return {name: value for name, value in line.items() if value}


def archived_json(row: TicketRow) -> dict[str, Any]:
    """The line of an archived ticket: no deadlines, nothing unread."""
    return row_json(replace(row, due_at=None, warn_at=None, last_customer_at=None), {}) | {
        "is_archived": True
    }


def iso(at: datetime | None) -> str | None:
    """The time in ISO 8601."""
    return at.isoformat() if at else None


def _is_unread(row: TicketRow, marks: Mapping[str, float]) -> bool:
    wrote_at = row.last_customer_at
    return wrote_at is not None and wrote_at.timestamp() > marks.get(row.ticket_id, 0.0)
