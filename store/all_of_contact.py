"""Everything that is kept of one contact, to be handed to them or erased. Changes nothing of anybody else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.conversation import Conversation
from bot.errors import NotFound
from bot.ids import contact_id as id_of
from bot.ids import ticket_id as thread_name
from bot.inbound import Address
from bot.said import Attachment
from bot.thread import Entry, OutboxEntry
from bot.ticket import Ticket
from store import agent_keys, keys, topics
from store.client import Client
from store.codec import load

_A_DAY = timedelta(days=1)
_WITHOUT = """
local drop = {}
for _, id in ipairs(ARGV) do drop[id] = true end
if next(drop) == nil then return end
local all = redis.call('XRANGE', KEYS[1], '-', '+')
redis.call('DEL', KEYS[1])
for _, entry in ipairs(all) do
  if not drop[entry[1]] then redis.call('XADD', KEYS[1], entry[1], unpack(entry[2])) end
end
"""
"""Writes a stream anew without some entries: XDEL only marks them, their bytes stay in memory and on disk."""


@dataclass(frozen=True)
class Thread:
    """One thread of theirs: a ticket with all that was written, or (without a ticket) chatter."""

    thread_id: str
    ticket: Ticket | None
    entries: tuple[Entry, ...]
    files: tuple[Attachment, ...]  # as they were fetched into our folder


@dataclass(frozen=True)
class Everything:
    """All that is kept of one contact."""

    contact_id: str
    conversation: Conversation
    threads: tuple[Thread, ...]

    @property
    def file_ids(self) -> set[str]:
        """The files of theirs that lie in our folder."""
        sent = (file for thread in self.threads for entry in thread.entries for file in entry.attachments)
        fetched = (file for thread in self.threads for file in thread.files)
        return {file.file_id for each in (sent, fetched) for file in each if file.file_id}


def everything(redis: Client, address: Address) -> Everything:
    """All that is kept of whoever writes from that address; NotFound."""
    contact_id = id_of(address)
    alias = redis.get(keys.alias(contact_id))
    contact_id = alias.decode() if alias else contact_id
    raw = redis.hget(keys.contact(contact_id), "c")
    if raw is None:
        raise NotFound(f"nobody has written from {address}")
    conversation = load(Conversation, raw)
    owned = (
        (contact_id, conversation.ticket_count),
        *((f.contact_id, f.ticket_count) for f in conversation.formerly),
    )
    names = [thread_name(owner, count) for owner, last in owned for count in range(last + 1)]
    return Everything(contact_id, conversation, tuple(_thread(redis, name) for name in names))


def erase(redis: Client, found: Everything, drop_file: Callable[[str], None]) -> int:
    """Erase all of it, and have the store forget it on disk too; how many tickets there were.

    What they write later begins anew. Ids of their messages stay for a while, so that a provider's repeat of
    an old message does not bring it back.
    """
    pipe = redis.pipeline(transaction=True)
    for thread in found.threads:
        _erase_thread(redis, pipe, thread)
    pipe.delete(
        keys.contact(found.contact_id), keys.lane(found.contact_id), keys.code_tries(found.contact_id)
    )
    for owner in {found.contact_id, *(former.contact_id for former in found.conversation.formerly)}:
        pipe.delete(keys.contact(owner), keys.refused(owner), keys.invited(owner), keys.flight(owner))
    for channel in {address.channel for address in _addresses(found)}:
        pipe.zrem(keys.LANES, f"{channel}|{found.contact_id}")
    pipe.delete(*(keys.alias(id_of(address)) for address in _addresses(found)))
    for stream, ids in ((keys.SET_ASIDE, _set_aside(redis, found)), (keys.FEED, _news(redis, found))):
        pipe.eval(_WITHOUT, 1, stream, *ids)
    pipe.execute()
    for file_id in found.file_ids:
        drop_file(file_id)
    return sum(thread.ticket is not None for thread in found.threads)


def _thread(redis: Client, thread_id: str) -> Thread:
    pipe = redis.pipeline(transaction=False)
    pipe.get(keys.ticket(thread_id))
    pipe.lrange(keys.thread(thread_id), 0, -1)
    pipe.hvals(keys.files(thread_id))
    ticket, entries, files = pipe.execute()
    return Thread(
        thread_id,
        load(Ticket, ticket) if ticket else None,
        tuple(load(Entry, raw) for raw in entries),
        tuple(load(Attachment, raw) for raw in files),
    )


def _erase_thread(redis: Client, pipe: Any, thread: Thread) -> None:
    name = thread.thread_id
    outbox = [keys.outbox(entry.entry_id) for entry in thread.entries]
    sent = [load(OutboxEntry, raw) for raw in (redis.mget(outbox) if outbox else []) if raw]
    external = [keys.external(each.address.channel, known) for each in sent for known in each.external_ids]
    pipe.delete(keys.ticket(name), keys.thread(name), keys.files(name), agent_keys.presence(name))
    for key in (*outbox, *external):
        pipe.delete(key)
    pipe.hdel(keys.ROWS, name)
    for view in (keys.LIVE, keys.ENDED, keys.UNASSIGNED, keys.WAITING, keys.DEADLINES):
        pipe.zrem(view, name)
    for entry in thread.entries:
        pipe.zrem(keys.MEDIA, f"{name}|{entry.entry_id}")
    if thread.ticket:
        pipe.hdel(keys.NUMBERS, thread.ticket.number)
        for month in {(thread.ticket.opened_at + by).strftime("%Y-%m") for by in (-_A_DAY, _A_DAY)}:
            pipe.hdel(keys.quota(thread.ticket.account_id or thread.ticket.contact_id, month), name)
    topics.erase(redis, pipe, name)
    for agent_id in redis.hkeys(agent_keys.AGENTS):
        agent = agent_id.decode()
        pipe.zrem(keys.mine(agent), name)
        pipe.hdel(agent_keys.drafts(agent), name)
        pipe.zrem(agent_keys.read_marks(agent), name)
    for noted in (keys.ALERTS, keys.ANSWERED):
        for member, _ in redis.zscan_iter(noted, match=f"{name}|*", count=1000):
            pipe.zrem(noted, member)


def _addresses(found: Everything) -> set[Address]:
    return {found.conversation.address, *found.conversation.addresses}


def _set_aside(redis: Client, found: Everything) -> Iterator[bytes]:
    """Posts of theirs that could not be taken, as far as they name the address."""
    names = [address.name.lstrip("+").encode() for address in _addresses(found)]
    for entry_id, fields in redis.xrange(keys.SET_ASIDE):
        if any(name in fields[b"body"] for name in names):
            yield entry_id


def _news(redis: Client, found: Everything) -> Iterator[bytes]:
    """What the inbox was told of their tickets."""
    owners = {thread.thread_id.partition("-")[0] for thread in found.threads}
    for entry_id, fields in redis.xrange(keys.FEED):
        if fields[b"t"].decode().partition("-")[0] in owners:
            yield entry_id
