"""Why a promise falls due when it does, in words: each stretch that was counted or skipped, and the sum."""

from typing import Any

from flask import Blueprint

from bot.allowance import Allowance, Counting
from bot.explain import Explanation, Reason, Stretch
from inbox import guard
from inbox.languages import gettext, locale, ngettext
from inbox.marks import N_
from inbox.rows import iso
from inbox.wired import wiring

why = Blueprint("why", __name__, url_prefix="/inbox/api")
guard.protect(why)

REASONS = {
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

MOST = 60  # stretches shown; a promise of years would have thousands


@why.get("/tickets/<ticket_id>/why/<target>/<int:turn>")
def explain(ticket_id: str, target: str, turn: int) -> dict[str, Any]:
    """The promise, stretch by stretch."""
    told: Explanation = wiring().queries.explain(ticket_id, target, turn)
    return {
        "allowance": allowance_words(told.allowance),
        "counted_seconds": told.counted.total_seconds(),
        "stretches": [_stretch(stretch) for stretch in told.stretches[:MOST]],
    }


def allowance_words(allowance: Allowance) -> str:
    """“4 open hours”, “2 business days”, “24 hours around the clock”."""
    if allowance.counting is Counting.BUSINESS_DAYS:
        return ngettext("%(count)s business day", "%(count)s business days", allowance.days) % {
            "count": allowance.days
        }
    minutes = round(allowance.length.total_seconds() / 60)
    whole, count = minutes % 60 == 0, minutes // 60 if minutes % 60 == 0 else minutes
    if allowance.counting is Counting.CALENDAR_TIME:
        hours = ngettext("%(count)s hour around the clock", "%(count)s hours around the clock", count)
        short = ngettext("%(count)s minute around the clock", "%(count)s minutes around the clock", count)
    else:
        hours = ngettext("%(count)s open hour", "%(count)s open hours", count)
        short = ngettext("%(count)s open minute", "%(count)s open minutes", count)
    return (hours if whole else short) % {"count": count}


def _stretch(stretch: Stretch) -> dict[str, Any]:
    name = stretch.name.in_(locale()) if stretch.name else ""
    return {
        "from": iso(stretch.start),
        "to": iso(stretch.end),
        "seconds": stretch.length.total_seconds(),
        "is_counted": stretch.is_counted,
        "reason": name or gettext(REASONS[stretch.reason]),
    }
