"""The list's filters: read from the URL, and named for the agent."""

from dataclasses import fields
from typing import Any

from flask import request

from inbox.tickets.display_names import agent_name, channel_name, language_title, priority_name
from inbox.web.locale import gettext
from inbox.web.translation_marks import N_
from store.tickets.filters import UNASSIGNED, TicketFilter

AGES = {
    "today": N_("Today"),
    "1-2": N_("1–2 days"),
    "3-7": N_("3–7 days"),
    "older": N_("Older"),
}
FILTER_NAMES = tuple(each.name for each in fields(TicketFilter))
MAX_VALUE_LENGTH = 64  # characters


def filters_from_request() -> TicketFilter:
    """The filters of this request; an impossible value matches nothing."""
    return TicketFilter(**{name: request.args.get(name, "")[:MAX_VALUE_LENGTH] for name in FILTER_NAMES})


def active_filters(chosen: TicketFilter) -> list[dict[str, Any]]:
    """The active filters, each with its name in the agent's language."""
    values = {name: getattr(chosen, name) for name in FILTER_NAMES}
    return [
        {"name": name, "value": value, "label": _label(name, value)}
        for name, value in values.items()
        if value
    ]


def age_name(age: str) -> str:
    """The name of an age range, in the agent's language."""
    return gettext(AGES[age]) if age in AGES else age


def assignee_name(agent_id: str) -> str:
    """The name of the assignee, or of having none."""
    return gettext("Nobody") if agent_id in ("", UNASSIGNED) else agent_name(agent_id)


def _label(name: str, value: str) -> str:
    match name:
        case "priority":
            return priority_name(value)
        case "channel":
            return channel_name(value)
        case "language":
            return language_title(value)
        case "agent":
            return assignee_name(value)
        case "age":
            return gettext("Opened: %(age)s") % {"age": age_name(value)}
    return gettext("Due within the hour")
