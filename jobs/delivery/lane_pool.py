"""Drains many lanes of one channel at the same time, each in one thread.

What it holds in memory is only what to look at next: the outbox is the truth, and lanes that a crashed process forgets
are found again by the clock.
"""

import heapq
import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count

from store.outage import is_outage

log = logging.getLogger(__name__)

THREADS = 64
"""Messages of one channel in the air: the fastest channel takes 80 a second, and slow calls must leave room."""

LOOK_BACK_WITHIN = 10.0
"""Seconds. Lanes that pause for longer are left to the clock."""

Drain = Callable[[str], datetime | None]
OnFailure = Callable[[str, Exception], None]


class LanePool:
    """Threads for the lanes of one channel; they start when they're first needed."""

    def __init__(
        self,
        name: str,
        drain: Drain,
        on_failure: OnFailure,
        clock: Callable[[], datetime],
        size: int = THREADS,
    ) -> None:
        """`drain` returns until when the lane pauses, if it does."""
        self._name, self._drain, self._on_failure = name, drain, on_failure
        self._clock, self._size = clock, size
        self._changed = threading.Condition()
        self._ready: list[tuple[bool, int, str]] = []  # a heap: not urgent, number, lane
        self._pausing: list[tuple[float, str]] = []  # a heap: Unix seconds, lane
        self._is_urgent: dict[str, bool] = {}  # of lanes that are ready
        self._in_hand: dict[str, bool] = {}  # lanes being drained, and whether to look again
        self._numbers, self._threads, self._idle, self._is_closed = (
            count(),
            list[threading.Thread](),
            0,
            False,
        )

    @property
    def in_air(self) -> int:
        """How many lanes are being drained."""
        return len(self._in_hand)

    def submit(self, lanes: Iterable[str], *, is_urgent: bool = False) -> None:
        """Drain these lanes soon; urgent ones before the others. Repeats cost nothing."""
        with self._changed:
            for lane in lanes:
                self._put(lane, is_urgent=is_urgent)
            self._changed.notify_all()

    def close(self, within: float) -> None:
        """Start nothing more, and wait for the calls in the air, for so many seconds at most."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        give_up_at = self._clock().timestamp() + within
        for thread in self._threads:
            thread.join(max(0.0, give_up_at - self._clock().timestamp()))

    def _put(self, lane: str, *, is_urgent: bool) -> None:
        if lane in self._in_hand:
            self._in_hand[lane] = True
            return
        if lane in self._is_urgent and (self._is_urgent[lane] or not is_urgent):
            return
        self._is_urgent[lane] = is_urgent
        heapq.heappush(self._ready, (not is_urgent, next(self._numbers), lane))
        is_short = len(self._is_urgent) > self._idle and len(self._threads) < self._size
        if is_short and not self._is_closed:
            thread = threading.Thread(
                target=self._work, name=f"{self._name}-{len(self._threads)}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (lane := self._take()) is not None:
            until = None
            try:
                until = self._drain(lane)
            except Exception as error:  # the thread must survive; the clock finds the lane again
                self._failed(lane, error)
            self._done(lane, until)

    def _failed(self, lane: str, error: Exception) -> None:
        if is_outage(error):
            log.warning("the store is away", extra={"error": str(error)})
            return
        log.error("a lane could not be drained", exc_info=error)
        self._on_failure(lane, error)

    def _take(self) -> str | None:
        """The next lane; waits for one. None once closed."""
        with self._changed:
            while not self._is_closed:
                now = self._clock().timestamp()
                while self._pausing and self._pausing[0][0] <= now:
                    self._put(heapq.heappop(self._pausing)[1], is_urgent=False)
                if lane := self._pop():
                    self._in_hand[lane] = False
                    if self._ready or self._pausing:
                        self._changed.notify()
                    return lane
                self._idle += 1
                self._changed.wait(self._pausing[0][0] - now if self._pausing else None)
                self._idle -= 1
        return None

    def _pop(self) -> str:
        while self._ready:
            is_last, _, lane = heapq.heappop(self._ready)
            if self._is_urgent.get(lane) == (not is_last):  # else it was put again, more urgently
                del self._is_urgent[lane]
                return lane
        return ""

    def _done(self, lane: str, until: datetime | None) -> None:
        with self._changed:
            if self._in_hand.pop(lane):
                self._put(lane, is_urgent=False)
            elif until is not None:
                at = until.timestamp()
                if at - self._clock().timestamp() <= LOOK_BACK_WITHIN:
                    heapq.heappush(self._pausing, (at, lane))
                    self._changed.notify()
