"""A snapshot of the whole store for the audit, read without locks."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.messages.thread import Author, DeliveryStatus, OutboxEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from store import keys
from store.codec import load
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client

UNDELIVERED = {DeliveryStatus.QUEUED, DeliveryStatus.SENDING, DeliveryStatus.HELD}
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
    tickets: set[str] = field(default_factory=set)
    outbox: set[str] = field(default_factory=set)
    undelivered: set[str] = field(default_factory=set)  # messages that still have to be sent
    entries: int = 0
    repeated: set[str] = field(
        default_factory=set
    )  # entries, and customers' messages, that are in two places
    lanes: dict[str, list[str]] = field(default_factory=dict)
    indexes: dict[str, set[str]] = field(default_factory=dict)
    rows: set[str] = field(default_factory=set)
    numbers: dict[str, str] = field(default_factory=dict)
    erasing: set[str] = field(default_factory=set)  # contacts whose data is to be erased
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
    known = _conversations(redis, found.names["contact"])
    found.erasing = {contact_id for contact_id, who in known if who.erasure}
    _read_threads(redis, found)
    for name, raw in _strings(redis, "outbox", found.names["outbox"]):
        found.outbox.add(name)
        if is_undelivered(load(OutboxEntry, raw)):
            found.undelivered.add(name)
    found.tickets = {name for name, _ in _strings(redis, "ticket", found.names["ticket"])}
    return found


def tickets_with_contacts(
    redis: Client, names: Iterable[str]
) -> Iterator[tuple[str, Ticket, Conversation | None]]:
    """Each ticket with its contact's conversation, a batch at a time: they're too large to hold all of them."""
    for batch in _batches(names):
        tickets = {name: load(Ticket, raw) for name, raw in _strings(redis, "ticket", batch)}
        who = dict(_conversations(redis, {ticket.contact_id for ticket in tickets.values()}))
        yield from ((name, ticket, who.get(ticket.contact_id)) for name, ticket in tickets.items())


def is_undelivered(entry: OutboxEntry) -> bool:
    """Whether it still has to be sent."""
    is_asked_for = entry.status is DeliveryStatus.UNCERTAIN and entry.next_at is not None
    return entry.status in UNDELIVERED or is_asked_for


def _read_threads(redis: Client, found: StoreSnapshot) -> None:
    """Count the entries, and note those that are in two places; of the others only a number is kept."""
    seen: set[int] = set()
    for _, raws in _lists(redis, "thread", found.names["thread"]):
        for raw in raws:
            entry = json.loads(raw)
            found.entries += 1
            names = [entry["entry_id"]]
            if entry["author"] == Author.CUSTOMER and entry.get("external_id") and not entry.get("is_edit"):
                names.append(f"{entry.get('channel')} {entry['external_id']}")
            for name in names:
                if hash(name) in seen:
                    found.repeated.add(name)
                seen.add(hash(name))


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
