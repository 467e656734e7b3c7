"""How a closed ticket leaves the store, once the archive has it: in one transaction that watches all of it.

What is about to move is noted first (`keys.ARCHIVING`), with a token that only grows: whoever takes a move over
gets a later one, and from then on the earlier one can neither leave nor write over it. A kill after any line
leaves the ticket here, or in the archive, or in both with the note; the one here counts, and the note is settled.
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
from store.archive.thread_keys import Belongings, agents_of, names, read, take_out
from store.codec import dump, load
from store.forum import keys as forum_keys
from store.integrity.audit import is_waiting
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
class Leaver:
    """A ticket that may leave, as it was looked at."""

    belongings: Belongings
    conversation: Conversation
    version: bytes


class Leaving:
    """Looks for tickets that may leave, and lets them go."""

    def __init__(self, redis: Client, policies: Policies) -> None:
        self._redis, self._policies = redis, policies

    def ended(self, before: datetime, start: int, count: int) -> list[str]:
        """Tickets that ended before then, the longest ago first."""
        found = self._redis.zrangebyscore(keys.ENDED, "-inf", before.timestamp(), start=start, num=count)
        return [ticket_id.decode() for ticket_id in found]

    def intend(self, ticket_id: str) -> int:
        """Note that it is being moved; the token of this move."""
        return int(self._redis.eval(_INTEND, 2, keys.LAST_MOVE, keys.ARCHIVING, ticket_id))

    def intended(self) -> list[str]:
        """Tickets of which a move was begun and not ended."""
        return [ticket_id.decode() for ticket_id in self._redis.hkeys(keys.ARCHIVING)]

    def done(self, ticket_id: str, token: int) -> None:
        """That move has ended."""
        self._redis.eval(_DONE, 1, keys.ARCHIVING, ticket_id, token)

    def is_here(self, ticket_id: str) -> bool:
        """Whether the store has it: then whatever the archive has of it is of no account."""
        return bool(self._redis.exists(keys.ticket(ticket_id)))

    def is_known(self, ticket_id: str) -> bool:
        """Whether its contact is still remembered; not so once they were erased."""
        owner, _, count = ticket_id.partition("-")
        found = conversation_of(self._redis, owner)
        if found is None:
            return False
        counts = {former.contact_id: former.ticket_count for former in found.formerly}
        return int(count) <= (counts | {found.contact_id: found.ticket_count}).get(owner, 0)

    def look(self, ticket_id: str, now: datetime) -> Leaver | None:
        """That ticket with all that belongs to it, if it may leave."""
        return self._look(self._redis, ticket_id, now)

    def leave(self, leaver: Leaver, token: int, now: datetime) -> bool:
        """Take it out of the store; False when anything of it has changed since, or the move was taken over."""
        ticket_id, contact_id = leaver.belongings.ticket_id, leaver.conversation.contact_id
        agents = agents_of(self._redis)
        watched = [keys.contact(contact_id), keys.lane(contact_id), keys.ARCHIVING, *names(ticket_id)]
        watched += [keys.outbox(entry_id) for entry_id in leaver.belongings.outbox]
        with self._redis.pipeline() as pipe:
            try:
                pipe.watch(*watched)
                is_ours = pipe.hget(keys.ARCHIVING, ticket_id) == str(token).encode()
                if not is_ours or self._look(pipe, ticket_id, now) != leaver:
                    return False
                pipe.multi()
                self._write(pipe, leaver, agents)
                pipe.execute()
            except WatchError:
                return False
        return True

    def _look(self, redis: Client, ticket_id: str, now: datetime) -> Leaver | None:
        found, conversation = read(redis, ticket_id), conversation_of(redis, owner_of(ticket_id))
        if found is None or conversation is None:
            return None
        ticket, current = found.loaded(), self._policies.current
        policy, days = self._policies.of(ticket), current.archive_after
        if not can_archive(ticket, conversation, policy, now, days) or self._is_held_up(redis, found, ticket):
            return None
        version = redis.hget(keys.contact(conversation.contact_id), "v") or b""
        return Leaver(found, conversation, version)

    def _is_held_up(self, redis: Client, found: Belongings, ticket: Ticket) -> bool:
        """Whether something of it is still to be done, shown or read with a ticket that stays."""
        ticket_id = found.ticket_id
        files = [f"{ticket_id}|{entry_id}" for entry_id in _ids(found)]
        alerted = redis.zrevrange(keys.ALERTS, 0, ALERTS_SHOWN - 1)
        return (
            any(is_waiting(sent) for sent in found.deliveries().values())
            or any(at is not None for at in (redis.zmscore(keys.MEDIA, files) if files else ()))
            or redis.zscore(keys.DEADLINES, ticket_id) is not None
            or redis.zscore(forum_keys.WAITING, ticket_id) is not None
            or any(raw.decode().partition("|")[0] == ticket_id for raw in alerted)
            or not event_feed.is_told(redis, ticket)
            or bool(ticket.merged_into and redis.exists(keys.ticket(ticket.merged_into)))
        )

    def _write(self, writes: Pipeline, leaver: Leaver, agents: Sequence[str]) -> None:
        found, ticket = leaver.belongings, leaver.belongings.loaded()
        after = after_archiving(leaver.conversation, ticket)
        keep(writes, after)
        take_out(writes, ticket.ticket_id, ticket.number, _ids(found), found.deliveries().values(), agents)
        writes.delete(*names(ticket.ticket_id))
        writes.hdel(keys.ARCHIVING, ticket.ticket_id)
        writes.xadd(keys.FEED, {"t": ticket.ticket_id}, maxlen=FEED_LENGTH, approximate=True)


def keep(writes: Pipeline, conversation: Conversation) -> None:
    contact = keys.contact(conversation.contact_id)
    writes.hincrby(contact, "v", 1)
    writes.hset(contact, mapping={"c": dump(conversation), "t": conversation.ticket_id})


def _ids(found: Belongings) -> list[str]:
    return [load(ThreadEntry, raw).entry_id for raw in found.entries]
