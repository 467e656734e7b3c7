"""Replays past days under another policy: streams tickets from the store through `bot.sla.replay`."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archiving.archive_record import ArchiveReader
from bot.policy.policy import Policy
from bot.sla.outlook import Policies
from bot.sla.replay import Replay
from store.inbox.recent_tickets import ticket_page
from store.redis_client import Client

SLICE_SECONDS = 0.7
"""Seconds per slice, so that a page can show progress."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The result for some of the tickets; the next slice starts at `cursor`, "" at the end."""

    replay: Replay
    cursor: str
    until: datetime


class WhatIf:
    """Replays past tickets under another policy."""

    def __init__(
        self, redis: Client, shelf: ArchiveReader, policies: Policies, clock: Callable[[], datetime]
    ) -> None:
        self._redis, self._archive, self._policies, self._clock = redis, shelf, policies, clock

    def replay(self, other: Policy, days: int) -> Replay:
        """Replay all tickets opened within the last `days` × 24 hours."""
        found = self._slice(other, days, "", self._clock(), lambda: True)
        return found.replay

    def slice(self, other: Policy, days: int, cursor: str = "", until: datetime | None = None) -> Slice:
        """Replay as many as time allows, from `cursor` on; ValueError for an invalid cursor.

        `until` is that of the first slice, so that all slices cover the same period.
        """
        stops_at = time.monotonic() + SLICE_SECONDS
        return self._slice(other, days, cursor, until or self._clock(), lambda: time.monotonic() < stops_at)

    def _slice(
        self, other: Policy, days: int, cursor: str, until: datetime, has_time: Callable[[], bool]
    ) -> Slice:
        replay, since = Replay(other, until), until - timedelta(days=days)
        while True:
            page = ticket_page(self._redis, self._archive, since, until, cursor)
            for ticket in page.tickets:
                replay.take(ticket, self._policies.of(ticket))
            cursor = page.cursor
            if not cursor or not has_time():
                return Slice(replay, cursor, until)
