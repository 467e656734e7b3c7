"""Why a deadline is when it is, as JSON: each period that was counted or skipped, and the sum.

`lines` is what the page shows, in the agent's language; `stretches` is the same for a program.
"""

from typing import Any

from flask import Blueprint, abort, request

from bot.sla.explain_summary import RepeatedLines, SummaryItem, summarise
from inbox.tickets.deadline_explained_text import duration_text, fold_text, line_text, notes
from inbox.tickets.display_names import label_of, target_name
from inbox.tickets.row_json import iso
from inbox.web import guard
from inbox.web.locale import locale
from jobs.request_context import wiring
from store.inbox.explain import ExplainedDeadline

deadline_explained = Blueprint("why", __name__, url_prefix="/inbox/api")
guard.protect(deadline_explained)

MAX_LINES = 400
"""Periods and lines sent; a deadline years away would have thousands. The sums are right in any case."""


@deadline_explained.get("/tickets/<ticket_id>/explain")
def explain(ticket_id: str) -> dict[str, Any]:
    """The deadline for `target` in `turn` (1 by default), period by period; 404 if there's no such deadline."""
    target, turn = request.args.get("target", ""), request.args.get("turn", "1")
    if not turn.isascii() or not turn.isdecimal() or len(turn) > 9:
        abort(400)
    return explained_json(wiring().queries.explain(ticket_id, target, int(turn)))


def explained_json(told: ExplainedDeadline) -> dict[str, Any]:
    """The whole explanation of one deadline."""
    deadline, explanation = told.deadline, told.explanation
    zone = told.policy.calendar.zone
    lines = summarise(explanation.stretches, zone)
    story = explanation.to_json()
    return {
        "target": deadline.target,
        "turn": deadline.turn,
        "label": target_name(deadline.kind),
        "priority": label_of(told.policy.priorities, told.ticket.priority),
        "promised": duration_text(deadline.allowance),
        "standing": deadline.status_at(told.now).value,
        "zone": str(zone),
        "policy": {"title": told.policy.title.in_(locale()), "version": told.policy.version},
        "started_at": iso(deadline.started_at),
        "due_at": iso(deadline.due_at),
        "met_at": iso(deadline.met_at),
        "is_emergency": deadline.is_emergency,
        "used_seconds": explanation.used(deadline.met_at or deadline.stopped_at or told.now).total_seconds(),
        "notes": notes(told),
        "lines": [_line(line, told) for line in lines[:MAX_LINES]],
        "left_out": max(0, len(lines) - MAX_LINES, len(explanation.stretches) - MAX_LINES),
        **story,
        "stretches": story["stretches"][:MAX_LINES],
    }


def _line(line: SummaryItem, told: ExplainedDeadline) -> dict[str, Any]:
    shown = {
        "from": iso(line.start),
        "to": iso(line.end),
        "seconds": (line.end - line.start).total_seconds(),
        "counted_seconds": line.counted.total_seconds(),
    }
    if isinstance(line, RepeatedLines):
        return shown | {"words": fold_text(line), "lines": [_line(each, told) for each in line.lines]}
    tone = "counted" if line.is_counted else line.stretches[0].reason.value
    return shown | {"words": line_text(line, told.policy.calendar.zone), "tone": tone}
