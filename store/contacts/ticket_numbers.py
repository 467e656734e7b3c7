"""Ticket numbers. Each process reserves a few at a time, so that a message costs no extra round trip."""

from collections import deque
from threading import Lock

from bot.messages.ids import ticket_number
from store import keys
from store.redis_client import Client

BATCH_SIZE = 16
"""Numbers reserved at once; those left when a process ends are never used."""


class TicketNumbers:
    """Unique numbers; thread-safe."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis
        self._free: deque[str] = deque()
        self._lock = Lock()

    def take(self) -> str:
        """A number for one unit of work; return it with `give_back` if no ticket used it."""
        with self._lock:
            if self._free:
                return self._free.popleft()
        last = int(
            self._redis.incrby(keys.TICKET_NUMBER_SEQUENCE, BATCH_SIZE)
        )  # no other thread waits for this round trip
        first, *others = (ticket_number(n) for n in range(last - BATCH_SIZE + 1, last + 1))
        with self._lock:
            self._free.extend(others)
        return first

    def give_back(self, number: str) -> None:
        """The number wasn't used. Never call this if the write may have succeeded."""
        with self._lock:
            self._free.appendleft(number)
