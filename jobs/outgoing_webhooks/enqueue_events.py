"""Queues what happened to tickets for every hook that wants to hear of it. Sends nothing.

What is read of the feed is noted only once all of it is queued, and each ticket is queued together with how far it
was looked at: whoever dies in between leaves nothing untold and nothing told twice.
"""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from redis import RedisError
from redis.client import Pipeline

from bot.model.ticket import Ticket
from bot.outgoing_webhooks.events import EventContext, webhook_events
from store.integrity import failed_jobs
from store.leases import Lease, leased
from store.outgoing_webhooks.endpoints import WebhookEndpoint
from store.outgoing_webhooks.event_feed import EventFeed, FeedBatch
from store.outgoing_webhooks.queue import WebhookQueue
from store.redis_client import Client

log = logging.getLogger(__name__)

LEASE = "hooks"


class EventEnqueuer:
    """Follows the desk for its hooks."""

    def __init__(
        self,
        redis: Client,
        feed: EventFeed,
        waiting: WebhookQueue,
        telling: EventContext,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._feed, self._waiting = redis, feed, waiting
        self._telling, self._clock = telling, clock

    def enqueue_new(self) -> None:
        """Queue all that is new. Harmless to run twice, and at the same time."""
        with leased(self._redis, LEASE) as lease:
            while lease and (news := self._feed.read()):
                if news.is_all:
                    log.info("the hooks are behind the feed, or new: every ticket is looked at")
                if not self._queued(news, lease):
                    return
                self._feed.move_cursor(news)

    def _queued(self, news: FeedBatch, lease: Lease) -> bool:
        """Whether all of it is queued; not so when somebody else may be at it by now."""
        for some in self._feed.tickets_with_new_events(news.tickets):
            for ticket_id in some:
                self._queue(ticket_id)
            if not lease.renew():
                return False
        return True

    def _queue(self, ticket_id: str) -> None:
        try:
            self._feed.queue_events(ticket_id, self._write)
        except RedisError:
            raise
        except Exception as error:  # one ticket must not stop what is told of the others
            log.exception("a ticket cannot be told of", extra={"ticket": ticket_id})
            failed_jobs.record_failure(self._redis, "event", [ticket_id], type(error).__name__, self._clock())

    def _write(self, writes: Pipeline, ticket: Ticket, known: int, hooks: Sequence[WebhookEndpoint]) -> None:
        now = self._clock()
        for event in webhook_events(ticket, known, self._telling):
            body = json.dumps(event.body, ensure_ascii=False, separators=(",", ":")).encode()
            for hook in hooks:
                if hook.is_subscribed(event.type, event.at):
                    self._waiting.push(writes, hook.hook_id, event.event_id, body, now)
