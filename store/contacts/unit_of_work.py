"""Units of work: load one contact, let a use case decide, write everything at once unless the contact has changed.

Takes two round trips; on a conflict the use case runs again on fresh records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from bot.messages.errors import GuichetError, NotFound, WriteConflict
from bot.messages.ids import make_contact_ids, owner_of
from bot.messages.inbound import Address, Inbound, SwitchLink
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.account import Account, KnownAccounts
from bot.model.conversation import Conversation
from bot.model.switch_links import needs_confirmation
from bot.model.ticket import Ticket
from bot.model.unit_of_work import Changes, Records, UseCase
from store import keys
from store.codec import dump, load
from store.contacts import unfinished
from store.contacts.intake_records import record_intake
from store.contacts.merge_contacts import ContactMerger
from store.contacts.quoted_messages import find_quoted_thread
from store.contacts.ticket_numbers import TicketNumbers
from store.contacts.transaction import Script, Transaction
from store.outbox import job_queue, lanes
from store.outbox.job_queue import JobQueue
from store.redis_client import Client, put
from store.tickets.ticket_list import FEED_LENGTH, TicketList

MAX_ATTEMPTS = 12
"""Conflicts in a row before giving up: by then something is badly wrong."""

_LOAD = Script("""
local id = ARGV[1]
local alias = redis.call('GET', 'alias:' .. id)
if alias then return {alias} end
local head = redis.call('HMGET', 'contact:' .. id, 'v', 'c', 't', 'a', 'k')
local seen = ARGV[2] ~= '' and redis.call('EXISTS', ARGV[2]) or 0
local tickets = {}
local wanted = {head[3]}
for i = 4, #ARGV do wanted[i - 2] = ARGV[i] end
for i = 1, #ARGV - 2 do
  if wanted[i] and wanted[i] ~= '' then
    local ticket = redis.call('GET', 'ticket:' .. wanted[i])
    if ticket then tickets[#tickets + 1] = ticket end
  end
end
local own = head[4] and head[4] ~= '' and redis.call('HGET', 'accounts', head[4])
local listed = false
for address in string.gmatch(ARGV[3], '%S+') do
  local owner = not listed and redis.call('HGET', 'account-addresses', address)
  listed = listed or owner and redis.call('HGET', 'accounts', owner)
end
local now = redis.call('TIME')
return {id, head[1], head[2], seen, tickets, own, listed, head[5] or '', now[1], now[2]}
""")


class UnitsOfWork:
    """Opens units of work on contacts."""

    def __init__(self, redis: Client, rows: TicketList, job_queue: JobQueue) -> None:
        self._redis = redis
        self._rows = rows
        self._job_queue = job_queue
        self._numbers = TicketNumbers(redis)
        self._merger = ContactMerger(redis)

    def receive(self, inbound: Inbound, decide: UseCase) -> Changes | None:
        """Process one inbound message, once: a repeat writes nothing and returns None."""
        seen = keys.seen(inbound.address.channel, inbound.external_id)
        return self._run(self.contact_id_of(inbound.address), decide, seen, (), inbound)

    def contact_id_of(self, address: Address) -> str:
        """The id of the contact at this address; contacts known by two spellings of its number are joined."""
        contact_id, *others = make_contact_ids(address)
        if others and self._redis.exists(
            *(key(each) for each in others for key in (keys.contact, keys.alias))
        ):
            self._merger.link_spellings(address)
        return contact_id

    def mark_seen(self, inbound: Inbound) -> None:
        """The message is from staff and was processed elsewhere: only remember that."""
        self._redis.set(keys.seen(inbound.address.channel, inbound.external_id), 1, ex=keys.SEEN_FOR)

    def change(self, thread_id: str, decide: UseCase, *, once: str = "") -> Changes | None:
        """Change a ticket (or anything else) of the contact who owns `thread_id`.

        With `once`, an id of this change, a repeat writes nothing and returns None.
        """
        return self._run(owner_of(thread_id), decide, keys.seen("desk", once) if once else "", (thread_id,))

    def change_by_address(self, address: Address, decide: UseCase, *, once: str = "") -> Changes | None:
        """Change the contact with this address, new or not; `once` as for `change`."""
        contact_id, listed = self.contact_id_of(address), " ".join(make_contact_ids(address))
        return self._run(contact_id, decide, keys.seen("desk", once) if once else "", (), listed=listed)

    def outcome(self, once: str) -> str:
        """The stored result of the change with that id; "" if it wasn't made or has none."""
        raw = self._redis.get(keys.seen("desk", once))
        return raw.decode() if raw and raw != b"1" else ""

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket; NotFound."""
        raw = self._redis.get(keys.ticket(ticket_id))
        if raw is None:
            raise NotFound(f"no ticket {ticket_id}")
        return load(Ticket, raw)

    def set_reachable(self, contact_id: str, is_reachable: bool) -> None:
        """Whether the contact accepts messages, as far as the channel has reported."""
        if is_reachable:
            self._redis.hdel(keys.contact(contact_id), "b")
        else:
            self._redis.hset(keys.contact(contact_id), "b", 1)

    def set_aside(self, channel: str, body: str, reason: str, at: datetime) -> None:
        """Keep a provider's post that couldn't be processed. Beyond a limit, the oldest are dropped."""
        fields = {"channel": channel, "body": body, "reason": reason, "at": at.isoformat()}
        self._redis.xadd(keys.SET_ASIDE, fields, maxlen=1000, approximate=True)

    def forget_deadlines(self, ticket_id: str) -> None:
        """Remove the deadline of a ticket that is gone."""
        self._redis.zrem(keys.DEADLINES, ticket_id)

    def _run(
        self,
        contact_id: str,
        decide: UseCase,
        seen: str,
        wanted: Iterable[str],
        inbound: Inbound | None = None,
        listed: str = "",
    ) -> Changes | None:
        number = self._numbers.take()
        asked = (_address_ids(inbound) if inbound else listed, *wanted)
        try:
            changes = self._decided(contact_id, decide, seen, asked, number, inbound)
        except GuichetError:  # refused before any write; after other errors, the write may have happened
            self._numbers.give_back(number)
            raise
        if changes is None or all(ticket.number != number for ticket in changes.tickets):
            self._numbers.give_back(number)
        return changes

    def _decided(
        self,
        contact_id: str,
        decide: UseCase,
        seen: str,
        asked: Iterable[str],
        number: str,
        inbound: Inbound | None,
    ) -> Changes | None:
        has_met = False
        for _ in range(MAX_ATTEMPTS):
            with Transaction(self._redis) as work:
                records, aside = self._load(work, contact_id, seen, asked, number)
                if records.contact_id != contact_id:
                    contact_id = records.contact_id
                    continue
                if inbound and not has_met and _has_new_address(inbound, records):
                    has_met = self._introduce(inbound, records)
                    continue
                changes = None if records.is_repeat else decide(records)
                if changes is None or self._commit(work, records, changes, seen, aside):
                    return changes
        raise WriteConflict(f"contact {contact_id} changed {MAX_ATTEMPTS} times while one change was made")

    def _introduce(self, inbound: Inbound, records: Records) -> bool:
        for other in _other_addresses(inbound, records):
            self._merger.link_addresses(inbound.address, other, is_proven=other != inbound.also_known_as)
        return True

    def _load(
        self, work: Transaction, contact_id: str, seen: str, asked: Iterable[str], number: str
    ) -> tuple[Records, "_LaneInfo"]:
        reply = work.read(_LOAD, (contact_id, seen, *asked))
        if len(reply) == 1:
            return Records(reply[0].decode(), 0, None, {}, number), _LaneInfo()
        _, version, conversation, is_seen, tickets, own, listed, note, seconds, microseconds = reply
        loaded = [load(Ticket, raw) for raw in tickets]
        deliveries: dict[str, bytes] = {}
        who = load(Conversation, conversation) if conversation else None
        records = Records(
            contact_id=contact_id,
            version=int(version or 0),
            conversation=who,
            tickets={ticket.ticket_id: ticket for ticket in loaded},
            number=number,
            is_repeat=bool(is_seen),
            known=KnownAccounts(
                load(Account, own) if own else None, load(Account, listed) if listed else None
            ),
            find=self._finder(work),
            thread=lambda thread_id: [
                load(ThreadEntry, raw) for raw in work.ask("LRANGE", keys.thread(thread_id), 0, -1)
            ],
            delivery=self._delivery_finder(work, deliveries),
            thread_of=self._quoted_thread_finder(who),
        )
        return records, _LaneInfo(note, int(seconds) + int(microseconds) / 1e6, deliveries)

    def _finder(self, work: Transaction) -> Callable[[str], Ticket | None]:
        def find(ticket_id: str) -> Ticket | None:
            raw = work.ask("GET", keys.ticket(ticket_id))
            return load(Ticket, raw) if raw else None

        return find

    def _delivery_finder(
        self, work: Transaction, known: dict[str, bytes]
    ) -> Callable[[str], OutboxEntry | None]:
        def find(entry_id: str) -> OutboxEntry | None:
            key = keys.outbox_entry(entry_id)
            known[key] = work.ask("GET", key) or b""
            return load(OutboxEntry, known[key]) if known[key] else None

        return find

    def _quoted_thread_finder(self, conversation: Conversation | None) -> Callable[[str, str], str]:
        tickets = [ticket.ticket_id for ticket in conversation.tickets] if conversation else []
        return lambda channel, quoted_id: find_quoted_thread(self._redis, channel, quoted_id, tickets)

    def _commit(
        self, work: Transaction, records: Records, changes: Changes, seen: str, aside: "_LaneInfo"
    ) -> bool:
        writes = self._redis.pipeline(transaction=True)
        writes.multi()  # RQ calls it when it joins in, and can't once commands are queued
        contact, conversation = keys.contact(records.contact_id), changes.conversation
        channel = job_queue.single_channel(changes, records.contact_id)
        is_coming = job_queue.is_job_pending(aside.note, channel, aside.now)
        kick = (
            {job_queue.JOB_MARK: job_queue.new_job_mark(channel, aside.now)}
            if channel and not is_coming
            else {}
        )
        writes.hset(contact, mapping={"v": records.version + 1, **_contact_fields(conversation), **kick})
        _plan_erasure(writes, records, conversation)
        unfinished.index(writes, records.conversation, conversation)
        record_intake(writes, records.conversation, conversation)
        if seen:
            put(writes, seen, changes.outcome or 1, keys.SEEN_FOR)
        who = conversation or records.conversation
        for ticket in changes.tickets:
            assert who is not None  # noqa: S101 - a ticket belongs to a contact
            put(writes, keys.ticket(ticket.ticket_id), dump(ticket))
            writes.hset(keys.TICKET_NUMBERS, ticket.number, ticket.ticket_id)
            self._rows.write(writes, ticket, who)
        for thread_id, entries in groupby(changes.entries, key=lambda entry: entry.thread_id):
            writes.rpush(keys.thread(thread_id), *map(dump, entries))
        for thread_id in _only_written_to(changes):
            writes.xadd(keys.FEED, {"t": thread_id}, maxlen=FEED_LENGTH, approximate=True)
        if not channel:
            lanes.wake_lane(writes, records.contact_id, aside.now)
        for entry in changes.corrected:
            lanes.write_correction(writes, entry)
        self._job_queue.enqueue_changes(writes, changes, but=records.contact_id if is_coming else "")
        read = {"v": records.version or ""} | ({job_queue.JOB_MARK: aside.note} if is_coming else {})
        return work.commit(contact, read, writes, aside.deliveries)


@dataclass(frozen=True, slots=True)
class _LaneInfo:
    """What is read along with a contact's records and isn't passed to the rules."""

    note: bytes = b""  # of a queued job, see `store.outbox.job_queue`
    now: float = 0.0  # time of the read, by the store's clock (Unix seconds)
    deliveries: Mapping[str, bytes] = field(default_factory=dict)  # outbox entries that were read, by key


def _only_written_to(changes: Changes) -> set[str]:
    """Tickets with new thread entries and no other change."""
    heads = changes.conversation.tickets if changes.conversation else ()
    written = {entry.thread_id for entry in changes.entries} - {t.ticket_id for t in changes.tickets}
    return written & {head.ticket_id for head in heads}


def _contact_fields(conversation: Conversation | None) -> dict[str, str | bytes]:
    if conversation is None:
        return {}
    return {"c": dump(conversation), "t": conversation.ticket_id, "a": conversation.account_id}


def _plan_erasure(writes: Client, records: Records, now: Conversation | None) -> None:
    """Keep the index of pending erasures in step with the conversation."""
    before = records.conversation.erasure if records.conversation else None
    if now is None or now.erasure == before:
        return
    if now.erasure:
        writes.zadd(keys.ERASURES, {records.contact_id: now.erasure.due_at.timestamp()})
    else:
        writes.zrem(keys.ERASURES, records.contact_id)


def _address_ids(inbound: Inbound) -> str:
    """The ids of the sender's addresses, by which an account may list them."""
    told = (inbound.address, inbound.also_known_as)
    return " ".join(each for address in told if address for each in make_contact_ids(address))


def _has_new_address(inbound: Inbound, records: Records) -> bool:
    """Whether the message reveals an address of theirs that we don't know."""
    others, known = _other_addresses(inbound, records), records.conversation
    return bool(others) and not (known and {*others, inbound.address} <= set(known.addresses))


def _other_addresses(inbound: Inbound, records: Records) -> list[Address]:
    """Their other addresses, as the provider reports, or one of our links or codes proves."""
    told, passage = inbound.also_known_as, inbound.claimed
    is_proven = isinstance(passage, SwitchLink) and not needs_confirmation(records.conversation, passage)
    return [
        *([told] if told else []),
        *([passage.origin] if isinstance(passage, SwitchLink) and is_proven else []),
    ]
