"""The tickets opened since some instant, live and ended, a page at a time: memory does not grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ticket import Ticket
from store import keys
from store.client import Client
from store.codec import load

PAGE = 100
"""Tickets asked for at once, about; the store gives a few more or less."""

_LIVE, _ENDED = "live", "ended"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the tickets, and where the next ones are; no cursor after the last page."""

    tickets: Sequence[Ticket]
    cursor: str


def page_of(redis: Client, since: datetime, until: datetime, cursor: str = "") -> Page:
    """The page at `cursor` ("" is the first); ValueError when no page of ours ended there.

    What was resolved after `until` is found among the live ones or not at all: nothing comes twice because
    it was resolved meanwhile. The store may repeat a live ticket when very many are opened meanwhile.
    """
    part, at = _read(cursor)
    if part == _LIVE:
        following, scored = redis.zscan(keys.LIVE, at, count=PAGE)
        ids = [ticket_id for ticket_id, _ in scored]
        after = f"{_LIVE}:{following}" if following else f"{_ENDED}:0"
    else:
        ids = redis.zrangebyscore(keys.ENDED, since.timestamp(), until.timestamp(), start=at, num=PAGE)
        after = f"{_ENDED}:{at + len(ids)}" if len(ids) == PAGE else ""
    return Page([t for t in _tickets(redis, ids) if since <= t.opened_at <= until], after)


def _read(cursor: str) -> tuple[str, int]:
    part, _, at = (cursor or f"{_LIVE}:0").partition(":")
    if part not in (_LIVE, _ENDED) or not at.isascii() or not at.isdecimal() or len(at) > 20:
        raise ValueError(f"no page ends at {cursor!r}")
    return part, int(at)


def _tickets(redis: Client, ids: Sequence[bytes]) -> list[Ticket]:
    raws = redis.mget([keys.ticket(ticket_id.decode()) for ticket_id in ids]) if ids else []
    return [load(Ticket, raw) for raw in raws if raw]
