"""The promises behind a figure of the overview: which tickets it counted."""

from datetime import datetime

from bot.policy.policy import Policy
from store.inbox import sla_statistics
from store.inbox.sla_daily import Window
from store.inbox.sla_statistics import Promise
from store.redis_client import Client

STRETCHES = ("this", "last", "today")


def promises_behind(
    redis: Client, policy: Policy, now: datetime, stretch: str, sort: str, key: str
) -> list[Promise]:
    """The promises of `this` or `last` week, or the answers given `today`, of that sort; missed and latest first.

    `sort` is one of `kept.SORTS`, or "" for all of them.
    """
    window = Window(now, policy.calendar.zone)
    since, until = window.stretch(stretch)
    pipe = redis.pipeline(transaction=False)
    sla_statistics.ask(pipe, since if stretch == "today" else window.starts[0], window.until)
    answered, missed = pipe.execute()
    if stretch == "today":
        found = sla_statistics.answers_of_day(answered, since)
    else:
        found = [promise for promise in sla_statistics.told(answered, missed) if since <= promise.at < until]
    some = [promise for promise in found if not sort or sla_statistics.SORTS[sort](promise) == key]
    return sorted(some, key=lambda promise: (promise.is_kept, -promise.at.timestamp()))
