"""Removes a closed ticket from the store once the archive has it, in one transaction that watches all its keys.

What is about to move is noted first (`keys.ARCHIVE_MOVES`), with an increasing token. A process that takes a move
over gets a higher one, and the earlier move can then neither remove nor overwrite the ticket. After a crash at any
line, the ticket is here, in the archive, or in both with the note; the one here counts, and the note is settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis import WatchError
from redis.client import Pipeline

from bot.archiving.archive_rules import after_archiving, can_archive
from bot.messages.ids import owner_of
from bot.messages.thread import ThreadEntry
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.sla.outlook import Policies
from store import keys
from store.alerts.missed_targets import ALERTS_SHOWN
from store.archive.thread_keys import ThreadRecords, agent_ids, read_records, remove_thread, thread_keys
from store.codec import dump, load
from store.forum import keys as forum_keys
from store.integrity.snapshot import is_undelivered
from store.outbox.recipient import conversation_of
from store.outgoing_webhooks import event_feed
from store.redis_client import Client
from store.tickets.ticket_list import FEED_LENGTH

_INTEND = """
local now = redis.call('TIME')
local token = math.max(tonumber(redis.call('GET', KEYS[1]) or '0') + 1, now[1] * 1000000 + now[2])
token = string.format('%.0f', token)
redis.call('SET', KEYS[1], token)
redis.call('HSET', KEYS[2], ARGV[1], token)
return token
"""
_DONE = """
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[1]) end
"""


@dataclass(frozen=True)
class ArchiveCandidate:
    """A ticket that may be archived, as it was read."""

    records: ThreadRecords
    conversation: Conversation
    version: bytes


class ArchiveMoves:
    """Finds tickets that may be archived, and removes them."""

    def __init__(self, redis: Client, policies: Policies) -> None:
        self._redis, self._policies = redis, policies

    def ended(self, before: datetime, start: int, count: int) -> list[str]:
        """Tickets that ended before then, oldest first."""
        found = self._redis.zrangebyscore(keys.ENDED, "-inf", before.timestamp(), start=start, num=count)
        return [ticket_id.decode() for ticket_id in found]

    def begin_move(self, ticket_id: str) -> int:
        """Note that the ticket is being moved; the token of the move."""
        return int(self._redis.eval(_INTEND, 2, keys.LAST_ARCHIVE_MOVE, keys.ARCHIVE_MOVES, ticket_id))

    def unfinished_moves(self) -> list[str]:
        """Tickets whose move was begun and not ended."""
        return [ticket_id.decode() for ticket_id in self._redis.hkeys(keys.ARCHIVE_MOVES)]

    def end_move(self, ticket_id: str, token: int) -> None:
        """Remove the note of that move."""
        self._redis.eval(_DONE, 1, keys.ARCHIVE_MOVES, ticket_id, token)

    def is_live(self, ticket_id: str) -> bool:
        """Whether the store has the ticket: then the archive's copy doesn't count."""
        return bool(self._redis.exists(keys.ticket(ticket_id)))

    def has_contact(self, ticket_id: str) -> bool:
        """Whether its contact still exists, and wasn't erased."""
        owner, _, count = ticket_id.partition("-")
        found = conversation_of(self._redis, owner)
        if found is None:
            return False
        counts = {former.contact_id: former.ticket_count for former in found.formerly}
        return int(count) <= (counts | {found.contact_id: found.ticket_count}).get(owner, 0)

    def find_candidate(self, ticket_id: str, now: datetime) -> ArchiveCandidate | None:
        """The ticket with all its records, if it may be archived."""
        return self._look(self._redis, ticket_id, now)

    def remove(self, candidate: ArchiveCandidate, token: int, now: datetime) -> bool:
        """Remove the ticket from the store; False if it has changed since, or the move was taken over."""
        ticket_id, contact_id = candidate.records.ticket_id, candidate.conversation.contact_id
        agents = agent_ids(self._redis)
        watched = [
            keys.contact(contact_id),
            keys.lane(contact_id),
            keys.ARCHIVE_MOVES,
            *thread_keys(ticket_id),
        ]
        watched += [keys.outbox_entry(entry_id) for entry_id in candidate.records.outbox]
        with self._redis.pipeline() as pipe:
            try:
                pipe.watch(*watched)
                is_ours = pipe.hget(keys.ARCHIVE_MOVES, ticket_id) == str(token).encode()
                if not is_ours or self._look(pipe, ticket_id, now) != candidate:
                    return False
                pipe.multi()
                self._write(pipe, candidate, agents)
                pipe.execute()
            except WatchError:
                return False
        return True

    def _look(self, redis: Client, ticket_id: str, now: datetime) -> ArchiveCandidate | None:
        found, conversation = read_records(redis, ticket_id), conversation_of(redis, owner_of(ticket_id))
        if found is None or conversation is None:
            return None
        ticket, current = found.load_ticket(), self._policies.current
        policy, days = self._policies.of(ticket), current.archive_after
        if not can_archive(ticket, conversation, policy, now, days) or self._is_blocked(redis, found, ticket):
            return None
        version = redis.hget(keys.contact(conversation.contact_id), "v") or b""
        return ArchiveCandidate(found, conversation, version)

    def _is_blocked(self, redis: Client, found: ThreadRecords, ticket: Ticket) -> bool:
        """Whether any work on it is left, or a live ticket or list still needs it."""
        ticket_id = found.ticket_id
        files = [f"{ticket_id}|{entry_id}" for entry_id in _ids(found)]
        alerted = redis.zrevrange(keys.MISSED_TARGETS, 0, ALERTS_SHOWN - 1)
        return (
            any(is_undelivered(sent) for sent in found.deliveries().values())
            or any(at is not None for at in (redis.zmscore(keys.MEDIA, files) if files else ()))
            or redis.zscore(keys.DEADLINES, ticket_id) is not None
            or redis.zscore(forum_keys.WAITING, ticket_id) is not None
            or any(raw.decode().partition("|")[0] == ticket_id for raw in alerted)
            or not event_feed.is_fully_queued(redis, ticket)
            or bool(ticket.merged_into and redis.exists(keys.ticket(ticket.merged_into)))
        )

    def _write(self, writes: Pipeline, candidate: ArchiveCandidate, agents: Sequence[str]) -> None:
        found, ticket = candidate.records, candidate.records.load_ticket()
        after = after_archiving(candidate.conversation, ticket)
        save_conversation(writes, after)
        remove_thread(
            writes, ticket.ticket_id, ticket.number, _ids(found), found.deliveries().values(), agents
        )
        writes.delete(*thread_keys(ticket.ticket_id))
        writes.hdel(keys.ARCHIVE_MOVES, ticket.ticket_id)
        writes.xadd(keys.FEED, {"t": ticket.ticket_id}, maxlen=FEED_LENGTH, approximate=True)


def save_conversation(writes: Pipeline, conversation: Conversation) -> None:
    contact = keys.contact(conversation.contact_id)
    writes.hincrby(contact, "v", 1)
    writes.hset(contact, mapping={"c": dump(conversation), "t": conversation.ticket_id})


def _ids(found: ThreadRecords) -> list[str]:
    return [load(ThreadEntry, raw).entry_id for raw in found.entries]
