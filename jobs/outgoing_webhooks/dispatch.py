"""Has every hook told what it is to be told, all at the same time: one that hangs delays none of the others.

Each hook has a thread while something is sent there. A job ends after a while even if a slow one has not; that
goes on beside the next job.
"""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from time import monotonic

from jobs.outgoing_webhooks.enqueue_events import EventEnqueuer
from jobs.outgoing_webhooks.send import WebhookSender
from store.outgoing_webhooks.endpoints import MAX_ENDPOINTS
from store.outgoing_webhooks.event_feed import EventFeed
from store.outgoing_webhooks.queue import WebhookQueue

CHECK_EVERY = 0.25
"""Seconds between two looks for what is new while something slow is under way."""

TIME_LIMIT = 60.0
"""Seconds after which a job ends; the clock sends another when there is more to do."""


class WebhookDispatcher:
    """Goes round the hooks."""

    def __init__(
        self,
        feed: EventFeed,
        enqueuer: EventEnqueuer,
        waiting: WebhookQueue,
        courier: WebhookSender,
        clock: Callable[[], datetime],
        longest: float = TIME_LIMIT,
    ) -> None:
        self._feed, self._enqueuer, self._waiting = feed, enqueuer, waiting
        self._courier, self._clock, self._longest = courier, clock, longest
        self._pool: ThreadPoolExecutor | None = None
        self._running: dict[str, Future[None]] = {}

    def run(self) -> None:
        """Tell all that can be told now. Harmless to run twice, and in many processes at once."""
        ends_at = monotonic() + self._longest
        self._feed.job_started()
        self._enqueuer.enqueue_new()
        while self._start() and monotonic() < ends_at:
            wait(self._running.values(), timeout=CHECK_EVERY, return_when=FIRST_COMPLETED)
            self._enqueuer.enqueue_new()

    def _start(self) -> bool:
        """Begin with every hook whose time has come; whether anything is under way."""
        ended = [hook_id for hook_id, sending in self._running.items() if sending.done()]
        broken = [self._running.pop(hook_id).exception() for hook_id in ended]
        for hook_id in self._waiting.claim(self._clock()):
            if hook_id not in self._running:
                self._running[hook_id] = self._threads().submit(self._courier.drain, hook_id)
        for error in filter(None, broken):
            raise error
        return bool(self._running)

    def _threads(self) -> ThreadPoolExecutor:
        """Made in the process that uses them: threads do not survive a fork."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(MAX_ENDPOINTS, thread_name_prefix="hook")
        return self._pool
