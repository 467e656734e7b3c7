"""The managers' page: what is overdue and who has it, what falls due next, how promises were kept today."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template

from bot.policy_types import TARGETS
from inbox import guard
from inbox.bodies import Body
from inbox.names import agents, priority_name, target_name
from inbox.pages import rail, start_json
from inbox.rows import iso, row_json
from inbox.wired import wiring
from store.kept import Share
from store.overview import Alert, Figures, Overview

overview = Blueprint("overview", __name__, url_prefix="/overview")
guard.protect(overview, is_for_managers=True)


@overview.get("/")
def page() -> str:
    """The page, with today's figures already in it."""
    start = start_json(overview=_now_json())
    return render_template("overview.html", start=start, counts=start["overview"]["counts"], **rail())


@overview.get("/api/now")
def now() -> dict[str, Any]:
    """The figures as they are now."""
    return _now_json()


@overview.post("/api/acknowledge")
def acknowledge() -> dict[str, Any]:
    """This manager has seen to a missed promise."""
    body = Body()
    ticket_id, target, turn = body.text("ticket", 64), body.text("target", 32), body.text("turn", 8)
    if not ticket_id or not target or not turn:
        abort(400)
    wiring().desk.acknowledge(ticket_id, target, turn, guard.me().agent_id)
    return _now_json()


def _now_json() -> dict[str, Any]:
    at = wiring().clock()
    seen: Overview = wiring().queries.overview(at)
    return {
        "at": iso(at),
        "counts": wiring().queries.counts(guard.me().agent_id),
        "priorities": _figures(seen.by_priority),
        "overdue": [row_json(row, {}) for row in seen.overdue],
        "due_soon": [row_json(row, {}) for row in seen.due_soon],
        "kept": _kept(seen),
        "alerts": [_alert(alert) for alert in seen.alerts],
    }


def _figures(by_priority: Mapping[str, Figures]) -> list[dict[str, Any]]:
    """A line for each priority, the most urgent first; also for one that has no ticket just now."""
    known = [priority.key for priority in wiring().policy.priorities]
    keys = [*known, *(key for key in by_priority if key not in known)]
    return [_line(key, by_priority.get(key)) for key in reversed(keys)]


def _line(key: str, figures: Figures | None) -> dict[str, Any]:
    counted = ("open", "due_soon", "overdue", "answered_in_time", "answered")
    numbers = {name: getattr(figures, name) if figures else 0 for name in counted}
    return {"key": key, "label": priority_name(key), **numbers}


def _kept(seen: Overview) -> list[dict[str, Any]]:
    """A line for each target and each priority of which a promise was kept or missed, this week or last."""
    priorities = [priority.key for priority in reversed(wiring().policy.priorities)]
    sorts = (
        ("target", TARGETS, seen.kept_by_target, target_name),
        ("priority", priorities, seen.kept_by_priority, priority_name),
    )
    return [
        {"sort": sort, "label": name(key), "this": _share(weeks.this), "last": _share(weeks.last)}
        for sort, order, found, name in sorts
        for key in sorted(found, key=lambda key: order.index(key) if key in order else len(order))
        if (weeks := found[key])
    ]


def _share(share: Share) -> dict[str, int]:
    return {"kept": share.kept, "total": share.total}


def _alert(alert: Alert) -> dict[str, Any]:
    by, assignee = agents().get(alert.acknowledged_by), agents().get(alert.assignee)
    return {
        "id": f"{alert.ticket_id}|{alert.target}|{alert.turn}",
        "ticket": alert.ticket_id,
        "number": alert.number,
        "name": alert.contact_name,
        "subject": alert.subject,
        "priority": alert.priority,
        "assignee_name": assignee.name if assignee else "",
        "target": alert.target,
        "turn": str(alert.turn),
        "label": target_name(alert.target),
        "missed_at": iso(alert.missed_at),
        "acknowledged_name": by.name if by else alert.acknowledged_name,
        "acknowledged_at": iso(alert.acknowledged_at),
    }
