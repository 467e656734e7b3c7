"""Queues new events for every endpoint and sends to all of them at once, so that a slow one delays no other.

The feed's cursor moves once all of it is queued, and a ticket's events are queued together with their count: a
crash loses no event and queues none twice. A job ends after a while; a slow call goes on beside the next job.
"""

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from time import monotonic

from redis import RedisError
from redis.client import Pipeline

from bot.model.ticket import Ticket
from bot.outgoing_webhooks.events import EventContext, webhook_events
from jobs.outgoing_webhooks.send import WebhookSender
from store.integrity import failed_jobs
from store.leases import leased
from store.outgoing_webhooks.endpoints import MAX_ENDPOINTS, WebhookEndpoint
from store.outgoing_webhooks.event_feed import EventFeed
from store.outgoing_webhooks.queue import WebhookQueue
from store.redis_client import Client

log = logging.getLogger(__name__)

CHECK_EVERY = 0.25
"""Seconds between two looks at the feed while something is being sent."""

TIME_LIMIT = 60.0
"""Seconds after which a job ends; the clock starts another when there's more to do."""


class WebhookDispatcher:
    """Sends the webhooks of the desk."""

    def __init__(
        self,
        redis: Client,
        feed: EventFeed,
        queue: WebhookQueue,
        sender: WebhookSender,
        context: EventContext,
        clock: Callable[[], datetime],
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self._redis, self._feed, self._queue, self._sender = redis, feed, queue, sender
        self._context, self._clock, self._time_limit = context, clock, time_limit
        self._pool: ThreadPoolExecutor | None = None
        self._running: dict[str, Future[None]] = {}

    def run(self) -> None:
        """Send what may be sent now. Harmless to run twice, and in many processes at once."""
        ends_at = monotonic() + self._time_limit
        self._feed.job_started()
        self._queue_new_events()
        while self._start() and monotonic() < ends_at:
            wait(self._running.values(), timeout=CHECK_EVERY, return_when=FIRST_COMPLETED)
            self._queue_new_events()

    def _queue_new_events(self) -> None:
        with leased(self._redis, "hooks") as lease:
            while lease and (batch := self._feed.read()):
                if batch.is_all:
                    log.info("the change feed doesn't reach back far enough: looking at every ticket")
                for ticket_ids in self._feed.tickets_with_new_events(batch.tickets):
                    for ticket_id in ticket_ids:
                        self._queue_ticket(ticket_id)
                    if not lease.renew():
                        return
                self._feed.move_cursor(batch)

    def _queue_ticket(self, ticket_id: str) -> None:
        try:
            self._feed.queue_events(ticket_id, self._write)
        except RedisError:
            raise
        except Exception as error:  # one broken ticket must not stop the events of others
            log.exception("the events of a ticket cannot be queued", extra={"ticket": ticket_id})
            failed_jobs.record_failure(self._redis, "event", [ticket_id], type(error).__name__, self._clock())

    def _write(self, writes: Pipeline, ticket: Ticket, seen: int, hooks: Sequence[WebhookEndpoint]) -> None:
        now = self._clock()
        for event in webhook_events(ticket, seen, self._context):
            body = json.dumps(event.body, ensure_ascii=False, separators=(",", ":")).encode()
            for hook in hooks:
                if hook.is_subscribed(event.type, event.at):
                    self._queue.push(writes, hook.hook_id, event.event_id, body, now)

    def _start(self) -> bool:
        """Start sending to every endpoint that is due; whether anything is being sent."""
        ended = [hook_id for hook_id, sending in self._running.items() if sending.done()]
        errors = [self._running.pop(hook_id).exception() for hook_id in ended]
        self._pool = self._pool or ThreadPoolExecutor(MAX_ENDPOINTS, thread_name_prefix="hook")
        for hook_id in self._queue.claim(self._clock()):
            if hook_id not in self._running:
                self._running[hook_id] = self._pool.submit(self._sender.drain, hook_id)
        for error in filter(None, errors):
            raise error
        return bool(self._running)
