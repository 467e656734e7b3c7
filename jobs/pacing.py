"""How fast each provider may be called: the limits that one outbox entry falls under.

Twilio: 80 messages a second a sender. Telegram: one a second a chat, twenty a minute a group, thirty a second in
all (core.telegram.org/bots/faq).
"""

from bot.thread import OutboxEntry
from store.pace import Limit

_TWILIO = Limit("whatsapp", 1 / 80, 20)
_TELEGRAM = Limit("telegram", 1 / 30, 10)
_MAIL = Limit("mailto", 0.5, 5)


def limits(entry: OutboxEntry) -> list[Limit]:
    """The narrowest first: that is the one a “too many requests” speaks of."""
    channel, name = entry.address.channel, entry.address.name
    if channel == "telegram":
        is_group = name.startswith("-")
        every, burst = (3.0, 5) if is_group else (1.0, 1)
        return [Limit(f"telegram:{entry.lane}", every, burst), _TELEGRAM]
    if channel == "whatsapp":
        return [_TWILIO]
    return [_MAIL]


def silenced(entry: OutboxEntry) -> Limit:
    """The limit that a “too many requests” about this entry speaks of: a group's own, else everybody's.

    A private chat is never written to more than once a second, so it is the bot that was too fast.
    """
    several = limits(entry)
    return several[0] if entry.address.name.startswith("-") else several[-1]
