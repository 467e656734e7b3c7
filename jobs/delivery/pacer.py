"""Lets messages pass as the rate limits allow: agents' replies first, then in the order in which they came."""

import heapq
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.messages.thread import Author, OutboxEntry
from store.outbox import rate_limit
from store.outbox.rate_limit import RateLimit
from store.redis_client import Client

SEND_PATIENCE = timedelta(seconds=2)
"""How long a message waits in its thread; for longer, it leaves the thread to others."""


@dataclass(order=True)
class _Place:
    """A place in the line of a channel."""

    is_automatic: bool
    number: int
    is_first: threading.Event = field(default_factory=threading.Event, compare=False)


class _Line:
    """Threads that wait for the rate limits of one channel; only the first one asks the store."""

    def __init__(self) -> None:
        self._lock, self._places, self._numbers = threading.Lock(), list[_Place](), count()

    @contextmanager
    def place(self, *, is_automatic: bool) -> Iterator[_Place]:
        """A place in the line, until the end of the block."""
        with self._lock:
            mine = _Place(is_automatic, next(self._numbers))
            heapq.heappush(self._places, mine)
            self._places[0].is_first.set()
        try:
            yield mine
        finally:
            with self._lock:
                self._places.remove(mine)
                heapq.heapify(self._places)
                if self._places:
                    self._places[0].is_first.set()

    def let_pass(self, mine: _Place) -> None:
        """If a more urgent message has come meanwhile, it's that one's turn."""
        with self._lock:
            if self._places[0] is not mine:
                mine.is_first.clear()


class Pacer:
    """Takes one call from the rate limits of each message."""

    def __init__(
        self,
        redis: Client,
        limits: Callable[[OutboxEntry], list[RateLimit]],
        patience: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._limits, self._patience, self._clock = redis, limits, patience, clock
        self._lines: dict[str, _Line] = {}

    def acquire(self, entry: OutboxEntry) -> timedelta:
        """Zero once the message may be sent; how long it has to wait if that's longer than our patience.

        It's also sent back if a limit of its own chat binds, because the others needn't wait for that.
        """
        limits = self._limits(entry)
        line = self._lines.setdefault(entry.address.channel, _Line())
        with line.place(is_automatic=entry.author is not Author.AGENT) as mine:
            while True:
                mine.is_first.wait()
                taken = rate_limit.try_to_acquire(self._redis, limits, self._clock())
                if not taken.wait or taken.wait > self._patience or taken.limit != limits[-1]:
                    return taken.wait
                time.sleep(taken.wait.total_seconds())
                line.let_pass(mine)
