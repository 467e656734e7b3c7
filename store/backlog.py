"""What waits at the desk now: how many, how many late, how many without anybody, and which is oldest."""

from collections.abc import Sequence
from datetime import datetime

from bot.alerts.report import Backlog
from store import keys
from store.codec import load
from store.redis_client import Client
from store.tickets.filters import is_overdue
from store.tickets.ticket_list import Row


def backlog(redis: Client, now: datetime) -> Backlog:
    """The backlog at `now`."""
    return backlog_of(live_rows(redis), now)


def backlog_of(rows: Sequence[Row], now: datetime) -> Backlog:
    """The backlog that these live tickets are."""
    oldest = min(rows, key=lambda row: row.opened_at, default=None)
    return Backlog(
        open=len(rows),
        overdue=sum(1 for row in rows if is_overdue(row, now)),
        unassigned=sum(1 for row in rows if not row.assignee),
        oldest=oldest.number if oldest else "",
        oldest_for=now - oldest.opened_at if oldest else now - now,
    )


def live_rows(redis: Client) -> list[Row]:
    """The row of every live ticket, what falls due first on top."""
    live = redis.zrange(keys.LIVE, 0, -1)
    return [load(Row, raw) for raw in (redis.hmget(keys.ROWS, live) if live else []) if raw]
