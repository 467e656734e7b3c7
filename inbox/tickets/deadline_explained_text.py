"""Texts that explain a deadline: reasons, durations and notes."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.calendar.durations import CountingMode, Duration
from bot.sla.explain import Reason, Stretch
from bot.sla.explain_summary import ExplanationLine, RepeatedLines
from inbox.web.locale import gettext, locale, ngettext
from inbox.web.translation_marks import N_
from store.inbox.explain import ExplainedDeadline

_REASONS = {
    Reason.OPEN: N_("desk open"),
    Reason.BEFORE_OPENING: N_("before opening"),
    Reason.MIDDAY: N_("midday break"),
    Reason.NIGHT: N_("night"),
    Reason.CLOSED_DAY: N_("desk closed"),
    Reason.HOLIDAY: N_("holiday"),
    Reason.SPECIAL_DAY: N_("closed specially"),
    Reason.ON_HOLD: N_("on hold, waiting on the customer"),
    Reason.RESOLVED: N_("solved meanwhile"),
}

_DAY = timedelta(days=1)


def line_text(line: ExplanationLine, zone: ZoneInfo) -> str:
    """Why a line was counted or skipped: “open”, or “night, weekend”."""
    is_alone = len(line.stretches) == 1
    words = [
        gettext(_REASONS[Reason.NIGHT])
        if stretch.reason is Reason.BEFORE_OPENING and not is_alone
        else _reason_text(stretch, zone)
        for stretch in line.stretches
    ]
    return ", ".join(dict.fromkeys(words))


def fold_text(fold: RepeatedLines) -> str:
    """“3 days alike”."""
    if fold.every == _DAY:
        words = ngettext("%(count)s day alike", "%(count)s days alike", fold.times)
    elif fold.every == 7 * _DAY:
        words = ngettext("%(count)s week alike", "%(count)s weeks alike", fold.times)
    else:
        words = ngettext("%(count)s time the same", "%(count)s times the same", fold.times)
    return words % {"count": fold.times}


def duration_text(allowance: Duration) -> str:
    """“4 open hours”, “2 business days”, “24 hours around the clock”."""
    if allowance.counting is CountingMode.BUSINESS_DAYS:
        return ngettext("%(count)s business day", "%(count)s business days", allowance.days) % {
            "count": allowance.days
        }
    minutes = round(allowance.length.total_seconds() / 60)
    whole, count = minutes % 60 == 0, minutes // 60 if minutes % 60 == 0 else minutes
    if allowance.counting is CountingMode.CALENDAR_TIME:
        hours = ngettext("%(count)s hour around the clock", "%(count)s hours around the clock", count)
        short = ngettext("%(count)s minute around the clock", "%(count)s minutes around the clock", count)
    else:
        hours = ngettext("%(count)s open hour", "%(count)s open hours", count)
        short = ngettext("%(count)s open minute", "%(count)s open minutes", count)
    return (hours if whole else short) % {"count": count}


def notes(told: ExplainedDeadline) -> list[str]:
    """Notes needed to follow the count."""
    return list(_notes(told))


def _notes(told: ExplainedDeadline) -> Iterator[str]:
    deadline = told.deadline
    if deadline.is_emergency:
        yield gettext("An emergency: counted around the clock.")
    if deadline.is_update:
        yield gettext("Nobody asked: this customer’s plan promises regular updates.")
    if deadline.allowance.counting is CountingMode.BUSINESS_DAYS:
        days = deadline.allowance.days
        words = ngettext(
            "The same time of day, %(count)s open day later, counted from the first open minute.",
            "The same time of day, %(count)s open days later, counted from the first open minute.",
            days,
        )
        yield words % {"count": days}
    if deadline.due_at is None:
        yield gettext("The clock stops until the customer answers.")


def _reason_text(stretch: Stretch, zone: ZoneInfo) -> str:
    """Why it was counted or skipped; holidays by name."""
    if stretch.name:
        return stretch.name.in_(locale())
    if stretch.reason is Reason.CLOSED_DAY and _is_weekend(stretch, zone):
        return gettext("weekend")
    return gettext(_REASONS[stretch.reason])


def _is_weekend(stretch: Stretch, zone: ZoneInfo) -> bool:
    last = stretch.end - timedelta(microseconds=1)
    return all(at.astimezone(zone).weekday() >= 5 for at in (stretch.start, last))
