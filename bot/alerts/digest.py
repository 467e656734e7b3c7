"""A storm becomes a digest: which alerts go out alone, which are folded into one message, and when. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.calendar.business_calendar import BusinessCalendar
from bot.messages import phrases_ticket as phrases
from bot.messages.notice import Notice
from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.policy.alert_settings import AlertSettings

GATHERED_FOR = timedelta(seconds=15)
"""What comes within so much of the first alert of a storm is in its digest."""

MAX_LINES = 20
"""Lines of a digest; the rest is counted, and the overview lists all of it."""


@dataclass(frozen=True, slots=True)
class SentAlert:
    """One message that went to a destination: when, and whether it was a digest."""

    at: datetime
    is_digest: bool = False


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """What goes out now: some alone, some as one digest; and when the others will."""

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
    """What is told now to one destination. `told` are the alerts that it had before, in order."""
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
    """One message for all of them."""
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
    """When a storm is told: once it has gathered, and not again within the policy's length."""
    gathered_at = others[0].at + GATHERED_FOR
    digests = [each.at for each in recent if each.is_digest]
    return max(gathered_at, clock.add(digests[-1], policy.digest_within)) if digests else gathered_at
