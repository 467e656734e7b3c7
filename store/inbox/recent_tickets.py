"""Pages of all tickets opened since a given time: live, ended and archived. Only a page is in memory at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.archiving.archive_record import ArchiveReader
from bot.model.ticket import Ticket
from store import keys
from store.archive.serialise import deserialise
from store.codec import load
from store.redis_client import Client

PAGE_SIZE = 100
"""Approximate number of tickets on a page."""

_LIVE, _ENDED, _ARCHIVED = "live", "ended", "archived"
_CURSOR = re.compile(rf"(?:{_LIVE}|{_ENDED}):[0-9]{{1,20}}|{_ARCHIVED}:(?:[0-9a-f]{{20}}-[0-9]{{1,9}})?")


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Some of the tickets, and the cursor of the next page, "" after the last."""

    tickets: Sequence[Ticket]
    cursor: str


def ticket_page(
    redis: Client, shelf: ArchiveReader, since: datetime, until: datetime, cursor: str = ""
) -> TicketPage:
    """The page at `cursor` ("" is the first); ValueError if the cursor isn't ours, ArchiveUnavailable.

    Tickets resolved after `until` are found among the live ones or not at all, so a ticket isn't returned twice because
    it was resolved or archived meanwhile. Redis may return a live ticket twice when very many
    are opened meanwhile.
    """
    part, at = _read(cursor)
    if part == _ARCHIVED:
        return _archived_page(redis, shelf, since, until, at)
    if part == _LIVE:
        following, scored = redis.zscan(keys.LIVE, int(at), count=PAGE_SIZE)
        ids = [ticket_id for ticket_id, _ in scored]
        after = f"{_LIVE}:{following}" if following else f"{_ENDED}:0"
    else:  # latest first: tickets archived meanwhile are at the other end
        ids = redis.zrevrangebyscore(
            keys.ENDED, until.timestamp(), since.timestamp(), start=int(at), num=PAGE_SIZE
        )
        after = f"{_ENDED}:{int(at) + len(ids)}" if len(ids) == PAGE_SIZE else f"{_ARCHIVED}:"
    return TicketPage([t for t in _tickets(redis, ids) if since <= t.opened_at <= until], after)


def _archived_page(
    redis: Client, shelf: ArchiveReader, since: datetime, until: datetime, after: str
) -> TicketPage:
    """Tickets that were archived by `until` and haven't been restored."""
    found = shelf.opened(since, until, after, PAGE_SIZE)
    here = redis.hmget(keys.TICKET_ROWS, [each.ticket_id for each in found]) if found else []
    tickets = [
        deserialise(each).load_ticket()
        for each, live in zip(found, here, strict=True)
        if live is None and each.archived_at <= until
    ]
    return TicketPage(tickets, f"{_ARCHIVED}:{found[-1].ticket_id}" if len(found) == PAGE_SIZE else "")


def _read(cursor: str) -> tuple[str, str]:
    if not _CURSOR.fullmatch(cursor or f"{_LIVE}:0"):
        raise ValueError(f"no page ends at {cursor!r}")
    part, _, at = (cursor or f"{_LIVE}:0").partition(":")
    return part, at


def _tickets(redis: Client, ids: Sequence[bytes]) -> list[Ticket]:
    raws = redis.mget([keys.ticket(ticket_id.decode()) for ticket_id in ids]) if ids else []
    return [load(Ticket, raw) for raw in raws if raw]
