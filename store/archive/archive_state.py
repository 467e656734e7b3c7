"""Progress and problems of archiving, for the doctor, the metrics and the next run."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from store import keys
from store.redis_client import Client


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """The state after all runs so far."""

    looked_at: datetime | None = None
    moved_at: datetime | None = None  # when a ticket was last archived
    moved: int = 0
    tickets: int = 0  # in the archive, when it last responded
    passed_over: int = 0  # old tickets that can't be archived yet, in this pass
    why: str = ""  # the archive doesn't respond; "" if it did
    since: datetime | None = None


class ArchiveStateStore:
    """Reads and writes the state."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def read(self) -> ArchiveState:
        """The state now."""
        raw = {
            name.decode(): value.decode() for name, value in self._redis.hgetall(keys.ARCHIVE_STATE).items()
        }
        return ArchiveState(
            looked_at=_instant(raw.get("looked_at", "")),
            moved_at=_instant(raw.get("moved_at", "")),
            moved=int(raw.get("moved", 0)),
            tickets=int(raw.get("tickets", 0)),
            passed_over=int(raw.get("passed_over", 0)),
            why=raw.get("why", ""),
            since=_instant(raw.get("since", "")),
        )

    def record_moved(self, now: datetime) -> None:
        """One ticket was archived."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.ARCHIVE_STATE, "moved_at", now.isoformat())
        pipe.hincrby(keys.ARCHIVE_STATE, "moved", 1)
        pipe.execute()

    def record_partial_run(self, now: datetime, passed_over: int) -> None:
        """This run has ended, and more tickets are left."""
        self._redis.hset(
            keys.ARCHIVE_STATE, mapping={"looked_at": now.isoformat(), "passed_over": passed_over}
        )

    def record_full_run(self, now: datetime, tickets: int) -> None:
        """The pass is complete, and the archive has responded with its number of tickets."""
        pipe = self._redis.pipeline(transaction=True)
        fields = {"looked_at": now.isoformat(), "passed_over": 0, "tickets": tickets}
        pipe.hset(keys.ARCHIVE_STATE, mapping=fields)
        pipe.hdel(keys.ARCHIVE_STATE, "why", "since")
        pipe.execute()

    def record_unavailable(self, now: datetime, why: str) -> None:
        """The archive didn't respond."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.ARCHIVE_STATE, mapping={"looked_at": now.isoformat(), "why": why})
        pipe.hsetnx(keys.ARCHIVE_STATE, "since", now.isoformat())
        pipe.execute()


def desk_id(redis: Client) -> str:
    """The id of this store for its archive: generated once, never changed."""
    redis.set(keys.DESK_ID, token_hex(8), nx=True)
    return str(redis.get(keys.DESK_ID).decode())


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
