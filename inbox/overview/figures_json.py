"""The overview's figures as JSON, in the manager's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.policy.field_types import TARGETS
from inbox.tickets.display_names import channel_name, language_title, priority_name, target_name
from inbox.tickets.filters import age_name, assignee_name
from inbox.tickets.row_json import iso, row_json
from jobs.request_context import agents, wiring
from store.alerts.missed_targets import MissedTarget
from store.inbox.overview import GROUPS, Overview, TicketCounts
from store.inbox.sla_daily import WeeklySla
from store.inbox.sla_statistics import SlaRate
from store.tickets.filters import UNASSIGNED

ROWS_SHOWN = 50
"""Lines shown of overdue and due tickets, to keep the page light."""
LABEL_FUNCTIONS: Mapping[str, Callable[[str], str]] = {
    "target": target_name,
    "priority": priority_name,
    "channel": channel_name,
    "language": language_title,
    "agent": assignee_name,
}


def overview_json(seen: Overview) -> dict[str, Any]:
    """All sections of the page."""
    return {
        "priorities": priorities(seen),
        "today": today(seen),
        "overdue": [row_json(row, {}) for row in seen.overdue[:ROWS_SHOWN]],
        "due_soon": [row_json(row, {}) for row in seen.due_soon[:ROWS_SHOWN]],
        "kept": kept_promises(seen),
        "alerts": [alert_json(alert) for alert in seen.alerts],
        "backlog": backlog(seen),
        "groups": groups(seen),
    }


def priorities(seen: Overview) -> list[dict[str, Any]]:
    """A line for each priority, most urgent first, even without tickets."""
    known = [priority.key for priority in wiring().policy.priorities]
    keys = [*known, *(key for key in seen.by_priority if key not in known)]
    counted = ("open", "due_soon", "overdue", "kept_today", "total_today")
    found = {key: seen.by_priority.get(key, TicketCounts()) for key in reversed(keys)}
    return [
        {"key": key, "label": priority_name(key), **{name: getattr(figures, name) for name in counted}}
        for key, figures in found.items()
    ]


def today(seen: Overview) -> list[dict[str, Any]]:
    """A line for each target that was met or fell due today, or is still owed."""
    return [
        {"key": target, "label": target_name(target), **_share(seen.today[target])}
        for target in TARGETS
        if target in seen.today
    ]


def kept_promises(seen: Overview) -> list[dict[str, Any]]:
    """A line for each target and priority with a result this week or last."""
    order = {"target": TARGETS, "priority": [each.key for each in reversed(wiring().policy.priorities)]}
    return [
        {"sort": sort, "key": key, "label": LABEL_FUNCTIONS[sort](key), **_weeks(found), "days": _days(found)}
        for sort, known in order.items()
        for key, found in sorted(
            seen.kept.get(sort, {}).items(), key=lambda item: _sort_index(item[0], known)
        )
    ]


def backlog(seen: Overview) -> dict[str, Any]:
    """Tickets waiting, by age, and the oldest of them."""
    return {
        "ages": [{"key": age, "label": age_name(age), "open": count} for age, count in seen.by_age.items()],
        "oldest": seen.backlog.oldest,
        "oldest_opened_at": iso(seen.window.now - seen.backlog.oldest_for) if seen.backlog.oldest else None,
    }


def groups(seen: Overview) -> list[dict[str, Any]]:
    """A line for each channel, language and agent with open tickets, or with results since last Monday."""
    return [{"sort": sort, "rows": sorted(_group(seen, sort), key=_largest_first)} for sort in GROUPS]


def alert_json(alert: MissedTarget) -> dict[str, Any]:
    """A missed target, and who acknowledged it."""
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


def _group(seen: Overview, sort: str) -> list[dict[str, Any]]:
    figures, weeks = seen.by_group[sort], seen.kept.get(sort, {})
    return [
        {
            "key": key or UNASSIGNED,
            "label": LABEL_FUNCTIONS[sort](key),
            "open": figures[key].open if key in figures else 0,
            "overdue": figures[key].overdue if key in figures else 0,
            **_weeks(weeks.get(key, WeeklySla())),
        }
        for key in {**figures, **weeks}
    ]


def _largest_first(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    return row["key"] == UNASSIGNED, -row["open"], -row["this"]["total"], row["label"]


def _sort_index(key: str, known: Sequence[str]) -> int:
    return known.index(key) if key in known else len(known)


def _weeks(weeks: WeeklySla) -> dict[str, Any]:
    return {"this": _share(weeks.this), "last": _share(weeks.last)}


def _days(weeks: WeeklySla) -> list[list[int]]:
    return [[day.kept, day.total] for day in weeks.days]


def _share(share: SlaRate) -> dict[str, int]:
    return {"kept": share.kept, "total": share.total}
