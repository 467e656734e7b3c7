"""Loads and erases everything stored about one contact. Changes nothing of other contacts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import WatchError

from bot.archiving.archive_record import ArchiveReader, ArchiveRecord
from bot.forum.topic import Topic
from bot.messages.errors import NotFound, WriteConflict
from bot.messages.ids import make_contact_ids, make_ticket_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Attachment
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from store import keys
from store.agents import keys as agent_keys
from store.archive.serialise import deserialise
from store.archive.thread_keys import ThreadRecords, agent_ids, remove_thread
from store.codec import load
from store.contacts import unfinished
from store.contacts.intake_records import forget_intakes
from store.forum import topics
from store.leases import ARCHIVING_LEASE, leased
from store.outbox.recipient import conversation_at
from store.outgoing_webhooks import queue
from store.redis_client import Client

_READ_CONTACT = """
local id = redis.call('GET', 'alias:' .. ARGV[1]) or ARGV[1]
local found = redis.call('HMGET', 'contact:' .. id, 'v', 'c')
return {id, found[1] or '', found[2]}
"""
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
"""Rewrites a stream without some entries: XDEL only marks them, and their bytes stay in memory and on disk."""


@dataclass(frozen=True)
class ContactThread:
    """One of their threads: a ticket's, or without a ticket, small talk."""

    thread_id: str
    ticket: Ticket | None
    entries: tuple[ThreadEntry, ...]
    files: tuple[Attachment, ...]  # as downloaded to the media folder
    topic_id: int = 0  # the ticket's topic in the agents' group
    archived_at: datetime | None = None


@dataclass(frozen=True)
class ContactData:
    """Everything stored about one contact; `version` changes with every write to it."""

    contact_id: str
    version: bytes
    conversation: Conversation
    threads: tuple[ContactThread, ...]

    @property
    def owners(self) -> set[str]:
        """The ids of the contact and of those merged into it: tickets keep their ids."""
        return {self.contact_id, *(former.contact_id for former in self.conversation.formerly)}

    @property
    def file_ids(self) -> set[str]:
        """The ids of their files in the media folder."""
        sent = (file for thread in self.threads for entry in thread.entries for file in entry.attachments)
        fetched = (file for thread in self.threads for file in thread.files)
        return {file.file_id for each in (sent, fetched) for file in each if file.file_id}


def load_contact_data(redis: Client, address: Address, shelf: ArchiveReader) -> ContactData:
    """Everything stored about the contact with that address, live and archived; NotFound, ArchiveUnavailable."""
    known = conversation_at(redis, address)
    found = load_data_of(redis, known.contact_id, shelf) if known else None
    if found is None:
        raise NotFound(f"no one has written from {address}")
    return found


def load_data_of(redis: Client, contact_id: str, shelf: ArchiveReader) -> ContactData | None:
    """The same by the contact's id, or that of one merged into them; None if there's no such contact."""
    _, version, raw = redis.eval(_READ_CONTACT, 0, contact_id)
    if raw is None:
        return None
    conversation = load(Conversation, raw)
    contact_id = conversation.contact_id
    owned = (
        (contact_id, conversation.ticket_count),
        *((f.contact_id, f.ticket_count) for f in conversation.formerly),
    )
    names = [make_ticket_id(owner, count) for owner, last in owned for count in range(last + 1)]
    archived = {each.ticket_id: each for each in shelf.of_contacts([owner for owner, _ in owned])}
    threads = (_thread(redis, name, archived.get(name)) for name in names)
    return ContactData(contact_id, version, conversation, tuple(threads))


def erase_contact_data(
    redis: Client,
    found: ContactData,
    drop_file: Callable[[str], None],
    forget_archived: Callable[[Sequence[str]], None],
) -> None:
    """Erase all of it, on disk too; WriteConflict while tickets move to the archive, or if they wrote meanwhile.

    Files go first, then archived tickets, then the live records: after a crash, the next run finds all that is
    left. A later message starts a new contact. Ids of their messages stay for a while, so that a repeat by the
    provider doesn't bring an old message back.
    """
    with leased(redis, ARCHIVING_LEASE) as lease:
        if lease is None:
            raise WriteConflict("tickets are being moved to the archive; try again in a few seconds")
        for file_id in found.file_ids:
            drop_file(file_id)
        forget_archived(sorted(found.owners))
        _erase_live(redis, found)


def _erase_live(redis: Client, found: ContactData) -> None:
    pipe = redis.pipeline(transaction=True)
    pipe.watch(keys.contact(found.contact_id))
    if (pipe.hget(keys.contact(found.contact_id), "v") or b"") != found.version:
        raise WriteConflict("something was written about them meanwhile; try again")
    pipe.multi()
    for thread in found.threads:
        _erase_thread(redis, pipe, thread)
    pipe.delete(
        keys.contact(found.contact_id), keys.lane(found.contact_id), keys.code_attempts(found.contact_id)
    )
    for owner in found.owners:
        pipe.delete(
            keys.contact(owner),
            keys.window_closed_at(owner),
            keys.last_template(owner),
            keys.in_flight(owner),
        )
    pipe.zrem(keys.ERASURES, *found.owners)
    threads = [thread.thread_id for thread in found.threads]
    unfinished.forget(pipe, *threads)
    forget_intakes(redis, pipe, threads)
    for channel in {address.channel for address in _addresses(found)}:
        pipe.zrem(keys.LANES, f"{channel}|{found.contact_id}")
    pipe.delete(*(keys.alias(each) for address in _addresses(found) for each in make_contact_ids(address)))
    for stream, ids in ((keys.SET_ASIDE, _set_aside(redis, found)), (keys.FEED, _feed_entries(redis, found))):
        pipe.eval(_WITHOUT, 1, stream, *ids)
    try:
        pipe.execute()
    except WatchError as error:
        raise WriteConflict("something was written about them meanwhile; try again") from error


def _thread(redis: Client, thread_id: str, archived: ArchiveRecord | None) -> ContactThread:
    """The live thread, else the archived one."""
    pipe = redis.pipeline(transaction=False)
    pipe.get(keys.ticket(thread_id))
    pipe.lrange(keys.thread(thread_id), 0, -1)
    pipe.hvals(keys.attachments(thread_id))
    ticket, entries, files = pipe.execute()
    if archived and ticket is None:
        return _archived_thread(deserialise(archived), archived.archived_at)
    return ContactThread(
        thread_id,
        load(Ticket, ticket) if ticket else None,
        tuple(load(ThreadEntry, raw) for raw in entries),
        tuple(load(Attachment, raw) for raw in files),
    )


def _archived_thread(kept: ThreadRecords, archived_at: datetime) -> ContactThread:
    return ContactThread(
        kept.ticket_id,
        kept.load_ticket(),
        tuple(load(ThreadEntry, raw) for raw in kept.entries),
        tuple(load(Attachment, raw) for raw in kept.files.values()),
        load(Topic, kept.topic).thread_id if kept.topic else 0,
        archived_at,
    )


def _erase_thread(redis: Client, pipe: Any, thread: ContactThread) -> None:
    name, agents = thread.thread_id, agent_ids(redis)
    ids = [entry.entry_id for entry in thread.entries]
    raws = redis.mget([keys.outbox_entry(entry_id) for entry_id in ids]) if ids else []
    sent = [load(OutboxEntry, raw) for raw in raws if raw]
    remove_thread(pipe, name, thread.ticket.number if thread.ticket else "", ids, sent, agents)
    pipe.delete(agent_keys.presence(name))
    if thread.ticket:
        queue.erase_events(pipe, thread.ticket.number)
        for month in {(thread.ticket.opened_at + by).strftime("%Y-%m") for by in (-_A_DAY, _A_DAY)}:
            pipe.hdel(keys.quota(thread.ticket.account_id or thread.ticket.contact_id, month), name)
    topics.erase_topic(redis, pipe, name, thread.topic_id)
    for agent in agents:
        pipe.hdel(agent_keys.drafts(agent), name)
    for noted in (keys.MISSED_TARGETS, keys.COMPLETED_TARGETS):
        for member, _ in redis.zscan_iter(noted, match=f"{name}|*", count=1000):
            pipe.zrem(noted, member)


def _addresses(found: ContactData) -> set[Address]:
    return {found.conversation.address, *found.conversation.addresses}


def _set_aside(redis: Client, found: ContactData) -> Iterator[bytes]:
    """Unprocessed posts of theirs, as far as they contain the address."""
    spelled = {each for address in _addresses(found) for each in (str(address), *address.spellings)}
    names = [each.partition(":")[2].lstrip("+").encode() for each in spelled]
    for entry_id, fields in redis.xrange(keys.SET_ASIDE):
        if any(name in fields[b"body"] for name in names):
            yield entry_id


def _feed_entries(redis: Client, found: ContactData) -> Iterator[bytes]:
    """Entries of the change feed about their tickets."""
    owners = {thread.thread_id.partition("-")[0] for thread in found.threads}
    for entry_id, fields in redis.xrange(keys.FEED):
        if fields[b"t"].decode().partition("-")[0] in owners:
            yield entry_id
