"""Pages of a view. A ticket that keeps its place is on exactly one page, whatever else moves meanwhile. Reads only."""

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
    """The position of a ticket in its view; the next page begins after it."""

    score: float
    ticket_id: str


def page(
    redis: Client, view: str, after: PageCursor | None, length: int, now: datetime
) -> tuple[Sequence[str], PageCursor | None]:
    """The ids of at most `length` tickets, and the position of the last one if there are more."""
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
    """The ticket has moved or is gone: how many are before its old position."""
    beyond = ("-inf", f"({after.score!r}") if not is_latest_first else (f"({after.score!r}", "+inf")
    beside = redis.zrangebyscore(key, after.score, after.score)
    own = after.ticket_id.encode()
    before = [each for each in beside if (each > own if is_latest_first else each < own)]
    return int(redis.zcount(key, *beyond)) + len(before)
