"""Sends an endpoint what waits for it: the events of a ticket in order, failed ones again later.

An event leaves the queue after the response: a crash in between sends it again, with the same id.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.outgoing_webhooks.events import PING, WebhookEvent
from bot.outgoing_webhooks.retry import DisableEndpoint, Pause, WebhookResponse, after_failure
from channels.webhook.post import signature_headers
from store.leases import leased
from store.outgoing_webhooks.endpoints import WebhookEndpoint, WebhookEndpoints
from store.outgoing_webhooks.queue import QueuedEvent, WebhookQueue
from store.redis_client import Client

log = logging.getLogger(__name__)

MAX_EVENTS_PER_RUN = 100


class PostsWebhooks(Protocol):
    """Makes one HTTP call."""

    def post(
        self, address: str, headers: dict[str, str], body: bytes, *, is_private: bool
    ) -> WebhookResponse: ...


class WebhookSender:
    """Sends queued events and pings."""

    def __init__(
        self,
        redis: Client,
        endpoints: WebhookEndpoints,
        queue: WebhookQueue,
        client: PostsWebhooks,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._endpoints, self._queue = redis, endpoints, queue
        self._client, self._clock = client, clock

    def drain(self, hook_id: str) -> None:
        """Send what may be sent now. Harmless to run twice, also at the same time."""
        with leased(self._redis, f"hook:{hook_id}") as lease:
            for _ in range(MAX_EVENTS_PER_RUN if lease else 0):
                hook, event = (
                    self._endpoints.find_by_id(hook_id),
                    self._queue.next_event(hook_id, self._clock()),
                )
                if not (lease and hook and event and lease.renew()):
                    return
                response = self._call(hook, event.event_id, event.body)
                if response.is_success:
                    self._queue.mark_sent(hook_id, event.event_id, self._clock())
                else:
                    self._failed(hook, event, response)
            if lease:
                self._queue.send_more(hook_id, self._clock())

    def ping(self, hook: WebhookEndpoint) -> WebhookResponse:
        """Send a test event; what came back."""
        now = self._clock()
        event = WebhookEvent(f"evt_ping_{int(now.timestamp() * 1000):x}", PING, now, {"hook": hook.name})
        return self._call(hook, event.event_id, json.dumps(event.body, ensure_ascii=False).encode())

    def _call(self, hook: WebhookEndpoint, event_id: str, body: bytes) -> WebhookResponse:
        headers = signature_headers(hook.secret, event_id, body, self._clock())
        return self._client.post(hook.url, headers, body, is_private=hook.is_private)

    def _failed(self, hook: WebhookEndpoint, event: QueuedEvent, response: WebhookResponse) -> None:
        now, hook_id, why = self._clock(), hook.hook_id, response.why
        attempts, since = event.attempts + 1, event.failing_since or now
        about = {"hook": hook.name, "event": event.event_id, "why": why, "tries": attempts}
        match after_failure(response, attempts, event.failures + 1, since, now):
            case DisableEndpoint(reason):
                log.warning("a webhook is disabled", extra=about)
                self._queue.disable(hook_id, reason, why, now)
            case Pause(until, retry_at):
                log.log(
                    logging.INFO if retry_at else logging.WARNING, "an event was not accepted", extra=about
                )
                self._queue.mark_failed(hook_id, event.event_id, why, now, until, attempts, retry_at)
