"""The clock: every half second, queues jobs for work that is due. Any number of clocks may run.

It decides nothing: it claims due work for a while and a job handles it. If a clock crashes nothing is lost, because
unfinished work is found again. A queue that is long already gets no more jobs: its workers are down or behind, and
would find the same work many times.
"""

import logging
import signal
import time
from collections.abc import Callable, Set
from datetime import UTC, datetime
from threading import Event

from redis.exceptions import RedisError

from runtime.redis_url import connect
from runtime.settings import Settings
from store import due_claims, keys
from store.forum.inbound_queue import GroupInboundQueue
from store.forum.topics import Topics
from store.outage import is_outage
from store.outbox.job_queue import DUE_QUEUE, MEDIA_QUEUE, WEBHOOKS_QUEUE, JobQueue, delivery_queue
from store.outgoing_webhooks.event_feed import EventFeed
from store.redis_client import Client

log = logging.getLogger(__name__)

SWEEP_EVERY = 0.5
"""Seconds between sweeps."""

LOG_EVERY = 60.0
"""Seconds between log lines while Redis is unavailable."""

CHORES = ("reports", "backfill", "archive")
"""Periodic chores; `jobs.tasks.run_chore` runs one and schedules its next run."""


class Clock:
    """Queues due work."""

    def __init__(self, redis: Client, job_queue: JobQueue, now: Callable[[], datetime]) -> None:
        self._redis, self._job_queue, self._now = redis, job_queue, now

    def sweep(self) -> int:
        """Queue all due work once; how many jobs were queued."""
        now, full = self._now(), self._job_queue.full_queues()
        queued = self._deliveries(now, full)
        if MEDIA_QUEUE not in full:
            queued += self._media(now) + self._erasures(now)
        if DUE_QUEUE not in full:
            queued += self._due(now)
        if WEBHOOKS_QUEUE not in full and EventFeed(self._redis).has_changes(now):
            self._job_queue.send_webhooks()
            queued += 1
        if self._job_queue.has_group:
            queued += self._group(now)
        self._redis.set(keys.CLOCK_HEARTBEAT, now.isoformat(), ex=60)
        return queued

    def _deliveries(self, now: datetime, full: Set[str]) -> int:
        lanes = due_claims.claim_lanes(self._redis, now)
        by_channel: dict[str, list[str]] = {}
        for channel, lane in lanes:
            by_channel.setdefault(channel, []).append(lane)
        for channel, waiting in by_channel.items():
            if delivery_queue(channel) not in full:
                self._job_queue.deliver_all(waiting, channel)
        return len(lanes)

    def _media(self, now: datetime) -> int:
        wanted = due_claims.claim_media(self._redis, now)
        for thread_id, entry_id in wanted:
            self._job_queue.fetch_media(thread_id, entry_id)
        return len(wanted)

    def _erasures(self, now: datetime) -> int:
        contacts = due_claims.claim_erasures(self._redis, now)
        for contact_id in contacts:
            self._job_queue.erase_contact(contact_id)
        return len(contacts)

    def _due(self, now: datetime) -> int:
        tickets = due_claims.claim_deadlines(self._redis, now)
        self._job_queue.check_deadlines(tickets)
        alert_lanes = due_claims.claim_alert_queues(self._redis, now)
        for lane in alert_lanes:
            self._job_queue.send_alerts(lane)
        chores = due_claims.claim_chores(self._redis, now, CHORES)
        for name in chores:
            self._job_queue.run_chore(name)
        reminders = due_claims.claim_reminders(self._redis, now)
        for draft_id in reminders:
            self._job_queue.remind(draft_id)
        return len(tickets) + len(alert_lanes) + len(chores) + len(reminders)

    def _group(self, now: datetime) -> int:
        """The agents' group: topics that aren't up to date, and updates that aren't handled."""
        threads = GroupInboundQueue(self._redis).claim(now)
        for thread in threads:
            self._job_queue.handle_agent_messages(thread)
        if not Topics(self._redis).has_changes(now):
            return len(threads)
        self._job_queue.sync_topics()
        return len(threads) + 1

    def run(self, stop: Event) -> None:
        """Sweep until told to stop; keeps trying while Redis is unavailable."""
        logged_at: float | None = None
        while not stop.is_set():
            started = time.monotonic()
            try:
                self.sweep()
                if logged_at is not None:
                    log.warning("the store answers again")
                logged_at = None
            except RedisError as error:
                if not is_outage(error):
                    log.exception("a sweep failed")
                elif logged_at is None or started - logged_at >= LOG_EVERY:
                    log.warning("the store is away", extra={"error": str(error)})
                    logged_at = started
            stop.wait(max(0.0, SWEEP_EVERY - (time.monotonic() - started)))


def main(settings: Settings) -> int:
    """Run a clock until SIGTERM or SIGINT; the process's exit code."""
    redis = connect(settings.redis_url)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    job_queue = JobQueue(redis, has_group=settings.has_group)
    Clock(redis, job_queue, lambda: datetime.now(UTC)).run(stop)
    return 0
