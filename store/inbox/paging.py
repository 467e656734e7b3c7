"""One page of a view after another: whatever moves meanwhile, what stays where it was is told once. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import keys
from store.redis_client import Client

VIEWS = {
    "open": keys.LIVE,
    "unassigned": keys.UNASSIGNED,
    "waiting": keys.WAITING,
    "overdue": keys.LIVE,
    "solved": keys.ENDED,
}


@dataclass(frozen=True, slots=True)
class PageCursor:
    """Where a ticket stood in its view: behind it the next page begins."""

    score: float
    ticket_id: str


def page(
    redis: Client, view: str, after: PageCursor | None, length: int, now: datetime
) -> tuple[Sequence[str], PageCursor | None]:
    """The ids of at most `length` tickets, and the place of the last one when there are more."""
    key, is_latest_first = VIEWS[view], view == "solved"
    start = _start(redis, key, after, is_latest_first) if after else 0
    raws = redis.zrange(key, start, start + length, desc=is_latest_first, withscores=True)
    found = [PageCursor(score, ticket_id.decode()) for ticket_id, score in raws]
    if view == "overdue":
        found = [place for place in found if place.score <= now.timestamp()]
    shown = found[:length]
    return [place.ticket_id for place in shown], shown[-1] if len(found) > length else None


def _start(redis: Client, key: str, after: PageCursor, is_latest_first: bool) -> int:
    pipe = redis.pipeline(transaction=True)
    pipe.zscore(key, after.ticket_id)
    (pipe.zrevrank if is_latest_first else pipe.zrank)(key, after.ticket_id)
    score, rank = pipe.execute()
    return int(rank) + 1 if score == after.score else _where_it_stood(redis, key, after, is_latest_first)


def _where_it_stood(redis: Client, key: str, after: PageCursor, is_latest_first: bool) -> int:
    """It has moved or is gone: how many stand before the place that it had."""
    beyond = ("-inf", f"({after.score!r}") if not is_latest_first else (f"({after.score!r}", "+inf")
    beside = redis.zrangebyscore(key, after.score, after.score)
    own = after.ticket_id.encode()
    before = [each for each in beside if (each > own if is_latest_first else each < own)]
    return int(redis.zcount(key, *beyond)) + len(before)
