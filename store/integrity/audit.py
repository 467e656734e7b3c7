"""Checks the store's invariants: every event in one thread, all waiting work reachable, no key without an owner.

    double-entry         an entry, or a customer's message, that is in two places
    unreachable-message  a message to send that is in no lane
    unreachable-lane     a lane with messages that no sweep finds
    lost-message         a message in a lane that doesn't exist
    unreachable-hook     a webhook endpoint with waiting events that no sweep finds
    unreachable-erasure  a customer's data to erase that no sweep finds
    unreachable-ticket   a live ticket missing from a list or the deadlines
    ghost                a list entry, number or deadline of a ticket, or a key of an endpoint, that doesn't exist
    in-both              a live ticket that is also in the archive
    immortal             a key that should expire and has no expiry
    stranger             a key that isn't ours

Reads only; `store.integrity.repair` repairs what can be repaired safely.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.archiving.archive_record import ArchiveReader, NoArchive
from bot.messages.errors import ArchiveUnavailable
from bot.sla.outlook import Policies, next_check_at
from store import keys
from store.agents import keys as agent_keys
from store.forum import keys as forum_keys
from store.integrity.snapshot import StoreSnapshot, keys_without_ttl, take_snapshot, tickets_with_contacts
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client

EXPIRING_PREFIXES = {
    "seen", "external", "lease", "pace", "refused", "templates", "reported", "flight", "session",
    "sign-in-link", "guesses", "presence", "drafts", "code-tries", "passage", "quota", "trouble",
    "telegram-code", "resting", "typing", "wanted", "breaker", "intakes",
}  # fmt: skip
PERMANENT_PREFIXES = {
    "contact", "alias", "ticket", "thread", "files", "outbox", "lane", "board", "pressing", "told", "heard", "invited",
    "tickets", "agents", "read", "rq", "topic", "topics", "group", "hooks", "api-tokens", "calls", "in-air",
}  # fmt: skip
FIXED_KEYS = {
    value for module in (keys, agent_keys, forum_keys, webhook_keys) for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One broken invariant (see above), and the id it's about."""

    rule: str
    name: str


@dataclass(frozen=True)
class AuditReport:
    """What was checked, and the faults found twice."""

    faults: tuple[Fault, ...]
    tickets: int = 0
    entries: int = 0
    messages: int = 0


def audit(
    redis: Client, policies: Policies, pause: Callable[[], None], shelf: ArchiveReader | None = None
) -> AuditReport:
    """Check everything, twice with `pause` in between, because other processes write meanwhile."""
    shelf = shelf or NoArchive()
    seen = take_snapshot(redis)
    wrong = set(_faults(redis, seen, policies, shelf))
    if wrong:
        pause()
        seen = take_snapshot(redis)
        wrong &= set(_faults(redis, seen, policies, shelf))
    return AuditReport(tuple(sorted(wrong)), len(seen.tickets), seen.entries, len(seen.outbox))


def _faults(redis: Client, seen: StoreSnapshot, policies: Policies, shelf: ArchiveReader) -> Iterator[Fault]:
    yield from _duplicates(seen)
    yield from _messages(seen)
    yield from _tickets(redis, seen, policies)
    yield from _erasures(seen)
    yield from _dangling(seen)
    yield from _hooks(seen)
    yield from _keys(redis, seen)
    yield from _archived(seen, shelf)


def _duplicates(seen: StoreSnapshot) -> Iterator[Fault]:
    yield from (Fault("double-entry", name) for name in seen.repeated)


def _messages(seen: StoreSnapshot) -> Iterator[Fault]:
    queued = {entry_id for lane in seen.lanes.values() for entry_id in lane}
    yield from (Fault("unreachable-message", entry_id) for entry_id in seen.undelivered - queued)
    yield from (Fault("lost-message", entry_id) for entry_id in queued - seen.outbox)
    reached = {member.partition("|")[2] for member in seen.indexes[keys.LANES]}
    yield from (
        Fault("unreachable-lane", name) for name, lane in seen.lanes.items() if lane and name not in reached
    )
    boards = (seen.names["board"] | seen.names["pressing"]) - seen.indexes[keys.ALERT_QUEUES]
    yield from (Fault("unreachable-lane", f"board {name}") for name in boards)


def _tickets(redis: Client, seen: StoreSnapshot, policies: Policies) -> Iterator[Fault]:
    for ticket_id, ticket, who in tickets_with_contacts(redis, seen.tickets):
        places = [ticket_id in seen.rows, seen.numbers.get(ticket.number) == ticket_id]
        places.append(ticket_id in seen.indexes[keys.LIVE if ticket.is_live else keys.ENDED])
        check_at = next_check_at(ticket, policies.of(ticket), who) if who else None
        places.append(check_at is None or ticket_id in seen.indexes[keys.DEADLINES])
        if not all(places):
            yield Fault("unreachable-ticket", ticket_id)


def _erasures(seen: StoreSnapshot) -> Iterator[Fault]:
    yield from (Fault("unreachable-erasure", name) for name in seen.erasing - seen.indexes[keys.ERASURES])


def _dangling(seen: StoreSnapshot) -> Iterator[Fault]:
    listed = seen.rows | set(seen.numbers.values()) | seen.told
    for key in (keys.LIVE, keys.ENDED, keys.UNASSIGNED, keys.WAITING, keys.DEADLINES):
        listed |= seen.indexes[key]
    yield from (Fault("ghost", ticket_id) for ticket_id in listed - seen.tickets)


def _hooks(seen: StoreSnapshot) -> Iterator[Fault]:
    kept = {name.rpartition(":")[2] for name in seen.names["hooks"] if name.count(":")}
    waiting = {name.partition(":")[2] for name in seen.names["hooks"] if name.startswith("waiting:")}
    yield from (
        Fault("unreachable-hook", name) for name in (waiting & seen.hooks) - seen.indexes[webhook_keys.DUE]
    )
    yield from (Fault("ghost", f"hook {name}") for name in kept - seen.hooks)


def _archived(seen: StoreSnapshot, shelf: ArchiveReader) -> Iterator[Fault]:
    """If the archive doesn't respond, another check reports that."""
    try:
        both = shelf.rows(list(seen.tickets))
    except ArchiveUnavailable:
        return
    yield from (Fault("in-both", ticket_id) for ticket_id in both)


def _keys(redis: Client, seen: StoreSnapshot) -> Iterator[Fault]:
    mortal = [f"{prefix}:{name}" for prefix in EXPIRING_PREFIXES for name in seen.names[prefix]]
    yield from (Fault("immortal", name) for name in keys_without_ttl(redis, mortal))
    yield from (Fault("stranger", name) for name in seen.names[""] - FIXED_KEYS)
    yield from (
        Fault("stranger", f"{prefix}:…")
        for prefix in seen.names.keys() - EXPIRING_PREFIXES - PERMANENT_PREFIXES - {""}
    )
