"""The inbox's JSON for reading. `inbox.tickets.actions` is for changes."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request

from bot.messages.errors import ArchiveUnavailable
from inbox.tickets import filters
from inbox.tickets.row_json import VIEWS, rows_json
from inbox.tickets.ticket_json import present_agents_json, ticket_json
from inbox.web import guard
from jobs.request_context import wiring
from store.tickets.filters import NO_FILTER, TicketFilter
from store.tickets.ticket_list import TicketRow

api = Blueprint("api", __name__, url_prefix="/inbox/api")
guard.protect(api)

LIST_LENGTH = 200
ARCHIVED_LENGTH = 50
_CURSOR = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")


@api.get("/tickets")
def tickets() -> dict[str, Any]:
    """One view of the list, next deadline first, and the count of each view."""
    view = request.args.get("view", "open")
    if view not in VIEWS:
        abort(400)
    return list_json(view, wanted=filters.filters_from_request())


@api.get("/search")
def search() -> dict[str, Any]:
    """Search tickets by number, name, phone or words."""
    text = request.args.get("q", "")[:200].strip()
    return _shown(wiring().queries.search(text, LIST_LENGTH + 1) if text else [], LIST_LENGTH)


@api.get("/search/archive")
def search_archive() -> dict[str, Any]:
    """Search archived tickets; separate, so that live ones show even if the archive is down."""
    text = request.args.get("q", "")[:200].strip()
    try:
        found = wiring().queries.search_archived(text, ARCHIVED_LENGTH + 1) if text else []
    except ArchiveUnavailable:
        return {"rows": [], "is_cut": False, "is_away": True}
    return {**_shown(found, ARCHIVED_LENGTH, is_archived=True), "is_away": False}


@api.get("/tickets/<ticket_id>")
def ticket(ticket_id: str) -> dict[str, Any]:
    """A ticket with its thread."""
    return {
        "ticket": ticket_json(wiring().queries.ticket(ticket_id)),
        "others": present_agents_json(ticket_id),
    }


@api.get("/changes")
def changes() -> dict[str, Any]:
    """Tickets changed since the cursor, and who else has this one open; polled every second."""
    since = request.args.get("since", "")
    cursor, changed = wiring().queries.changes(since if _CURSOR.fullmatch(since) else "")
    open_ticket = request.args.get("ticket", "")
    return {
        "cursor": cursor,
        "tickets": list(changed),
        "others": present_agents_json(open_ticket) if open_ticket else [],
        "draft": wiring().drafts.find(guard.current_agent().agent_id, open_ticket).version
        if open_ticket
        else 0,
    }


def list_json(view: str, length: int = LIST_LENGTH, wanted: TicketFilter = NO_FILTER) -> dict[str, Any]:
    """The list as JSON."""
    queries, agent_id = wiring().queries, guard.current_agent().agent_id
    return {
        "view": view,
        **_shown(queries.rows(view, agent_id, length + 1, wanted), length),
        "filters": filters.active_filters(wanted),
        "counts": dict(queries.counts(agent_id)),
    }


def _shown(found: Sequence[TicketRow], length: int, *, is_archived: bool = False) -> dict[str, Any]:
    """The first rows, and whether there are more."""
    return {"rows": rows_json(found[:length], is_archived=is_archived), "is_cut": len(found) > length}
