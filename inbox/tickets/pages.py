"""The inbox page, with the first view of the list in it; scripts do the rest."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inbox.tickets import display_names, filters
from inbox.tickets.list_api import list_json
from inbox.tickets.row_json import VIEWS, iso
from inbox.tickets.ticket_json import present_agents_json, ticket_json
from inbox.web import guard
from inbox.web.locale import locale
from inbox.web.script_text import page_texts
from jobs.request_context import agents, wiring
from store.inbox.unfinished import unfinished_count
from store.tickets.filters import NO_FILTER, TicketFilter

inbox = Blueprint("inbox", __name__, url_prefix="/inbox")
guard.protect(inbox)

FIRST_ROWS = 60
"""Lines in the page itself, more than a screen shows; scripts load the rest."""


@inbox.get("/")
def page() -> ResponseReturnValue:
    """The list, with the view and filters of the URL."""
    view = request.args.get("view", "open")
    return _render_inbox(view if view in VIEWS else "open", wanted=filters.filters_from_request())


@inbox.get("/ticket/<ticket_id>")
def ticket(ticket_id: str) -> ResponseReturnValue:
    """The inbox with this ticket open, by id or number."""
    named = wiring().queries.by_number(ticket_id)
    return redirect(url_for("inbox.ticket", ticket_id=named)) if named else _render_inbox("open", ticket_id)


def initial_state(**more: Any) -> dict[str, Any]:
    """Data that every page gives its scripts."""
    agent, policy = guard.current_agent(), wiring().policy
    return {
        "me": {"id": agent.agent_id, "name": agent.name},
        "locale": locale(),
        "zone": str(policy.calendar.zone),
        "now": iso(wiring().clock()),
        "cursor": wiring().queries.changes("")[0],
        "csrf": guard.csrf_token(),
        "words": page_texts(),
        "priorities": [{"key": p.key, "label": p.label.in_(locale())} for p in policy.priorities],
        "people": [
            {"id": a.agent_id, "name": a.name, "initials": a.initials, "is_away": a.is_disabled}
            for a in agents().values()
        ],
        "targets": {key: display_names.target_name(key) for key in display_names.TARGETS},
        **more,
    }


def sidebar_context() -> dict[str, Any]:
    """Data for the sidebar on every page."""
    return {
        "me": guard.current_agent(),
        "views": display_names.view_names(),
        "group": display_names.group_status(),
        "unfinished": unfinished_count(wiring().redis, wiring().clock()),
    }


def _render_inbox(view: str, ticket_id: str = "", wanted: TicketFilter = NO_FILTER) -> str:
    start = initial_state()  # takes the cursor before reading the lists, so that no change is missed
    start["list"] = list_json(view, FIRST_ROWS, wanted)
    if ticket_id:
        found = wiring().queries.ticket(ticket_id)
        start["open"] = {"ticket": ticket_json(found), "others": present_agents_json(ticket_id)}
    return render_template(
        "inbox.html",
        start=start,
        counts=start["list"]["counts"],
        is_inbox=True,
        phones=display_names.sandbox_url(),
        **sidebar_context(),
    )
