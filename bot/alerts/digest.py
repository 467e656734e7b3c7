"""Decides which alerts are sent alone, which are combined into a digest, and when. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.calendar.business_calendar import BusinessCalendar
from bot.messages import phrases_ticket as phrases
from bot.messages.notice import Notice
from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.policy.alert_settings import AlertSettings

GATHERED_FOR = timedelta(seconds=15)
"""Alerts within this time of a burst's first alert go into its digest."""

MAX_LINES = 20
"""Lines in a digest; it counts the rest, and the overview lists everything."""


@dataclass(frozen=True, slots=True)
class SentAlert:
    """One message that was sent to a destination: when, and whether it was a digest."""

    at: datetime
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """What to send now, alone and as a digest, and when to send the others."""

    alone: tuple[Notice, ...] = ()
    digest: tuple[Notice, ...] = ()
    again_at: datetime | None = None


def plan_digest(
    waiting: Sequence[Notice],
    told: Sequence[SentAlert],
    policy: AlertSettings,
    clock: BusinessCalendar,
    now: datetime,
) -> DigestPlan:
    """What to send to one destination now. `told` are the alerts that it got before, in order."""
    pressing = tuple(notice for notice in waiting if notice.is_pressing)
    others = tuple(notice for notice in waiting if not notice.is_pressing)
    recent = [each for each in told if clock.add(each.at, policy.digest_within) > now]
    if not others or len(recent) + len(others) <= policy.digest_over:
        return DigestPlan((*pressing, *others))
    ripe_at = _digest_due_at(others, recent, policy, clock)
    if now < ripe_at:
        return DigestPlan(pressing, again_at=ripe_at)
    if len(others) == 1:
        return DigestPlan((*pressing, *others))
    return DigestPlan(pressing, others)


def build_digest(folded: Sequence[Notice], link: str) -> Notice:
    """One message for all of these alerts."""
    first, count = folded[0], len(folded)
    lines: list[Line] = [Translatable(phrases.ALERT_DIGEST, {"count": count})]
    lines += [notice.line for notice in folded[:MAX_LINES]]
    if count > MAX_LINES:
        lines.append(Translatable(phrases.ALERT_MORE, {"count": count - MAX_LINES}))
    lines.append(Translatable(phrases.ALERT_DIGEST_HOW, {"link": link}))
    return replace(first, notice_id=f"{first.notice_id}.d", outgoing=Outgoing(tuple(lines)))


def _digest_due_at(
    others: Sequence[Notice], recent: Sequence[SentAlert], policy: AlertSettings, clock: BusinessCalendar
) -> datetime:
    """When to send the digest: once the burst has gathered, at most once per interval of the policy."""
    gathered_at = others[0].at + GATHERED_FOR
    digests = [each.at for each in recent if each.is_digest]
    return max(gathered_at, clock.add(digests[-1], policy.digest_within)) if digests else gathered_at
