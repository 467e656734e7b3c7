"""Merges two contacts when a provider, or the customer, proves that two addresses are the same person's.

Usually only one address is known, and the other becomes an alias of it. If both are known, they're merged in one
transaction that watches both, so that neither can receive a message meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from redis import WatchError

from bot.actions.merge_contacts import draft_move, merge_conversations
from bot.messages.ids import make_contact_id, make_contact_ids
from bot.messages.inbound import Address
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from store import keys
from store.codec import dump, load
from store.contacts import unfinished
from store.outbox import lanes
from store.redis_client import Client

Kept = TypeVar("Kept", OutboxEntry, Ticket)


@dataclass(frozen=True)
class _ContactPair:
    """Two watched contacts; `here` is the one who writes from `address`."""

    address: Address
    other: Address
    here_id: str
    there_id: str
    here: Conversation | None
    there: Conversation | None


class ContactMerger:
    """Merges contacts."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def link_addresses(self, address: Address, other: Address, *, is_proven: bool = False) -> None:
        """`address` and `other` are the same person's, as the channel reported or they proved. Harmless to repeat."""
        self._link(address, other, make_contact_id(address), make_contact_id(other), is_proven=is_proven)

    def link_spellings(self, address: Address) -> None:
        """Join what is stored under each spelling of the address's number. Harmless to repeat."""
        first, *others = make_contact_ids(address)
        for other in others:
            self._link(address, address, first, other, is_proven=True)

    def _link(
        self, address: Address, other: Address, address_id: str, other_id: str, *, is_proven: bool
    ) -> None:
        with self._redis.pipeline() as pipe:
            while True:
                try:
                    here_id, there_id = _resolve(pipe, address_id), _resolve(pipe, other_id)
                    here, there = _known(pipe, here_id), _known(pipe, there_id)
                    pair = _ContactPair(address, other, here_id, there_id, here, there)
                    self._join(pipe, pair, is_proven=is_proven)
                except WatchError:
                    continue
                return

    def _join(self, pipe: Client, pair: _ContactPair, *, is_proven: bool) -> None:
        if pair.here_id == pair.there_id:
            return
        is_one = pair.there is not None and (is_proven or not _has_changed_hands(pair.there, pair.address))
        if pair.here and pair.there and is_one:
            self._merge(pipe, pair, pair.here, pair.there)
        elif is_one:
            pipe.multi()
            pipe.set(keys.alias(pair.here_id), pair.there_id)
        elif pair.address == pair.other:
            return
        elif pair.there is None or pair.there_id != make_contact_id(
            pair.other
        ):  # a number that changed hands
            pipe.multi()
            pipe.set(keys.alias(make_contact_id(pair.other)), pair.here_id)
        else:
            return
        for contact_id in (pair.here_id, pair.there_id):
            pipe.hincrby(keys.contact(contact_id), "v", 1)
        pipe.execute()

    def _merge(self, pipe: Client, pair: _ContactPair, here: Conversation, there: Conversation) -> None:
        """Merge the contact `there` into the one `here`."""
        waiting = [raw.decode() for raw in pipe.lrange(keys.lane(pair.there_id), 0, -1)]
        outbox = _all(pipe, OutboxEntry, keys.outbox_entry, waiting)
        tickets = _all(pipe, Ticket, keys.ticket, [head.ticket_id for head in there.tickets])
        draft = draft_move(here, there)
        entries = (
            [load(ThreadEntry, raw) for raw in pipe.lrange(keys.thread(draft[0]), 0, -1)] if draft else []
        )
        files = pipe.hgetall(keys.attachments(draft[0])) if draft else {}
        one = merge_conversations(here, there)
        pipe.multi()
        pipe.hset(
            keys.contact(pair.here_id), mapping={"c": dump(one), "t": one.ticket_id, "a": one.account_id}
        )
        pipe.hdel(keys.contact(pair.there_id), "c", "t", "a")
        for address_id in {pair.there_id, *map(make_contact_id, one.addresses)} - {pair.here_id}:
            pipe.set(keys.alias(address_id), pair.here_id)
        if draft:
            unfinished.forget(pipe, draft[0])
        pipe.zrem(keys.ERASURES, pair.there_id)
        if one.erasure:
            pipe.zadd(keys.ERASURES, {pair.here_id: one.erasure.due_at.timestamp()})
        for ticket in tickets:
            pipe.set(keys.ticket(ticket.ticket_id), dump(ticket.evolve(contact_id=pair.here_id)))
            pipe.xadd(keys.FEED, {"t": ticket.ticket_id}, maxlen=20_000, approximate=True)
        for entry in entries:
            pipe.rpush(keys.thread(draft[1]), dump(replace(entry, thread_id=draft[1])))  # type: ignore[index]
        if draft and files:
            pipe.hset(keys.attachments(draft[1]), mapping=files)
        _move_lane(pipe, pair, outbox)


def _resolve(pipe: Client, address_id: str) -> str:
    """The id of the contact with that address's id, watched."""
    pipe.watch(keys.alias(address_id))
    raw = pipe.get(keys.alias(address_id))
    contact_id: str = raw.decode() if raw else address_id
    pipe.watch(keys.contact(contact_id), keys.lane(contact_id))
    return contact_id


def _known(pipe: Client, contact_id: str) -> Conversation | None:
    raw = pipe.hget(keys.contact(contact_id), "c")
    return load(Conversation, raw) if raw else None


def _has_changed_hands(known: Conversation, address: Address) -> bool:
    """Whether they have another business-scoped id: then the phone number has a new owner."""
    theirs = (each for each in known.addresses if each.channel == address.channel)
    return any(each != address and not each.name.startswith("+") for each in theirs)


def _all(pipe: Client, kind: type[Kept], key: Callable[[str], str], ids: Sequence[str]) -> list[Kept]:
    raws = pipe.mget([key(each) for each in ids]) if ids else []
    return [load(kind, raw) for raw in raws if raw]


def _move_lane(pipe: Client, pair: _ContactPair, outbox: Sequence[OutboxEntry]) -> None:
    """Move the outbox entries of one to the lane of the other, in the same order."""
    for entry in outbox:
        pipe.set(keys.outbox_entry(entry.entry_id), dump(replace(entry, lane=pair.here_id)))
        pipe.rpush(keys.lane(pair.here_id), entry.entry_id)
        pipe.zadd(keys.LANES, {f"{entry.address.channel}|{pair.here_id}": entry.created_at.timestamp()})
    pipe.delete(keys.lane(pair.there_id))
    pipe.zrem(keys.LANES, *lanes.lane_members(pair.there_id))
