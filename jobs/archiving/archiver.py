"""Moves closed tickets to the archive, a few at a time, and brings one back when an agent asks for it.

A ticket is written to the archive first, then removed from the store if it hasn't changed since; restoring works
the other way round. So it always exists somewhere; when it is in both, the store wins. `store.archive.archive_ticket`
explains what happens when a process is killed in between.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from archive import Archive
from bot.messages.errors import ArchiveUnavailable, NotAllowed, NotFound
from bot.model.merged_ticket import merged_threads
from bot.policy.policy import Policy
from store import keys
from store.archive.archive_state import ArchiveStateStore
from store.archive.archive_ticket import ArchiveCandidate, ArchiveMoves
from store.archive.restore_ticket import TicketRestorer
from store.archive.serialise import deserialise, serialise
from store.archive.thread_keys import ThreadRecords
from store.leases import ARCHIVING_LEASE, Lease, leased
from store.policies import StoredPolicies
from store.redis_client import Client
from store.tickets.ticket_list import TicketList

log = logging.getLogger(__name__)

CHORE = "archive"
LEASE_LENGTH = timedelta(seconds=30)
TIME_LIMIT = 3.0
"""Seconds after which one run frees the worker for others; the next run continues from there."""

BATCH_SIZE = 50
EVERY, SOON, RETRY_AFTER = timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=5)


class Archiver:
    """Moves tickets between the live store and the archive."""

    def __init__(
        self,
        redis: Client,
        archive: Archive,
        leaving: ArchiveMoves,
        restorer: TicketRestorer,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._archive, self._policy, self._clock = redis, archive, policy, clock
        self._moves, self._restorer = leaving, restorer
        self._account = ArchiveStateStore(redis)

    def look(self) -> None:
        """Archive as many tickets as time allows; safe to run twice."""
        with leased(self._redis, ARCHIVING_LEASE, LEASE_LENGTH) as lease:
            if lease is None:
                return
            again_after = self._look(lease)
        self._redis.zadd(keys.CHORES, {CHORE: (self._clock() + again_after).timestamp()})

    def bring_back(self, ticket_id: str, by: str) -> None:
        """Restore the ticket, resolved as before, with all tickets merged into it.

        Raises NotFound, NotAllowed or ArchiveUnavailable.
        """
        if self._moves.is_live(ticket_id):
            return
        together = self._together(ticket_id)
        tokens = {each.ticket_id: self._moves.begin_move(each.ticket_id) for each in together}
        self._restorer.restore(together, by, self._clock())
        for name, token in tokens.items():
            self._archive.drop(name, token)
            self._moves.end_move(name, token)

    def settle(self, ticket_id: str) -> None:
        """Clean up after an unfinished move.

        Drops the archived copy of a ticket that is live, or whose contact was erased meanwhile.
        """
        token = self._moves.begin_move(ticket_id)
        if self._moves.is_live(ticket_id) or not self._moves.has_contact(ticket_id):
            self._archive.drop(ticket_id, token)
        self._moves.end_move(ticket_id, token)

    def _together(self, ticket_id: str) -> list[ThreadRecords]:
        archived = self._archive.find(ticket_id)
        if archived is None:
            raise NotFound(f"no ticket {ticket_id}")
        found = deserialise(archived)
        ticket = found.load_ticket()
        if ticket.merged_into:
            raise NotAllowed("bring back", "merged")
        parts = (self._archive.find(name) for name in merged_threads(ticket))
        return [found, *(deserialise(part) for part in parts if part)]

    def _look(self, lease: Lease) -> timedelta:
        """Archive what may be archived; returns the time until the next run."""
        now, passed_over = self._clock(), self._account.read().passed_over
        try:
            for ticket_id in self._moves.unfinished_moves():
                self.settle(ticket_id)
            stayed, is_all = self._move_some(now, passed_over, lease)
            if is_all:
                self._account.record_full_run(now, self._archive.stats().tickets)
                return EVERY
        except ArchiveUnavailable as error:
            log.warning("the archive does not answer; nothing moves there", extra={"reason": error.reason})
            self._account.record_unavailable(now, error.reason)
            return RETRY_AFTER
        self._account.record_partial_run(now, passed_over + stayed)
        return SOON

    def _move_some(self, now: datetime, start: int, lease: Lease) -> tuple[int, bool]:
        """How many had to stay, and whether that was the last of them."""
        stops_at, stayed = time.monotonic() + TIME_LIMIT, 0
        ended_before = now - timedelta(days=self._policy.archive_after)
        ids = self._moves.ended(ended_before, start, BATCH_SIZE)
        for ticket_id in ids:
            if time.monotonic() > stops_at or not lease.renew():
                return stayed, False
            candidate = self._moves.find_candidate(ticket_id, now)
            if candidate and self._move(candidate, now):
                self._account.record_moved(now)
            else:
                stayed += 1
        return stayed, len(ids) < BATCH_SIZE

    def _move(self, candidate: ArchiveCandidate, now: datetime) -> bool:
        """Copy it to the archive, then remove it from the store; False if it changed meanwhile and stays."""
        ticket_id = candidate.records.ticket_id
        token = self._moves.begin_move(ticket_id)
        archived = serialise(candidate.records, candidate.conversation, now)
        if self._archive.put(archived, token) and self._moves.remove(candidate, token, now):
            return True
        self.settle(ticket_id)
        return False


def build_archiver(
    redis: Client, archive: Archive, policy: Policy, clock: Callable[[], datetime]
) -> Archiver:
    """The archiver of that store and that archive."""
    policies = StoredPolicies(redis, policy)
    restorer = TicketRestorer(redis, TicketList(policies))
    return Archiver(redis, archive, ArchiveMoves(redis, policies), restorer, policy, clock)
