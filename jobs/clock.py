"""The clock: every half second, hands work whose time has come to the queues. Any number may run.

It decides nothing: what it finds is claimed for a while and a job looks at it. A clock that dies leaves
nothing behind; work that no job finished is found again.
"""

import logging
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from redis.exceptions import RedisError

from jobs.redis_url import connect
from jobs.settings import Settings
from store import keys, sweeping
from store.client import Client
from store.heard import GroupInbox
from store.kicks import Kicks
from store.topics import Topics

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds between sweeps."""

CHORES = ("reports",)
"""What comes round by itself; `jobs.due.chore` does it and says when it is due again."""


class Clock:
    """One sweeping process."""

    def __init__(self, redis: Client, kicks: Kicks, now: Callable[[], datetime]) -> None:
        self._redis, self._kicks, self._now = redis, kicks, now

    def sweep(self) -> int:
        """One pass over due work; how much was handed on."""
        now = self._now()
        handed = 0
        for channel, lane in sweeping.claim_lanes(self._redis, now):
            self._kicks.deliver(lane, channel)
            handed += 1
        for ticket_id in sweeping.claim_deadlines(self._redis, now):
            self._kicks.fall_due(ticket_id)
            handed += 1
        for thread_id, entry_id in sweeping.claim_media(self._redis, now):
            self._kicks.fetch_media(thread_id, entry_id)
            handed += 1
        for lane in sweeping.claim_boards(self._redis, now):
            self._kicks.tell(lane)
            handed += 1
        for name in sweeping.claim_chores(self._redis, now, CHORES):
            self._kicks.look_at_chores(name)
            handed += 1
        handed += self._sweep_group(now) if self._kicks.has_group else 0
        self._redis.set(keys.CLOCK_BEAT, now.isoformat(), ex=60)
        return handed

    def _sweep_group(self, now: datetime) -> int:
        """What the agents' group has not been shown, and what was heard in it."""
        threads = GroupInbox(self._redis).claim(now)
        for thread in threads:
            self._kicks.hear(thread)
        if not Topics(self._redis).has_news(now):
            return len(threads)
        self._kicks.mirror()
        return len(threads) + 1

    def run(self, stop: Event) -> None:
        """Sweep until told to stop; a store that is away is waited for."""
        while not stop.is_set():
            started = time.monotonic()
            try:
                self.sweep()
            except RedisError as error:
                log.warning("the store is away", extra={"error": str(error)})
            stop.wait(max(0.0, EVERY - (time.monotonic() - started)))


def main(settings: Settings) -> int:
    """Run a clock until SIGTERM or SIGINT; the process's exit code."""
    redis = connect(settings.redis_url)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    kicks = Kicks(redis, has_group=settings.has_group)
    Clock(redis, kicks, lambda: datetime.now(UTC)).run(stop)
    return 0
