"""Measures calls to providers in this process, and adds them to everybody's figures from time to time."""

import os
import socket
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.messages.errors import DeliveryError
from store.outbox.call_figures import CallFigures

BUCKETS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Upper bounds of the histogram, in seconds; longer calls are cut off."""

OUTCOMES = ("accepted", "refused", "paced", "unavailable", "unclear")


class CallMeter:
    """Counts in memory, because a write for each call would cost more than it tells."""

    def __init__(self, figures: CallFigures, clock: Callable[[], datetime]) -> None:
        self._figures, self._clock, self._lock = figures, clock, threading.Lock()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._seconds: dict[str, float] = defaultdict(float)

    def count(self, channel: str, seconds: float, error: DeliveryError | None) -> None:
        """A call has ended; `error` if it failed."""
        bucket = next((bound for bound in BUCKETS if seconds <= bound), "more")
        with self._lock:
            self._counts[channel].update((f"le {bucket}", _outcome(error)))
            self._seconds[channel] += seconds

    def publish(self, in_air: Mapping[str, int]) -> None:
        """Add what was counted since the last time; `in_air`: calls in the air now, by channel."""
        with self._lock:
            counts, self._counts = self._counts, defaultdict(Counter)
            seconds, self._seconds = self._seconds, defaultdict(float)
        for channel, names in counts.items():
            self._figures.add(channel, names, seconds[channel])
        for channel, count in in_air.items():
            process = f"{socket.gethostname()}:{os.getpid()}"
            self._figures.set_in_air(channel, process, count, self._clock())


def _outcome(error: DeliveryError | None) -> str:
    if error is None:
        return "accepted"
    if error.is_uncertain:
        return "unclear"
    return error.code if error.code in ("paced", "unavailable") else "refused"
