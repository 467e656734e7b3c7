"""The managers' page: overdue tickets, next deadlines, the backlog, and targets met."""

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from inbox.overview import figures_csv
from inbox.overview.figures_json import overview_json
from inbox.overview.funnel_table import funnel_table
from inbox.overview.script_text import overview_texts
from inbox.tickets.display_names import target_name
from inbox.tickets.pages import initial_state, sidebar_context
from inbox.tickets.row_json import iso
from inbox.web import guard
from inbox.web.json_body import JsonBody
from inbox.web.script_text import page_texts
from jobs.request_context import wiring
from store.inbox.sla_daily import PERIODS, results_behind
from store.inbox.sla_statistics import DIMENSIONS
from store.tickets.filters import UNASSIGNED

overview = Blueprint("overview", __name__, url_prefix="/overview")
guard.protect(overview, is_for_managers=True)

MOST_BEHIND = 200
MOST_ALERTS = 5_000  # in a CSV file


@overview.get("/")
def page() -> str:
    """The page, with the current figures in it."""
    start = initial_state(overview=_now_json(), words=page_texts() | overview_texts())
    return render_template(
        "overview.html",
        start=start,
        counts=start["overview"]["counts"],
        funnel=funnel_table(),
        **sidebar_context(),
    )


@overview.get("/api/now")
def now() -> dict[str, Any]:
    """The current figures."""
    return _now_json()


@overview.get("/api/<section>.csv")
def table(section: str) -> ResponseReturnValue:
    """The figures of one section as a CSV file."""
    if section not in figures_csv.SECTIONS:
        abort(404)
    at = wiring().clock()
    response = make_response(figures_csv.section_csv(section, wiring().queries.overview(at, MOST_ALERTS)))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    day = at.astimezone(wiring().policy.calendar.zone).date()
    response.headers["Content-Disposition"] = f'attachment; filename="guichet-{section}-{day}.csv"'
    return response


@overview.get("/api/promises")
def promises() -> dict[str, Any]:
    """The deadlines behind a figure: those in a period (`stretch`), with a key of a dimension (`sort`)."""
    stretch, sort, key = (request.args.get(name, "")[:64] for name in ("stretch", "sort", "key"))
    if stretch not in PERIODS or (sort and sort not in DIMENSIONS):
        abort(400)
    desk = wiring()
    key = "" if (sort, key) == ("agent", UNASSIGNED) else key
    found = results_behind(desk.redis, desk.policy, desk.clock(), stretch, sort, key)
    some = found[:MOST_BEHIND]
    rows = {
        row.ticket_id: row for row in desk.queries.rows_with_archived(list({each.ticket_id for each in some}))
    }
    lines = [
        {
            "ticket": each.ticket_id,
            "number": row.number,
            "name": row.contact_name,
            "subject": row.subject or row.last_words,
            "label": target_name(each.target),
            "is_kept": each.is_kept,
            "at": iso(each.at),
        }
        for each in some
        if (row := rows.get(each.ticket_id))
    ]
    return {"promises": lines, "left_out": len(found) - len(lines)}


@overview.post("/api/acknowledge")
def acknowledge() -> dict[str, Any]:
    """Acknowledge a missed target."""
    body = JsonBody()
    ticket_id, target, turn = body.text("ticket", 64), body.text("target", 32), body.text("turn", 8)
    if not ticket_id or not target or not turn:
        abort(400)
    agent_id = guard.current_agent().agent_id
    wiring().desk.act(ticket_id, "acknowledge", agent_id, target=target, turn=turn)
    return _now_json()


def _now_json() -> dict[str, Any]:
    at = wiring().clock()
    counts = wiring().queries.counts(guard.current_agent().agent_id)
    return {"at": iso(at), "counts": counts, **overview_json(wiring().queries.overview(at))}
