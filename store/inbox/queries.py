"""Queries for pages and the API: lists, a ticket with all its data, search, changes. Reads only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import count

from bot.archiving.archive_record import ArchiveReader, NoArchive
from bot.messages.errors import ArchiveUnavailable, NotFound
from bot.messages.ids import normalise_ticket_number, owner_of
from bot.messages.inbound import Address
from bot.messages.thread import Author, OutboxEntry, ThreadEntry
from bot.messages.thread_order import in_order
from bot.model.conversation import Conversation
from bot.model.merged_ticket import merged_threads
from bot.model.ticket import Ticket
from bot.sla import whatsapp_window
from bot.sla.deadlines import Deadline
from bot.sla.outlook import Policies, outlook
from bot.sla.window_warning import comes_first, window_warning
from bot.text.phone_numbers import search_spellings
from store import keys
from store.alerts.missed_targets import ALERTS_SHOWN
from store.archive.serialise import deserialise
from store.codec import load
from store.inbox.explain import ExplainedDeadline, explain_deadline
from store.inbox.overview import Overview, overview
from store.inbox.paging import PageCursor, page
from store.inbox.views import ContactView, DeadlineView, TicketView
from store.outbox import recipient
from store.redis_client import Client
from store.tickets.attachment_status import with_detail_files, with_fetched_files
from store.tickets.filters import NO_FILTER, TicketFilter, matcher
from store.tickets.search import matches, normalise
from store.tickets.ticket_list import TicketRow

SCAN_BATCH = 2_000
"""Tickets of a view that a filter looks at in one go."""

VIEWS = ("mine", "unassigned", "open", "waiting", "overdue", "solved")


class Queries:
    """Reads for the inbox, the overview and the API; without a `shelf` (an archive), live tickets only."""

    def __init__(
        self,
        redis: Client,
        policies: Policies,
        clock: Callable[[], datetime],
        shelf: ArchiveReader | None = None,
    ) -> None:
        self._redis, self._policies, self._clock = redis, policies, clock
        self._archive = shelf or NoArchive()

    def rows(
        self, view: str, agent_id: str = "", limit: int = 200, wanted: TicketFilter = NO_FILTER
    ) -> list[TicketRow]:
        """The first matching tickets of a view, earliest deadline first (resolved ones: latest first)."""
        if wanted == NO_FILTER:
            return self.rows_of(self._ids(view, agent_id, limit))
        is_wanted = matcher(wanted, self._clock(), self._policies.current.calendar.zone)
        found: dict[str, TicketRow] = {}
        for start in count(0, SCAN_BATCH):
            ids = self._ids(view, agent_id, SCAN_BATCH, start)
            found.update({row.ticket_id: row for row in self.rows_of(ids) if is_wanted(row)})
            if len(ids) < SCAN_BATCH or len(found) >= limit:
                break
        return list(found.values())[:limit]

    def page(
        self, view: str, after: PageCursor | None, length: int
    ) -> tuple[list[TicketRow], PageCursor | None]:
        """A page of a view, and the position where the next begins; see `store.inbox.paging`."""
        ids, last = page(self._redis, view, after, length, self._clock())
        return self.rows_of(ids), last

    def rows_of_contact(self, address: Address) -> list[TicketRow]:
        """The live and recently ended tickets of the contact with that address, newest first."""
        found = recipient.conversation_at(self._redis, address)
        return self.rows_of([head.ticket_id for head in reversed(found.tickets)] if found else [])

    def rows_of(self, ticket_ids: Sequence[str]) -> list[TicketRow]:
        """The rows of these tickets, in this order, without those that are gone."""
        raws = self._redis.hmget(keys.TICKET_ROWS, list(ticket_ids)) if ticket_ids else []
        return [load(TicketRow, raw) for raw in raws if raw]

    def counts(self, agent_id: str = "") -> dict[str, int]:
        """How many tickets each view has."""
        pipe = self._redis.pipeline(transaction=False)
        for view in VIEWS:
            if view == "overdue":
                pipe.zcount(keys.LIVE, "-inf", self._clock().timestamp())
            else:
                pipe.zcard(_key(view, agent_id))
        return dict(zip(VIEWS, pipe.execute(), strict=True))

    def rows_with_archived(self, ticket_ids: Sequence[str]) -> list[TicketRow]:
        """The rows of these tickets, with archived ones if the archive responds."""
        rows = {row.ticket_id: row for row in self.rows_of(ticket_ids)}
        missing = [ticket_id for ticket_id in ticket_ids if ticket_id not in rows]
        try:
            archived = self._archive.rows(missing) if missing else {}
        except ArchiveUnavailable:
            archived = {}
        rows |= {ticket_id: load(TicketRow, found.row.encode()) for ticket_id, found in archived.items()}
        return [rows[ticket_id] for ticket_id in ticket_ids if ticket_id in rows]

    def ticket(self, ticket_id: str) -> TicketView:
        """The ticket, its thread and its deadlines; NotFound, or ArchiveUnavailable if it isn't live."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.get(keys.ticket(ticket_id))
        pipe.eval(recipient.READ_CONVERSATION, 0, owner_of(ticket_id))
        pipe.lrange(keys.thread(ticket_id), 0, -1)
        pipe.hgetall(keys.attachments(ticket_id))
        raw, conversation_raw, entries_raw, files = pipe.execute()
        if conversation_raw is None:
            raise NotFound(f"no ticket {ticket_id}")
        conversation = load(Conversation, conversation_raw)
        if raw is None:
            return self._archived_view(ticket_id, conversation)
        ticket = load(Ticket, raw)
        entries = in_order(with_fetched_files(load(ThreadEntry, entry), files) for entry in entries_raw)
        if joined := [entry for thread_id in merged_threads(ticket) for entry in self._thread(thread_id)]:
            entries = sorted([*entries, *joined], key=lambda entry: entry.at)
        return self._view(ticket, conversation, entries, self._deliveries(entries))

    def _archived_view(self, ticket_id: str, conversation: Conversation) -> TicketView:
        """An archived ticket; those merged into it are archived too, or about to be."""
        archived = self._archive.find(ticket_id)
        if archived is None:
            raise NotFound(f"no ticket {ticket_id}")
        kept = deserialise(archived)
        entries, deliveries = in_order(kept.thread()), kept.deliveries()
        merged = merged_threads(kept.load_ticket())
        for thread_id in merged:
            live = self._thread(thread_id)
            part = None if live else self._archive.find(thread_id)
            parts = deserialise(part) if part else None
            entries += parts.thread() if parts else live
            deliveries |= parts.deliveries() if parts else self._deliveries(live)
        if merged:
            entries.sort(key=lambda entry: entry.at)
        return self._view(kept.load_ticket(), conversation, entries, deliveries, archived.archived_at)

    def _view(
        self,
        ticket: Ticket,
        conversation: Conversation,
        entries: Sequence[ThreadEntry],
        deliveries: Mapping[str, OutboxEntry],
        archived_at: datetime | None = None,
    ) -> TicketView:
        policy = self._policies.of(ticket)
        now, contact = self._clock(), self._contact(ticket, conversation)
        found, closes_at = outlook(ticket, policy).deadlines, contact.window_closes_at
        window = window_warning(ticket, policy, conversation) if closes_at and now < closes_at else None
        return TicketView(
            ticket=with_detail_files(ticket, entries),
            contact=contact,
            entries=entries,
            deliveries=deliveries,
            deadlines=[_promise(d, now) for d in found if not d.stopped_at],
            policy=policy,
            window=window if window and comes_first(window, found, now) else None,
            archived_at=archived_at,
        )

    def by_number(self, text: str) -> str:
        """The id of the ticket with that number, however it was typed; "" if there is none."""
        number = normalise_ticket_number(text)
        return self._live_number(number) or (self._archive.by_number(number) if number else "")

    def explain(self, ticket_id: str, target: str, turn: int) -> ExplainedDeadline:
        """The explanation of that deadline; NotFound if the ticket has no such target."""
        return explain_deadline(
            self._redis, self._archive, self._policies, ticket_id, target, turn, self._clock()
        )

    def search(self, text: str, limit: int = 50) -> list[TicketRow]:
        """Tickets by number, name, company, phone or words, best match first."""
        exact = self._live_number(normalise_ticket_number(text))
        found = self.rows_of([exact]) if exact else self._rows_of_phone(text)
        first = {row.ticket_id for row in found}
        rows = (load(TicketRow, raw) for _, raw in self._redis.hscan_iter(keys.TICKET_ROWS, count=1000))
        hits = [row for row in rows if row.ticket_id not in first and matches(row, text)]
        hits.sort(key=lambda row: row.updated_at, reverse=True)
        return (found + hits)[:limit]

    def search_archived(self, text: str, limit: int = 50) -> list[TicketRow]:
        """Archived tickets by number, name, company, phone or words, latest first; ArchiveUnavailable."""
        number, words = normalise_ticket_number(text), normalise(text).split()
        exact = self._archive.by_number(number) if number else ""
        hits = [*self._archive.rows([exact]).values()] if exact else []
        hits += [
            one
            for digits in search_spellings(text) or ("",)
            for one in self._archive.search(words, digits, limit)
            if one.ticket_id not in {hit.ticket_id for hit in hits}
        ]
        live = self._redis.hmget(keys.TICKET_ROWS, [one.ticket_id for one in hits]) if hits else []
        return [
            load(TicketRow, one.row.encode()) for one, here in zip(hits, live, strict=True) if here is None
        ][:limit]

    def is_archived(self, ticket_id: str) -> bool:
        """Whether it's only in the archive; False if the archive doesn't respond."""
        try:
            return not self._redis.exists(keys.ticket(ticket_id)) and bool(self._archive.rows([ticket_id]))
        except ArchiveUnavailable:
            return False

    def changes(self, since: str = "") -> tuple[str, list[str]]:
        """Changes after the cursor `since`: (the new cursor, ticket ids). Without `since`, only the cursor."""
        if not since:
            last = self._redis.xrevrange(keys.FEED, count=1)
            return (last[0][0].decode() if last else "0-0"), []
        entries = self._redis.xrange(keys.FEED, min=f"({since}", count=1000)
        if not entries:
            return since, []
        ids = dict.fromkeys(fields[b"t"].decode() for _, fields in entries)
        return entries[-1][0].decode(), list(ids)

    def overview(self, now: datetime, most_alerts: int = ALERTS_SHOWN) -> Overview:
        """The managers' overview."""
        return overview(self._redis, self._policies.current, now, most_alerts)

    def _rows_of_phone(self, text: str) -> list[TicketRow]:
        digits = search_spellings(text)
        return self.rows_of_contact(Address("whatsapp", f"+{digits[0]}")) if digits else []

    def _live_number(self, number: str) -> str:
        found = self._redis.hget(keys.TICKET_NUMBERS, number) if number else None
        return found.decode() if found else ""

    def _ids(self, view: str, agent_id: str, limit: int, start: int = 0) -> list[str]:
        if view == "overdue":
            now = self._clock().timestamp()
            raw = self._redis.zrangebyscore(keys.LIVE, "-inf", now, start=start, num=limit)
        elif view == "solved":
            raw = self._redis.zrevrange(keys.ENDED, start, start + limit - 1)
        else:
            raw = self._redis.zrange(_key(view, agent_id), start, start + limit - 1)
        return [ticket_id.decode() for ticket_id in raw]

    def _thread(self, thread_id: str) -> list[ThreadEntry]:
        """The entries of a merged ticket's thread."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.lrange(keys.thread(thread_id), 0, -1)
        pipe.hgetall(keys.attachments(thread_id))
        raws, files = pipe.execute()
        return in_order(with_fetched_files(load(ThreadEntry, raw), files) for raw in raws)

    def _contact(self, ticket: Ticket, conversation: Conversation) -> ContactView:
        pipe = self._redis.pipeline(transaction=False)
        pipe.get(keys.window_closed_at(conversation.contact_id))
        pipe.hget(keys.last_template(conversation.contact_id), "at")
        refused_at, invited_at = (_instant(raw) for raw in pipe.execute())
        heard_at = conversation.last_inbound_at
        is_answered = heard_at and invited_at and heard_at > invited_at
        return ContactView(
            addresses=conversation.addresses,
            remembered=conversation.remembered,
            tickets=[head for head in conversation.tickets if head.ticket_id != ticket.ticket_id],
            archived=[head for head in conversation.archived if head.ticket_id != ticket.ticket_id],
            channel=conversation.address.channel,
            window_closes_at=whatsapp_window.closes_at(conversation.address, heard_at, refused_at),
            erasure_due_at=conversation.erasure.due_at if conversation.erasure else None,
            invited_at=None if is_answered else invited_at,
        )

    def _deliveries(self, entries: Sequence[ThreadEntry]) -> dict[str, OutboxEntry]:
        ours = [e.entry_id for e in entries if e.author in (Author.BOT, Author.AGENT)]
        raws = self._redis.mget([keys.outbox_entry(entry_id) for entry_id in ours]) if ours else []
        found = [load(OutboxEntry, raw) for raw in raws if raw]
        return {entry.entry_id: entry for entry in found}


def _key(view: str, agent_id: str) -> str:
    known = {
        "mine": keys.agent_tickets(agent_id),
        "unassigned": keys.UNASSIGNED,
        "open": keys.LIVE,
        "waiting": keys.WAITING,
        "solved": keys.ENDED,
    }
    if view not in known:
        raise NotFound(f"no view {view!r}")
    return known[view]


def _instant(raw: bytes | None) -> datetime | None:
    return datetime.fromisoformat(raw.decode()) if raw else None


def _promise(deadline: Deadline, now: datetime) -> DeadlineView:
    return DeadlineView(
        target=deadline.target,
        kind=deadline.kind,
        turn=deadline.turn,
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        warn_at=deadline.warn_at,
        met_at=deadline.met_at,
        missed_at=deadline.due_at if deadline.is_missed(now) else None,
        is_on_hold=not deadline.is_over and deadline.due_at is None,
    )
