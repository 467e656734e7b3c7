"""How fast each provider may be called: the limits that one outbox entry falls under.

Twilio: 80 messages a second a sender. Telegram: one a second a chat, twenty a minute a group, thirty a second in
all (core.telegram.org/bots/faq).
"""

from bot.forum.topic import Urgency
from bot.messages.thread import OutboxEntry
from store.outbox.rate_limit import RateLimit

_TWILIO = RateLimit("whatsapp", 1 / 80, 20)
_TELEGRAM = RateLimit("telegram", 1 / 30, 10)
_MAIL = RateLimit("mailto", 0.5, 5)


GROUP_POSTS = 19
"""Posts in any minute of a group; one less than Telegram's twenty, as posts arrive later than they are counted."""

_KEPT_FREE = {Urgency.FIRST: 0, Urgency.SOON: 1, Urgency.LATER: 4, Urgency.LAST: 7}
"""What each urgency leaves to those before it."""

_MINUTE = 62.0  # seconds


def limits_for(entry: OutboxEntry) -> list[RateLimit]:
    """The narrowest first: that is the one a “too many requests” speaks of."""
    channel, name = entry.address.channel, entry.address.name
    if channel == "telegram":
        return (
            group_limits(name)
            if name.startswith("-")
            else [RateLimit(f"telegram:{entry.lane}", 1.0), _TELEGRAM]
        )
    if channel == "whatsapp":
        return [_TWILIO]
    return [_MAIL]


def exhausted_limit(entry: OutboxEntry) -> RateLimit:
    """The limit that a “too many requests” about this entry speaks of: a group's own, else everybody's.

    A private chat is never written to more than once a second, so it is the bot that was too fast.
    """
    several = limits_for(entry)
    return several[0] if entry.address.name.startswith("-") else several[-1]


def group_limits(chat: str, urgency: Urgency = Urgency.SOON, calls: int = 1) -> list[RateLimit]:
    """For one call that shows something in a group; `calls` is how many messages it makes."""
    most = GROUP_POSTS - _KEPT_FREE[urgency]
    minute = RateLimit(f"telegram-minute:{chat}", 0, most, within=_MINUTE, calls=calls)
    return [RateLimit(f"telegram:{chat}", 0.05, 2), minute, _TELEGRAM]


def reaction_limits(chat: str) -> list[RateLimit]:
    """For a reaction, which is no post."""
    return [RateLimit(f"telegram:{chat}", 0.05, 2), RateLimit(f"telegram-signs:{chat}", 1.0, 10), _TELEGRAM]
