"""What was moved to the archive, when, and what is in the way: for the doctor, the figures and the next look."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from store import keys
from store.redis_client import Client


@dataclass(frozen=True, slots=True)
class Account:
    """All looks so far."""

    looked_at: datetime | None = None
    moved_at: datetime | None = None  # when something last moved
    moved: int = 0
    tickets: int = 0  # in the archive, as it last told
    passed_over: int = 0  # tickets that ended long ago and may not leave yet, in this round of looks
    why: str = ""  # the archive does not answer; "" when it did
    since: datetime | None = None


class ArchiveAccount:
    """Reads and writes the account."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def read(self) -> Account:
        """As it stands."""
        raw = {name.decode(): value.decode() for name, value in self._redis.hgetall(keys.ARCHIVED).items()}
        return Account(
            looked_at=_instant(raw.get("looked_at", "")),
            moved_at=_instant(raw.get("moved_at", "")),
            moved=int(raw.get("moved", 0)),
            tickets=int(raw.get("tickets", 0)),
            passed_over=int(raw.get("passed_over", 0)),
            why=raw.get("why", ""),
            since=_instant(raw.get("since", "")),
        )

    def note_moved(self, now: datetime) -> None:
        """One ticket has moved."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.ARCHIVED, "moved_at", now.isoformat())
        pipe.hincrby(keys.ARCHIVED, "moved", 1)
        pipe.execute()

    def note_some(self, now: datetime, passed_over: int) -> None:
        """The look has ended, and there is more to look at."""
        self._redis.hset(keys.ARCHIVED, mapping={"looked_at": now.isoformat(), "passed_over": passed_over})

    def note_all(self, now: datetime, tickets: int) -> None:
        """All that ended long ago was looked at, and the archive answered: so many are there."""
        pipe = self._redis.pipeline(transaction=True)
        fields = {"looked_at": now.isoformat(), "passed_over": 0, "tickets": tickets}
        pipe.hset(keys.ARCHIVED, mapping=fields)
        pipe.hdel(keys.ARCHIVED, "why", "since")
        pipe.execute()

    def note_away(self, now: datetime, why: str) -> None:
        """The archive did not answer."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.ARCHIVED, mapping={"looked_at": now.isoformat(), "why": why})
        pipe.hsetnx(keys.ARCHIVED, "since", now.isoformat())
        pipe.execute()


def desk_name(redis: Client) -> str:
    """The name of this store, for its archive: made once, never changed."""
    redis.set(keys.DESK, token_hex(8), nx=True)
    return str(redis.get(keys.DESK).decode())


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
