"""A snapshot of the whole store for the audit, read without locks."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.messages.thread import OutboxEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from store import keys
from store.codec import load
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client

_BATCH = 500
_INDEXES = (
    keys.LIVE,
    keys.ENDED,
    keys.UNASSIGNED,
    keys.WAITING,
    keys.DEADLINES,
    keys.ERASURES,
    keys.LANES,
    keys.ALERT_QUEUES,
    webhook_keys.DUE,
)


@dataclass
class StoreSnapshot:
    """The snapshot; ids are keys without their prefix."""

    names: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )  # by prefix; "" if there's none
    tickets: dict[str, Ticket] = field(default_factory=dict)
    outbox: dict[str, OutboxEntry] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    threads: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    lanes: dict[str, list[str]] = field(default_factory=dict)
    indexes: dict[str, set[str]] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    hooks: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # tickets with queued webhook events


def take_snapshot(redis: Client) -> StoreSnapshot:
    """Read everything. Other processes write meanwhile, so faults must be checked twice."""
    found = StoreSnapshot()
    for name in redis.scan_iter(count=_BATCH):
        prefix, colon, rest = name.decode(errors="replace").partition(":")
        found.names[prefix if colon else ""].add(rest if colon else prefix)
    found.indexes = {key: {member.decode() for member in redis.zrange(key, 0, -1)} for key in _INDEXES}
    found.rows = {name.decode() for name in redis.hkeys(keys.TICKET_ROWS)}
    found.numbers = {n.decode(): t.decode() for n, t in redis.hgetall(keys.TICKET_NUMBERS).items()}
    found.hooks = {hook_id.decode() for hook_id in redis.hkeys(webhook_keys.ENDPOINTS)}
    found.told = {ticket_id.decode() for ticket_id in redis.hkeys(webhook_keys.EVENTS_SEEN)}
    found.lanes = {name: _texts(each) for name, each in _lists(redis, "lane", found.names["lane"])}
    found.threads = {
        name: [json.loads(raw) for raw in each]
        for name, each in _lists(redis, "thread", found.names["thread"])
    }
    found.tickets = {
        name: load(Ticket, raw) for name, raw in _strings(redis, "ticket", found.names["ticket"])
    }
    found.outbox = {
        name: load(OutboxEntry, raw) for name, raw in _strings(redis, "outbox", found.names["outbox"])
    }
    found.conversations = dict(_conversations(redis, found.names["contact"]))
    return found


def keys_without_ttl(redis: Client, names: Iterable[str]) -> list[str]:
    """Those of the keys that have no expiry."""
    found = []
    for batch in _batches(names):
        pipe = redis.pipeline(transaction=False)
        for name in batch:
            pipe.pttl(name)
        found += [name for name, left in zip(batch, pipe.execute(), strict=True) if left == -1]
    return found


def _strings(redis: Client, prefix: str, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for batch in _batches(names):
        raws = redis.mget([f"{prefix}:{name}" for name in batch])
        yield from ((name, raw) for name, raw in zip(batch, raws, strict=True) if raw is not None)


def _lists(redis: Client, prefix: str, names: Iterable[str]) -> Iterator[tuple[str, list[bytes]]]:
    for batch in _batches(names):
        pipe = redis.pipeline(transaction=False)
        for name in batch:
            pipe.lrange(f"{prefix}:{name}", 0, -1)
        yield from zip(batch, pipe.execute(), strict=True)


def _conversations(redis: Client, names: Iterable[str]) -> Iterator[tuple[str, Conversation]]:
    for batch in _batches(names):
        pipe = redis.pipeline(transaction=False)
        for name in batch:
            pipe.hget(keys.contact(name), "c")
        for name, raw in zip(batch, pipe.execute(), strict=True):
            if raw is not None:
                yield name, load(Conversation, raw)


def _texts(raws: Sequence[bytes]) -> list[str]:
    return [raw.decode() for raw in raws]


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(sorted(names))
    while batch := list(islice(left, _BATCH)):
        yield batch
