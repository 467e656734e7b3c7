"""The rate limits of each provider that apply to an outbox entry.

Twilio: 80 messages per second and sender. Telegram: one per second and chat, twenty per minute and group, thirty per
second in all (core.telegram.org/bots/faq).
"""

from bot.forum.topic import Urgency
from bot.messages.thread import OutboxEntry
from store.outbox.rate_limit import RateLimit

_TWILIO = RateLimit("whatsapp", 1 / 80, 2)
_TELEGRAM = RateLimit("telegram", 1 / 30, 2)
_MAIL = RateLimit("mailto", 0.5, 5)


GROUP_POSTS = 19
"""Posts per minute and group; one less than Telegram allows, because posts arrive later than they're counted."""

_KEPT_FREE = {Urgency.FIRST: 0, Urgency.SOON: 1, Urgency.LATER: 4, Urgency.LAST: 7}
"""Posts that each urgency leaves free for more urgent ones."""

_MINUTE = 62.0  # seconds


def limits_for(entry: OutboxEntry) -> list[RateLimit]:
    """The limits of an entry, narrowest first."""
    channel, name = entry.address.channel, entry.address.name
    if channel == "telegram":
        return (
            group_limits(name) if is_group(entry) else [RateLimit(f"telegram:{entry.lane}", 1.0), _TELEGRAM]
        )
    if channel == "whatsapp":
        return [_TWILIO]
    return [_MAIL]


def exhausted_limit(entry: OutboxEntry) -> RateLimit:
    """The limit that a “too many requests” for this entry is about: the group's, else the bot's or sender's.

    A private chat is never written to more than once a second, so it can only be the bot's limit.
    """
    several = limits_for(entry)
    return several[0] if is_group(entry) else several[-1]


def is_group(entry: OutboxEntry) -> bool:
    """Whether it goes to a Telegram group, which has limits of its own."""
    return entry.address.channel == "telegram" and entry.address.name.startswith("-")


def group_limits(chat: str, urgency: Urgency = Urgency.SOON, calls: int = 1) -> list[RateLimit]:
    """The limits of one call that posts in a group; `calls` is how many messages it posts."""
    most = GROUP_POSTS - _KEPT_FREE[urgency]
    minute = RateLimit(f"telegram-minute:{chat}", 0, most, within=_MINUTE, calls=calls)
    return [RateLimit(f"telegram:{chat}", 0.05, 2), minute, _TELEGRAM]


def reaction_limits(chat: str) -> list[RateLimit]:
    """The limits of a reaction, which doesn't count as a post."""
    return [RateLimit(f"telegram:{chat}", 0.05, 2), RateLimit(f"telegram-signs:{chat}", 1.0, 10), _TELEGRAM]
