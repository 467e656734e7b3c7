"""Text of the managers' daily and weekly report: deadlines met, open work, the oldest ticket. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.messages import phrases_ticket as phrases
from bot.messages.inbound import CHANNEL_NAMES
from bot.messages.localized import LocalizedText
from bot.messages.outgoing import Line, Outgoing, Param, TimeSpan, Timestamp, Translatable
from bot.notifications.ticket_status import priority_label
from bot.policy.policy import Policy

KeptOfTotal = tuple[int, int]
"""How many were met, of how many."""

MAX_ITEMS = 6


@dataclass(frozen=True)
class SlaResults:
    """Deadlines of one period: all, and by priority, channel, language and agent."""

    all: KeptOfTotal = (0, 0)
    by_priority: Mapping[str, KeptOfTotal] = field(default_factory=dict)
    by_channel: Mapping[str, KeptOfTotal] = field(default_factory=dict)
    by_language: Mapping[str, KeptOfTotal] = field(default_factory=dict)
    by_agent: Mapping[str, KeptOfTotal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is open now. `oldest` is the number of the oldest open ticket."""

    open: int = 0
    overdue: int = 0
    unassigned: int = 0
    oldest: str = ""
    oldest_for: timedelta = timedelta()


def build_report(
    policy: Policy,
    since: datetime,
    kept: SlaResults,
    before: SlaResults,
    backlog: Backlog,
    names: Mapping[str, str],
    link: str,
) -> Outgoing:
    """The report. `before` is the previous period of the same length; `names` are agents' names."""
    title: LocalizedText = policy.title
    lines: list[Line] = [Translatable(phrases.REPORT_TITLE, {"title": title, "since": Timestamp(since)})]
    lines.append(_all(kept.all, before.all))
    lines += _by(policy, kept, names) if kept.all[1] else []
    lines += _backlog(backlog)
    return Outgoing((*lines, Translatable(phrases.REPORT_LINK, {"link": link})))


def _all(now: KeptOfTotal, before: KeptOfTotal) -> Translatable:
    if not now[1]:
        return Translatable(phrases.REPORT_NOTHING)
    counted: dict[str, Param] = {"kept": now[0], "count": now[1], "share": percent(now)}
    if not before[1]:
        return Translatable(phrases.REPORT_KEPT, counted)
    return Translatable(phrases.REPORT_KEPT_BEFORE, {**counted, "before": percent(before)})


def percent(counted: KeptOfTotal) -> int:
    """Whole percent; 100 only if all were met."""
    return 100 * counted[0] // counted[1] if counted[1] else 100


def _by(policy: Policy, kept: SlaResults, names: Mapping[str, str]) -> list[Line]:
    priorities = [p.key for p in reversed(policy.priorities)]
    urgent_first = sorted(
        kept.by_priority, key=lambda key: priorities.index(key) if key in priorities else 99
    )
    nobody = Translatable(phrases.REPORT_NOBODY)
    sorts = (
        (
            phrases.REPORT_BY_PRIORITY,
            [(priority_label(policy, k), kept.by_priority[k]) for k in urgent_first],
        ),
        (phrases.REPORT_BY_CHANNEL, [(CHANNEL_NAMES.get(k, k), n) for k, n in _largest(kept.by_channel)]),
        (phrases.REPORT_BY_LANGUAGE, [(k.upper() or "–", n) for k, n in _largest(kept.by_language)]),
        (phrases.REPORT_BY_AGENT, [(names.get(k, k) or nobody, n) for k, n in _largest(kept.by_agent)]),
    )
    return [Translatable(phrase, {"list": _listed(items)}) for phrase, items in sorts if items]


def _largest(counted: Mapping[str, KeptOfTotal]) -> Sequence[tuple[str, KeptOfTotal]]:
    return sorted(counted.items(), key=lambda item: -item[1][1])[:MAX_ITEMS]


def _listed(items: Sequence[tuple[LocalizedText | str | Translatable, KeptOfTotal]]) -> Translatable:
    """“Urgent 3/4 · High 5/5”, with names in the recipient's language."""
    (name, (kept, total)), *rest = items
    item = Translatable(phrases.REPORT_ITEM, {"name": name, "kept": kept, "total": total})
    return Translatable(phrases.REPORT_ITEMS, {"first": item, "rest": _listed(rest)}) if rest else item


def _backlog(backlog: Backlog) -> list[Line]:
    if not backlog.open:
        return [Translatable(phrases.REPORT_NO_BACKLOG)]
    counted = {"count": backlog.open, "overdue": backlog.overdue, "unassigned": backlog.unassigned}
    lines: list[Line] = [Translatable(phrases.REPORT_BACKLOG, dict(counted))]
    if backlog.oldest:
        age = TimeSpan(backlog.oldest_for)
        lines.append(Translatable(phrases.REPORT_OLDEST, {"number": backlog.oldest, "length": age}))
    return lines
