"""Every key that belongs to one thread: reads them, and removes them from the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis.client import Pipeline

from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.ticket import Ticket
from store import keys
from store.agents import keys as agent_keys
from store.codec import load
from store.forum import keys as forum_keys
from store.outgoing_webhooks import event_feed
from store.redis_client import Client
from store.tickets.attachment_status import with_fetched_files


@dataclass(frozen=True)
class ThreadRecords:
    """One ticket with all its records, as raw bytes."""

    ticket_id: str
    ticket: bytes
    row: bytes
    entries: tuple[bytes, ...] = ()
    files: Mapping[bytes, bytes] = field(default_factory=dict)
    outbox: Mapping[str, bytes] = field(default_factory=dict)  # by the id of the thread entry that was sent
    topic: bytes = b""
    posts: Mapping[bytes, bytes] = field(default_factory=dict)
    signs: Mapping[bytes, bytes] = field(default_factory=dict)

    def load_ticket(self) -> Ticket:
        """The ticket."""
        return load(Ticket, self.ticket)

    def thread(self) -> list[ThreadEntry]:
        """The thread, with the status of its attachments."""
        return [with_fetched_files(load(ThreadEntry, raw), self.files) for raw in self.entries]

    def deliveries(self) -> dict[str, OutboxEntry]:
        """The delivery of each outgoing message, by its id."""
        return {entry_id: load(OutboxEntry, raw) for entry_id, raw in self.outbox.items()}


def thread_keys(ticket_id: str) -> tuple[str, ...]:
    """The keys of this ticket, without those of its messages."""
    topic = (forum_keys.topic(ticket_id), forum_keys.posts(ticket_id), forum_keys.reactions(ticket_id))
    return (keys.ticket(ticket_id), keys.thread(ticket_id), keys.attachments(ticket_id), *topic)


def read_records(redis: Client, ticket_id: str) -> ThreadRecords | None:
    """All records of the ticket; None if it isn't here. A pipeline under WATCH may be passed."""
    ticket, row = redis.get(keys.ticket(ticket_id)), redis.hget(keys.TICKET_ROWS, ticket_id)
    if ticket is None:
        return None
    entries = tuple(redis.lrange(keys.thread(ticket_id), 0, -1))
    ids = [load(ThreadEntry, raw).entry_id for raw in entries]
    sent = redis.mget([keys.outbox_entry(entry_id) for entry_id in ids]) if ids else []
    return ThreadRecords(
        ticket_id=ticket_id,
        ticket=ticket,
        row=row or b"{}",
        entries=entries,
        files=redis.hgetall(keys.attachments(ticket_id)),
        outbox={entry_id: raw for entry_id, raw in zip(ids, sent, strict=True) if raw},
        topic=redis.get(forum_keys.topic(ticket_id)) or b"",
        posts=redis.hgetall(forum_keys.posts(ticket_id)),
        signs=redis.hgetall(forum_keys.reactions(ticket_id)),
    )


def remove_thread(
    writes: Pipeline,
    thread_id: str,
    number: str,
    entry_ids: Iterable[str],
    sent: Iterable[OutboxEntry],
    agents: Iterable[str],
) -> None:
    """Add to `writes` the removal of the thread, with its messages and its places in all lists."""
    writes.delete(keys.ticket(thread_id), keys.thread(thread_id), keys.attachments(thread_id))
    for entry_id in entry_ids:
        writes.delete(keys.outbox_entry(entry_id))
        writes.zrem(keys.MEDIA, f"{thread_id}|{entry_id}")
    for each in sent:
        for known in filter(None, each.external_ids):
            writes.delete(keys.by_external_id(each.address.channel, known))
    writes.hdel(keys.TICKET_ROWS, thread_id)
    event_feed.forget_ticket(writes, thread_id)
    for view in (keys.LIVE, keys.ENDED, keys.UNASSIGNED, keys.WAITING, keys.DEADLINES):
        writes.zrem(view, thread_id)
    if number:
        writes.hdel(keys.TICKET_NUMBERS, number)
    for agent in agents:
        writes.zrem(keys.agent_tickets(agent), thread_id)
        writes.zrem(agent_keys.read_marks(agent), thread_id)


def agent_ids(redis: Client) -> list[str]:
    """The ids of all agents, with the disabled ones."""
    found: list[Any] = redis.hkeys(agent_keys.AGENTS)
    return [agent.decode() for agent in found]
