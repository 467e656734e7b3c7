"""What waits at the desk now: how many, how many late, how many without anybody, and which is oldest."""

from datetime import datetime

from bot.report import Backlog
from store import keys
from store.client import Client
from store.codec import load
from store.rows import Row


def backlog(redis: Client, now: datetime) -> Backlog:
    """The backlog at `now`."""
    live = redis.zrange(keys.LIVE, 0, -1)
    rows = [load(Row, raw) for raw in (redis.hmget(keys.ROWS, live) if live else []) if raw]
    oldest = min(rows, key=lambda row: row.opened_at, default=None)
    return Backlog(
        open=len(rows),
        overdue=sum(1 for row in rows if row.due_at and row.due_at < now),
        unassigned=sum(1 for row in rows if not row.assignee),
        oldest=oldest.number if oldest else "",
        oldest_for=now - oldest.opened_at if oldest else now - now,
    )
