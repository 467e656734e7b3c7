"""The overview's figures as CSV, in the manager's language."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO

from bot.text.csv_cells import escape_formula
from inbox.overview import figures_json
from inbox.overview.funnel_table import funnel_lines
from inbox.tickets.display_names import channel_name, language_title, priority_name, target_name
from inbox.tickets.filters import assignee_name
from inbox.web.locale import gettext, locale
from jobs.request_context import wiring
from store.inbox.overview import Overview
from store.tickets.ticket_list import TicketRow

Lines = Iterable[Sequence[object]]
SEMICOLON_LOCALES = ("fr", "es")
"""Where numbers have a decimal comma, spreadsheets separate cells with a semicolon."""


def section_csv(section: str, seen: Overview) -> bytes:
    """The section as CSV, in UTF-8 with a byte order mark, which spreadsheets need."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if locale() in SEMICOLON_LOCALES else ",")
    writer.writerows([escape_formula(cell) for cell in line] for line in SECTIONS[section](seen))
    return text.getvalue().encode("utf-8-sig")


def _priorities(seen: Overview) -> Lines:
    yield (
        *(gettext("Priority"), gettext("Open"), gettext("Due within the hour"), gettext("Overdue")),
        *(gettext("Kept today"), gettext("Due or met today")),
    )
    for one in figures_json.priorities(seen):
        names = ("label", "open", "due_soon", "overdue", "kept_today", "total_today")
        yield [one[name] for name in names]


def _kept(seen: Overview) -> Lines:
    days = [gettext("%(day)s, in percent") % {"day": day.isoformat()} for day in seen.window.dates]
    yield (gettext("Promise"), *_weeks_headings(), *days)
    for one in figures_json.kept_promises(seen):
        percents = [round(100 * kept / total) if total else "" for kept, total in one["days"]]
        yield (one["label"], *_weeks(one), *percents)


def _backlog(seen: Overview) -> Lines:
    yield gettext("Age"), gettext("Open")
    for one in figures_json.backlog(seen)["ages"]:
        yield one["label"], one["open"]


def _groups(seen: Overview) -> Lines:
    sorts = {"channel": gettext("Channel"), "language": gettext("Language"), "agent": gettext("Agent")}
    yield gettext("By"), gettext("Name"), gettext("Open"), gettext("Overdue"), *_weeks_headings()
    for group in figures_json.groups(seen):
        for one in group["rows"]:
            yield sorts[group["sort"]], one["label"], one["open"], one["overdue"], *_weeks(one)


def _alerts(seen: Overview) -> Lines:
    yield (
        *(gettext("Number"), gettext("Priority"), gettext("Customer"), gettext("Request")),
        *(gettext("Promise"), gettext("Missed"), gettext("Who has it")),
        *(gettext("Handled by"), gettext("Handled")),
    )
    for alert in seen.alerts:
        told = figures_json.alert_json(alert)
        yield (
            *(alert.number, priority_name(alert.priority), alert.contact_name, alert.subject),
            *(told["label"], _time(alert.missed_at), assignee_name(alert.assignee)),
            *(told["acknowledged_name"], _time(alert.acknowledged_at)),
        )


def _tickets(rows: Sequence[TicketRow]) -> Lines:
    yield (
        *(gettext("Number"), gettext("Priority"), gettext("Customer"), gettext("Company")),
        *(gettext("Request"), gettext("Channel"), gettext("Language"), gettext("Who has it")),
        *(gettext("Promise"), gettext("Due"), gettext("Opened")),
    )
    for row in rows:
        yield (
            *(row.number, priority_name(row.priority), row.contact_name, row.company, row.subject),
            *(channel_name(row.channel), language_title(row.locale), assignee_name(row.assignee)),
            *(target_name(row.target), _time(row.due_at), _time(row.opened_at)),
        )


SECTIONS: Mapping[str, Callable[[Overview], Lines]] = {
    "overdue": lambda seen: _tickets(seen.overdue),
    "due-soon": lambda seen: _tickets(seen.due_soon),
    "alerts": _alerts,
    "priorities": _priorities,
    "backlog": _backlog,
    "kept": _kept,
    "groups": _groups,
    "funnel": lambda seen: funnel_lines(),
}


def _weeks_headings() -> Sequence[str]:
    return (
        *(gettext("Kept this week"), gettext("Promised this week")),
        *(gettext("Kept last week"), gettext("Promised last week")),
    )


def _weeks(one: Mapping[str, Mapping[str, int]]) -> Sequence[int]:
    return [one[week][name] for week in ("this", "last") for name in ("kept", "total")]


def _time(at: datetime | None) -> str:
    """The time in the desk's time zone, as spreadsheets read it."""
    return at.astimezone(wiring().policy.calendar.zone).strftime("%Y-%m-%d %H:%M") if at else ""
