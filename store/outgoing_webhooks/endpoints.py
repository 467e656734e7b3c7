"""Webhook endpoints: where apps receive the events of tickets. They're added, found, reactivated and removed here.

The secret signs every event, so it's stored as it is. It's returned once, when the endpoint is added.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import TypeAdapter

from bot.messages.errors import GuichetError, NotFound
from bot.outgoing_webhooks.retry import DisableReason
from store.codec import dump, load
from store.keys import FEED
from store.outgoing_webhooks import keys
from store.redis_client import Client

MAX_ENDPOINTS = 20
"""Each has a thread of its own, so none waits for another."""

_ADD = """
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 'taken' end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
local last = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
redis.call('SET', KEYS[3], last[1] and last[1][1] or '0-0', 'NX')
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 'added'
"""
_REACTIVATE = """
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HDEL', KEYS[2], 'off', 'off_at', 'failures', 'since', 'why', 'rest')
"""
_REMOVE = """
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[1])
for i = 7, #KEYS do redis.call('DEL', KEYS[i]) end
if redis.call('HLEN', KEYS[1]) == 0 then redis.call('DEL', unpack(KEYS, 1, 6)) end
"""


class EndpointRefused(GuichetError):
    """It can't be added: its name is taken, or there are too many."""


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where events are sent; it receives none from before `told_from`."""

    hook_id: str
    name: str
    url: str = field(repr=False)  # may contain a secret of the app's
    secret: str = field(repr=False)
    added_at: datetime
    told_from: datetime
    events: tuple[str, ...] = ()  # empty: all of them
    is_private: bool = False  # may lead to an address that isn't public

    def is_subscribed(self, kind: str, at: datetime) -> bool:
        """Whether it receives events of that type and time."""
        return at >= self.told_from and (not self.events or kind in self.events)


@dataclass(frozen=True, slots=True)
class EndpointStatus:
    """The state of an endpoint, and counts of events."""

    waiting: int
    sent: int = 0
    given_up: int = 0
    dropped: int = 0  # because too many waited
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    why: str = ""
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    off: DisableReason | None = None
    off_at: datetime | None = None


_STATUS = TypeAdapter(EndpointStatus)


class WebhookEndpoints:
    """All endpoints."""

    def __init__(self, redis: Client, clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def add(
        self, name: str, url: str, events: tuple[str, ...] = (), *, is_private: bool = False
    ) -> WebhookEndpoint:
        """A new endpoint for events from now on; EndpointRefused."""
        now = self._clock()
        hook_id, secret = f"h{secrets.token_hex(5)}", f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
        hook = WebhookEndpoint(hook_id, name, url, secret, now, now, events, is_private)
        names = (keys.ENDPOINTS, keys.ENDPOINT_NAMES, keys.CURSOR, FEED)
        result = self._redis.eval(_ADD, 4, *names, _folded(name), hook_id, dump(hook), MAX_ENDPOINTS)
        if result == b"taken":
            raise EndpointRefused(f"a webhook named {name} already exists")
        if result == b"full":
            raise EndpointRefused(f"there are {MAX_ENDPOINTS} webhooks already")
        return hook

    def all(self) -> list[WebhookEndpoint]:
        """Every endpoint, oldest first."""
        return all_endpoints(self._redis)

    def find(self, name: str) -> WebhookEndpoint:
        """The endpoint with that name; NotFound."""
        raw = self._redis.hget(keys.ENDPOINT_NAMES, _folded(name))
        hook = self.find_by_id(raw.decode()) if raw else None
        if hook is None:
            raise NotFound(f"there is no webhook named {name}")
        return hook

    def find_by_id(self, hook_id: str) -> WebhookEndpoint | None:
        """The endpoint with that id, if it exists."""
        raw = self._redis.hget(keys.ENDPOINTS, hook_id)
        return load(WebhookEndpoint, raw) if raw else None

    def remove(self, name: str) -> WebhookEndpoint:
        """Remove the endpoint and its queue, and with the last one everything kept for webhooks; NotFound."""
        hook = self.find(name)
        names = (
            keys.ENDPOINTS,
            keys.ENDPOINT_NAMES,
            keys.DUE,
            keys.CURSOR,
            keys.EVENTS_SEEN,
            keys.SEND_QUEUED,
        )
        every = (*names, *keys.all_of(hook.hook_id))
        self._redis.eval(_REMOVE, len(every), *every, hook.hook_id, _folded(name))
        return hook

    def reactivate(self, hook: WebhookEndpoint) -> None:
        """Send events again, from now on: it was disabled and has responded to a ping."""
        raw = dump(replace(hook, told_from=self._clock()))
        self._redis.eval(_REACTIVATE, 2, keys.ENDPOINTS, keys.state(hook.hook_id), hook.hook_id, raw)

    def condition(self, hook: WebhookEndpoint) -> EndpointStatus:
        """Its state now."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.llen(keys.queue(hook.hook_id))
        pipe.hgetall(keys.state(hook.hook_id))
        waiting, raw = pipe.execute()
        state = {name.decode(): value.decode() for name, value in raw.items()}
        return _STATUS.validate_python(state | {"waiting": waiting, "failing_since": state.get("since")})


def all_endpoints(redis: Client) -> list[WebhookEndpoint]:
    """Every endpoint, oldest first; a pipeline under WATCH may be passed."""
    return sorted(
        (load(WebhookEndpoint, raw) for raw in redis.hvals(keys.ENDPOINTS)), key=lambda hook: hook.added_at
    )


def _folded(name: str) -> str:
    return name.strip().casefold()
