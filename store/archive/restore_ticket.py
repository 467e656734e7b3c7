"""Restores an archived ticket to the store, with those merged into it, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from redis import WatchError
from redis.client import Pipeline

from bot.archiving.archive_rules import after_restoring
from bot.messages.errors import NotFound
from bot.messages.ids import owner_of
from bot.model.conversation import Conversation
from store import keys
from store.archive.archive_ticket import save_conversation
from store.archive.thread_keys import ThreadRecords
from store.codec import dump
from store.forum import keys as forum_keys
from store.outbox.recipient import conversation_of
from store.outgoing_webhooks import event_feed
from store.outgoing_webhooks import keys as webhook_keys
from store.redis_client import Client
from store.tickets.ticket_list import TicketList


class TicketRestorer:
    """Restores tickets."""

    def __init__(self, redis: Client, rows: TicketList) -> None:
        self._redis, self._rows = redis, rows

    def restore(self, together: Sequence[ThreadRecords], by: str, now: datetime) -> None:
        """Restore those that aren't here: as resolved, or as merged into the other.

        NotFound if their contact is gone. Harmless to do twice.
        """
        owner = owner_of(together[0].ticket_id)
        with self._redis.pipeline() as pipe:
            while not self._is_put_back(pipe, together, owner, by, now):
                pipe.reset()

    def _is_put_back(
        self, pipe: Client, together: Sequence[ThreadRecords], owner: str, by: str, now: datetime
    ) -> bool:
        """Whether they're here now; False on a conflict, and then it must be tried again."""
        who = conversation_of(self._redis, owner)
        if who is None:
            raise NotFound(f"no contact {owner}")
        try:
            pipe.watch(keys.contact(who.contact_id), *(keys.ticket(each.ticket_id) for each in together))
            if conversation_of(pipe, owner) != who:
                return False
            has_hooks = bool(pipe.exists(webhook_keys.ENDPOINTS))
            absent = [each for each in together if not pipe.exists(keys.ticket(each.ticket_id))]
            pipe.multi()
            self._put_back(pipe, absent, who, by, now)
            for each in absent if has_hooks else ():
                event_feed.mark_queued(pipe, each.ticket_id, len(each.load_ticket().facts))
            pipe.execute()
        except WatchError:
            return False
        return True

    def _put_back(
        self, writes: Pipeline, absent: Sequence[ThreadRecords], who: Conversation, by: str, now: datetime
    ) -> None:
        for found in absent:
            ticket = found.load_ticket().evolve(contact_id=who.contact_id)
            ticket = ticket if ticket.merged_into else ticket.brought_back(now, by)
            who = after_restoring(who, ticket)
            writes.set(keys.ticket(ticket.ticket_id), dump(ticket))
            writes.hset(keys.TICKET_NUMBERS, ticket.number, ticket.ticket_id)
            self._rows.write(writes, ticket, who)
            _restore(writes, found)
        if absent:
            save_conversation(writes, who)


def _restore(writes: Pipeline, found: ThreadRecords) -> None:
    """Its thread, files, receipts and topic, as they were."""
    name = found.ticket_id
    if found.entries:
        writes.rpush(keys.thread(name), *found.entries)
    for key, fields in (
        (keys.attachments(name), found.files),
        (forum_keys.posts(name), found.posts),
        (forum_keys.reactions(name), found.signs),
    ):
        for field, value in fields.items():
            writes.hset(key, field, value)
    for entry_id, raw in found.outbox.items():
        writes.set(keys.outbox_entry(entry_id), raw, ex=keys.ENDED_FOR)
    if found.topic:
        writes.set(forum_keys.topic(name), found.topic)
