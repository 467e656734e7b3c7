"""The funnel of requests as a table, for the overview's page and its CSV, in the manager's language."""

from collections.abc import Sequence
from typing import Any

from bot.model.intake_record import CANCELLED, KNOWN_ANSWER_HELPED, PERSON, SENT, SUMMARY
from inbox.tickets.display_names import channel_name, language_title
from inbox.web.locale import gettext, locale
from inbox.web.translation_marks import N_
from jobs.request_context import wiring
from store.inbox.intake_funnel import ALL, LEFT, STARTED, IntakeFunnel, intake_funnel
from store.inbox.sla_daily import ReportPeriod

_STEPS = {
    STARTED: N_("Started"),
    SUMMARY: N_("Summary"),
    SENT: N_("Sent"),
    PERSON: N_("Handed to a person"),
    KNOWN_ANSWER_HELPED: N_("Helped by a known answer"),
    CANCELLED: N_("Cancelled"),
    LEFT: N_("Left half-way"),
}


def funnel_table() -> dict[str, Any]:
    """The headings, and a line for each step: its name, a count for each heading, and how many left there."""
    desk = wiring()
    found = intake_funnel(desk.redis, desk.policy, ReportPeriod(desk.clock(), desk.policy.calendar.zone))
    groups = [ALL, *(group for group in found.groups if group != ALL)]
    return {
        "headings": [_group_name(*group) for group in groups],
        "lines": [
            {
                "label": _step_name(step.key),
                "counts": [step.reached.get(group, 0) for group in groups],
                "left": step.left_here,
            }
            for step in found.steps
        ],
        "is_empty": not _total(found),
    }


def funnel_lines() -> list[Sequence[object]]:
    """The same for CSV, with its heading."""
    table = funnel_table()
    heading = (gettext("Step"), *table["headings"], gettext("Left here"))
    return [heading, *((line["label"], *line["counts"], line["left"]) for line in table["lines"])]


def _total(found: IntakeFunnel) -> int:
    return found.steps[0].reached.get(ALL, 0)


def _group_name(sort: str, key: str) -> str:
    if not sort:
        return gettext("All")
    if sort == "channel":
        return channel_name(key)
    return language_title(key) if key else gettext("language unknown")


def _step_name(key: str) -> str:
    if key in _STEPS:
        return gettext(_STEPS[key])
    question = next((question for question in wiring().policy.questions if question.key == key), None)
    return question.label.in_(locale()) if question else key
