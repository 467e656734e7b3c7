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
from store.archive.archive_state import ArchiveAccount
from store.archive.archive_ticket import Leaver, Leaving
from store.archive.restore_ticket import Returning
from store.archive.serialise import packed, unpacked
from store.archive.thread_keys import Belongings
from store.leases import ARCHIVING, Lease, leased
from store.policies import StoredPolicies
from store.redis_client import Client
from store.tickets.ticket_list import Rows

log = logging.getLogger(__name__)

CHORE = "archive"
LEASE_LENGTH = timedelta(seconds=30)
LONGEST = 3.0
"""Seconds after which a look lets others have the worker; the next one goes on from there."""

AT_ONCE = 50
EVERY, SOON, AWAY_FOR = timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=5)


class Archivist:
    """Knows what is where."""

    def __init__(
        self,
        redis: Client,
        archive: Archive,
        leaving: Leaving,
        returning: Returning,
        policy: Policy,
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._archive, self._policy, self._clock = redis, archive, policy, clock
        self._leaving, self._returning = leaving, returning
        self._account = ArchiveAccount(redis)

    def look(self) -> None:
        """One look, at as many tickets as there is time for; harmless to run twice."""
        with leased(self._redis, ARCHIVING, LEASE_LENGTH) as lease:
            if lease is None:
                return
            again_after = self._look(lease)
        self._redis.zadd(keys.CHORES, {CHORE: (self._clock() + again_after).timestamp()})

    def bring_back(self, ticket_id: str, by: str) -> None:
        """Have it live again, solved as before, with all that was merged into it. NotFound, NotAllowed, ArchiveAway."""
        if self._leaving.is_here(ticket_id):
            return
        together = self._together(ticket_id)
        tokens = {each.ticket_id: self._leaving.intend(each.ticket_id) for each in together}
        self._returning.bring_back(together, by, self._clock())
        for name, token in tokens.items():
            self._archive.drop(name, token)
            self._leaving.done(name, token)

    def settle(self, ticket_id: str) -> None:
        """End a move that was begun and came to nothing: what the archive has of a ticket that is here, or of
        somebody who was erased meanwhile, goes."""
        token = self._leaving.intend(ticket_id)
        if self._leaving.is_here(ticket_id) or not self._leaving.is_known(ticket_id):
            self._archive.drop(ticket_id, token)
        self._leaving.done(ticket_id, token)

    def _together(self, ticket_id: str) -> list[Belongings]:
        archived = self._archive.find(ticket_id)
        if archived is None:
            raise NotFound(f"no ticket {ticket_id}")
        found = unpacked(archived)
        ticket = found.loaded()
        if ticket.merged_into:
            raise NotAllowed("bring back", "merged")
        parts = (self._archive.find(name) for name in merged_threads(ticket))
        return [found, *(unpacked(part) for part in parts if part)]

    def _look(self, lease: Lease) -> timedelta:
        """Move what may move; how long until the next look."""
        now, passed_over = self._clock(), self._account.read().passed_over
        try:
            for ticket_id in self._leaving.intended():
                self.settle(ticket_id)
            stayed, is_all = self._move_some(now, passed_over, lease)
            if is_all:
                self._account.note_all(now, self._archive.standing().tickets)
                return EVERY
        except ArchiveUnavailable as away:
            log.warning("the archive does not answer; nothing moves there", extra={"reason": away.reason})
            self._account.note_away(now, away.reason)
            return AWAY_FOR
        self._account.note_some(now, passed_over + stayed)
        return SOON

    def _move_some(self, now: datetime, start: int, lease: Lease) -> tuple[int, bool]:
        """How many had to stay, and whether there are no more to look at."""
        stops_at, stayed = time.monotonic() + LONGEST, 0
        ended_before = now - timedelta(days=self._policy.archive_after)
        ids = self._leaving.ended(ended_before, start, AT_ONCE)
        for ticket_id in ids:
            if time.monotonic() > stops_at or not lease.renew():
                return stayed, False
            leaver = self._leaving.look(ticket_id, now)
            if leaver and self._move(leaver, now):
                self._account.note_moved(now)
            else:
                stayed += 1
        return stayed, len(ids) < AT_ONCE

    def _move(self, leaver: Leaver, now: datetime) -> bool:
        """Into the archive, then out of the store; False when it changed meanwhile, and stays."""
        ticket_id = leaver.belongings.ticket_id
        token = self._leaving.intend(ticket_id)
        archived = packed(leaver.belongings, leaver.conversation, now)
        if self._archive.put(archived, token) and self._leaving.leave(leaver, token, now):
            return True
        self.settle(ticket_id)
        return False


def archivist(redis: Client, archive: Archive, policy: Policy, clock: Callable[[], datetime]) -> Archivist:
    """The archivist of that store and that archive."""
    policies = StoredPolicies(redis, policy)
    returning = Returning(redis, Rows(policies))
    return Archivist(redis, archive, Leaving(redis, policies), returning, policy, clock)
