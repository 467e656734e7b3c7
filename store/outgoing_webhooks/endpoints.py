"""Hooks: where apps are told what happens to tickets. Added, found, tried again, removed.

The secret signs every event, so it is kept as it is; it is told once, as the hook is added, and shown nowhere.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.messages.errors import GuichetError, NotFound
from bot.outgoing_webhooks.retry import DisableReason
from store import keys
from store.codec import dump, load
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client

MAX_ENDPOINTS = 20
"""Each is told at its own pace, at the same time as the others."""

_ADD = """
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 'taken' end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
local last = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
redis.call('SET', KEYS[3], last[1] and last[1][1] or '0-0', 'NX')
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 'added'
"""
_REVIVE = """
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HDEL', KEYS[2], 'off', 'off_at', 'failures', 'since', 'why', 'rest')
"""
_REMOVE = """
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[5], ARGV[1])
for i = 7, #KEYS do redis.call('DEL', KEYS[i]) end
if redis.call('HLEN', KEYS[1]) == 0 then redis.call('DEL', KEYS[3], KEYS[4], KEYS[5], KEYS[6]) end
"""
"""With the last hook goes all that was kept for any."""


class EndpointRefused(GuichetError):
    """It cannot be added: its name is taken, or there are too many."""


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """One place that is told. Nothing that happened before `told_from` is."""

    hook_id: str
    name: str
    url: str = field(repr=False)  # may hold a secret of theirs
    secret: str = field(repr=False)
    added_at: datetime
    told_from: datetime
    events: tuple[str, ...] = ()  # none: all of them
    is_private: bool = False  # may lead to an address that is not public

    def is_subscribed(self, kind: str, at: datetime) -> bool:
        """Whether it is told an event of that kind, of that instant."""
        return at >= self.told_from and (not self.events or kind in self.events)


@dataclass(frozen=True, slots=True)
class EndpointStatus:
    """How one hook is doing."""

    waiting: int
    sent: int = 0
    given_up: int = 0
    dropped: int = 0  # since too many waited
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    why: str = ""
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    off: DisableReason | None = None
    off_at: datetime | None = None


class WebhookEndpoints:
    """The hooks of the desk."""

    def __init__(self, redis: Client, clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def add(
        self, name: str, url: str, events: tuple[str, ...] = (), *, is_private: bool = False
    ) -> WebhookEndpoint:
        """A new one, told from now on; HookRefused."""
        now = self._clock()
        hook_id, secret = f"h{secrets.token_hex(5)}", f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
        hook = WebhookEndpoint(hook_id, name, url, secret, now, now, events, is_private)
        names = (webhook_keys.ENDPOINTS, webhook_keys.ENDPOINT_NAMES, webhook_keys.CURSOR, keys.FEED)
        became = self._redis.eval(_ADD, len(names), *names, _plain(name), hook_id, dump(hook), MAX_ENDPOINTS)
        if became == b"taken":
            raise EndpointRefused(f"there is a hook named {name} already")
        if became == b"full":
            raise EndpointRefused(f"there are {MAX_ENDPOINTS} hooks already")
        return hook

    def all(self) -> list[WebhookEndpoint]:
        """Every hook, the oldest first."""
        return all_endpoints(self._redis)

    def find(self, name: str) -> WebhookEndpoint:
        """The hook of that name; NotFound."""
        raw = self._redis.hget(webhook_keys.ENDPOINT_NAMES, _plain(name))
        hook = self.find_by_id(raw.decode()) if raw else None
        if hook is None:
            raise NotFound(f"there is no hook named {name}")
        return hook

    def find_by_id(self, hook_id: str) -> WebhookEndpoint | None:
        """The hook of that id, while there is one."""
        raw = self._redis.hget(webhook_keys.ENDPOINTS, hook_id)
        return load(WebhookEndpoint, raw) if raw else None

    def remove(self, name: str) -> WebhookEndpoint:
        """Nothing is sent there any more, and what waits is forgotten; NotFound."""
        hook = self.find(name)
        names = [
            webhook_keys.ENDPOINTS,
            webhook_keys.ENDPOINT_NAMES,
            webhook_keys.CURSOR,
            webhook_keys.EVENTS_SEEN,
        ]
        names += [webhook_keys.DUE, webhook_keys.SEND_QUEUED, *webhook_keys.all_of(hook.hook_id)]
        self._redis.eval(_REMOVE, len(names), *names, hook.hook_id, _plain(name))
        return hook

    def reactivate(self, hook: WebhookEndpoint) -> None:
        """It was shut off and answers again: told from now on."""
        raw = dump(replace(hook, told_from=self._clock()))
        names = (webhook_keys.ENDPOINTS, webhook_keys.state(hook.hook_id))
        self._redis.eval(_REVIVE, len(names), *names, hook.hook_id, raw)

    def condition(self, hook: WebhookEndpoint) -> EndpointStatus:
        """How it is doing."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.llen(webhook_keys.queue(hook.hook_id))
        pipe.hgetall(webhook_keys.state(hook.hook_id))
        waiting, raw = pipe.execute()
        return _condition(waiting, {name.decode(): value.decode() for name, value in raw.items()})


def all_endpoints(redis: Client) -> list[WebhookEndpoint]:
    """Every hook, the oldest first; given a pipeline under watch, reads in it."""
    return sorted(
        (load(WebhookEndpoint, raw) for raw in redis.hvals(webhook_keys.ENDPOINTS)),
        key=lambda hook: hook.added_at,
    )


def _condition(waiting: int, state: Mapping[str, str]) -> EndpointStatus:
    def count(name: str) -> int:
        return int(state.get(name, 0))

    def instant(name: str) -> datetime | None:
        return datetime.fromisoformat(state[name]).astimezone(UTC) if name in state else None

    return EndpointStatus(
        waiting=waiting,
        sent=count("sent"),
        given_up=count("given_up"),
        dropped=count("dropped"),
        failures=count("failures"),
        failing_since=instant("since"),
        why=state.get("why", ""),
        sent_at=instant("sent_at"),
        given_up_at=instant("given_up_at"),
        off=DisableReason(state["off"]) if "off" in state else None,
        off_at=instant("off_at"),
    )


def _plain(name: str) -> str:
    return name.strip().casefold()
