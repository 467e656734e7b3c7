"""How promises were kept over a stretch of time: each counted once, where it was given in time or missed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from store import keys
from store.client import Client

KEPT_FOR = timedelta(days=100)
"""How long single promises are remembered for figures."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise whose fate is known, as its ticket stood then."""

    ticket_id: str
    target: str
    turn: str
    is_kept: bool
    priority: str
    channel: str
    locale: str
    agent_id: str


@dataclass(frozen=True, slots=True)
class Share:
    """So many kept of so many."""

    kept: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when all were kept."""
        return 100 * self.kept // self.total if self.total else 100


def promises(redis: Client, since: datetime, until: datetime) -> list[Promise]:
    """Every promise that was kept or missed from `since` to before `until`."""
    low, high = since.timestamp(), f"({until.timestamp()}"
    found: dict[tuple[str, str, str], Promise] = {}
    for raw in redis.zrangebyscore(keys.ANSWERED, low, high):
        ticket, target, turn, in_time, *where = raw.decode().split("|")
        if in_time == "1":
            found[ticket, target, turn] = _promise(ticket, target, turn, where, is_kept=True)
    for raw in redis.zrangebyscore(keys.ALERTS, low, high):
        ticket, target, turn, *where = raw.decode().split("|")
        found[ticket, target, turn] = _promise(ticket, target, turn, where, is_kept=False)
    return list(found.values())


def shares(some: Iterable[Promise], by: Callable[[Promise], str]) -> Mapping[str, Share]:
    """How many were kept of each sort."""
    counted: dict[str, Share] = {}
    for promise in some:
        share = counted.get(by(promise), Share())
        counted[by(promise)] = Share(share.kept + promise.is_kept, share.total + 1)
    return counted


def share(some: Iterable[Promise]) -> Share:
    """How many were kept of all."""
    return shares(some, lambda _: "").get("", Share())


def forget(redis: Client, now: datetime) -> None:
    """Let go of what no figure asks for any more."""
    oldest = (now - KEPT_FOR).timestamp()
    redis.zremrangebyscore(keys.ANSWERED, "-inf", oldest)
    redis.zremrangebyscore(keys.ALERTS, "-inf", oldest)


def _promise(ticket: str, target: str, turn: str, where: list[str], *, is_kept: bool) -> Promise:
    priority, channel, locale, agent_id = where
    return Promise(ticket, target, turn, is_kept, priority, channel, locale, agent_id)
