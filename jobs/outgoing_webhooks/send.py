"""Sends one hook what waits for it: events of a ticket in their order, whatever has failed again later.

An event leaves the list only after its answer: whoever dies between the two has it sent again, under the same id.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.outgoing_webhooks.events import PING, WebhookEvent, ticket_number_of
from bot.outgoing_webhooks.retry import DisableEndpoint, GiveUp, RetryAt, WebhookResponse, after_failure
from channels.webhook.signature import signature_headers
from store.leases import Lease, leased
from store.outgoing_webhooks.endpoints import WebhookEndpoint, WebhookEndpoints
from store.outgoing_webhooks.queue import FailedAttempts, QueueState, WebhookQueue
from store.redis_client import Client

log = logging.getLogger(__name__)

MAX_EVENTS_PER_RUN = 100


class PostsWebhooks(Protocol):
    """Makes one call."""

    def post(
        self, address: str, headers: dict[str, str], body: bytes, *, is_private: bool
    ) -> WebhookResponse: ...


class WebhookSender:
    """Takes events where they are wanted."""

    def __init__(
        self,
        redis: Client,
        hooks: WebhookEndpoints,
        waiting: WebhookQueue,
        caller: PostsWebhooks,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._hooks, self._waiting = redis, hooks, waiting
        self._caller, self._clock = caller, clock

    def drain(self, hook_id: str) -> None:
        """Send what may be sent now. Harmless to run twice, and at the same time."""
        with leased(self._redis, f"hook:{hook_id}") as lease:
            for _ in range(MAX_EVENTS_PER_RUN if lease else 0):
                if not lease or not self._send_next(hook_id, lease):
                    return
            if lease:
                self._settle(hook_id, self._waiting.state(hook_id))

    def ping(self, hook: WebhookEndpoint) -> WebhookResponse:
        """Send the event that is there to try a hook; what came back."""
        now = self._clock()
        name = f"evt_ping_{int(now.timestamp() * 1000):x}"
        event = WebhookEvent(name, PING, now, {"hook": hook.name})
        return self._call(hook, name, json.dumps(event.body, ensure_ascii=False).encode())

    def _send_next(self, hook_id: str, lease: Lease) -> bool:
        """Whether there may be more to send now."""
        hook, waits = self._hooks.find_by_id(hook_id), self._waiting.state(hook_id)
        event_id = "" if hook is None else _next(waits, self._clock().timestamp())
        if hook is None or not event_id:
            self._settle(hook_id, waits)
            return False
        body = self._waiting.body(hook_id, event_id)
        if body is None:  # erased since we looked
            self._waiting.drop(hook_id, event_id)
            return True
        if not lease.renew():
            return False
        answer = self._call(hook, event_id, body)
        if answer.is_success:
            self._waiting.mark_sent(hook_id, event_id, self._clock())
            return True
        return self._failed(hook, event_id, waits, answer)

    def _call(self, hook: WebhookEndpoint, event_id: str, body: bytes) -> WebhookResponse:
        headers = dict(signature_headers(hook.secret, event_id, body, self._clock()))
        return self._caller.post(hook.url, headers, body, is_private=hook.is_private)

    def _failed(
        self, hook: WebhookEndpoint, event_id: str, waits: QueueState, answer: WebhookResponse
    ) -> bool:
        now, times = self._clock(), waits.tried.get(event_id, FailedAttempts()).times + 1
        decided = after_failure(answer, times, waits.failures + 1, waits.failing_since or now, now)
        about = {"hook": hook.name, "event": event_id, "why": answer.why}
        match decided:
            case DisableEndpoint(why):
                log.warning("a hook is shut off", extra=about)
                self._waiting.disable(hook.hook_id, why, answer.why, now)
            case GiveUp(rests_until):
                log.warning("an event is given up", extra=about | {"tries": times})
                self._waiting.mark_failed(hook.hook_id, event_id, answer.why, now, rests_until, None)
            case RetryAt(at, rests_until):
                log.info("an event was not taken", extra=about | {"tries": times})
                tried = FailedAttempts(times, at.timestamp())
                self._waiting.mark_failed(hook.hook_id, event_id, answer.why, now, rests_until, tried)
        return not isinstance(decided, DisableEndpoint)

    def _settle(self, hook_id: str, waits: QueueState) -> None:
        now = self._clock()
        at = now.timestamp()
        again_at = at if _next(waits, at) else max(waits.rest, _soonest(waits))
        self._waiting.reschedule(hook_id, waits, again_at, now)


def _next(waits: QueueState, at: float) -> str:
    """The event whose turn it is; "" when all must wait. What follows a failed one of its ticket stays behind it."""
    held: set[str] = set()
    for event_id in waits.events if waits.rest <= at else ():
        number = ticket_number_of(event_id)
        if number in held:
            continue
        if waits.tried.get(event_id, FailedAttempts()).not_before <= at:
            return event_id
        held.add(number)
    return ""


def _soonest(waits: QueueState) -> float:
    """When the first of those that failed may be tried again."""
    return min((waits.tried[e].not_before for e in waits.events if e in waits.tried), default=0.0)
