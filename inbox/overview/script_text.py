"""Texts that the overview's scripts show, in addition to those in `inbox.web.script_text`."""

from inbox.web.script_text import Texts, translate_texts
from inbox.web.translation_marks import N_, N_n

OVERVIEW = {
    "open_now": N_("open"),
    "due_soon": N_("due within the hour"),
    "overdue": N_("overdue"),
    "kept_today": N_("promises kept today"),
    "none_today": N_("none yet"),
    "none_kept": N_("No promise has fallen due yet."),
    "nothing_overdue": N_("Nothing is overdue."),
    "nothing_soon": N_("Nothing falls due within the hour."),
    "no_alerts": N_("No alerts."),
    "acknowledge": N_("Acknowledge"),
    "acknowledge_all": N_("Acknowledge all %(count)s"),
    "acknowledged_by": N_("handled by %(name)s, %(time)s"),
    "missed_at": N_("missed %(time)s"),
    "nobody_has_it": N_("nobody has it"),
    "updated": N_("as of %(time)s"),
    "figure": N_("%(row)s, %(column)s: %(figure)s"),
    "th_open": N_("Open"),
    "th_due_soon": N_("Due within the hour"),
    "th_overdue": N_("Overdue"),
    "th_today": N_("Kept today"),
    "th_this": N_("This week"),
    "th_last": N_("Last week"),
    "by_channel": N_("Channel"),
    "by_language": N_("Language"),
    "by_agent": N_("Agent"),
    "nothing_open": N_("No open requests."),
    "nothing_yet": N_("No requests and no promises yet."),
    "oldest": N_("The oldest, %(number)s, has been open for %(length)s."),
    "spark": N_("Kept in the last 14 days, day by day: %(days)s"),
    "spark_none": N_("none due"),
    "was_kept": N_("kept %(time)s"),
    "was_missed": N_("missed %(time)s"),
    "of_total": N_("%(part)s of %(total)s"),
}

WHAT_IF = {
    "what_if_current": N_("the current one"),
    "what_if_broken": N_("has mistakes"),
    "what_if_nothing": N_("Nothing was promised in this time, so there’s nothing to compare."),
    "what_if_caption": N_("Promises kept, as promised and under the other policy"),
    "what_if_promise": N_("Promise"),
    "what_if_before": N_("As promised"),
    "what_if_after": N_("Under this policy"),
    "what_if_difference": N_("Difference, in points"),
    "what_if_running": N_("%(count)s not due yet"),
    "what_if_no_promise": N_("no such promise"),
    "what_if_column": N_("%(side)s: %(count)s"),
    "what_if_kept": N_("kept"),
    "what_if_missed": N_("missed"),
    "what_if_open": N_("not due yet"),
    "what_if_turned_kept": N_("Newly kept"),
    "what_if_turned_missed": N_("Newly missed"),
    "what_if_csv": N_("What if as CSV"),
    "what_if_newly_missed": N_("%(count)s more missed"),
    "what_if_newly_kept": N_("%(count)s more kept"),
    "what_if_turned": N_("Would have turned out otherwise, for example:"),
    "what_if_line": N_("Line %(line)s"),
}

PLURALS = {
    "what_if_going": N_n("%(count)s request so far…", "%(count)s requests so far…"),
    "what_if_done": N_n(
        "%(count)s request of the last %(days)s days", "%(count)s requests of the last %(days)s days"
    ),
    "what_if_no_priority": N_n(
        "This policy has no priority “%(name)s”: it promises nothing to %(count)s request.",
        "This policy has no priority “%(name)s”: it promises nothing to %(count)s requests.",
    ),
    "what_if_no_plan": N_n(
        "This policy has no plan “%(name)s”: %(count)s request counts as one without a plan.",
        "This policy has no plan “%(name)s”: %(count)s requests count as ones without a plan.",
    ),
    "all_of_group": N_n("%(count)s more", "%(count)s more"),
    "behind_left_out": N_n("%(count)s more isn’t shown.", "%(count)s more aren’t shown."),
}


def overview_texts() -> Texts:
    """All texts, in the language of this response."""
    return translate_texts(OVERVIEW | WHAT_IF, PLURALS)
