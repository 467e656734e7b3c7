"""Handles what agents write and press in the group, in order within each topic.

An update stays queued until it's handled. Handling it twice does no harm, because each reply and note has the id of
the message that it was written as.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from bot.messages.errors import GuichetError, MediaError, WriteConflict
from channels.inbound_events import GroupUpdate
from desk.desk import Desk
from jobs.forum.agent_messages import AgentMessageHandler
from jobs.forum.button_presses import RetryLater
from store.codec import dump, load
from store.forum.inbound_queue import GroupInboundQueue
from store.leases import Lease, leased
from store.redis_client import Client

log = logging.getLogger(__name__)

ALBUM_WAIT = timedelta(seconds=1.5)
MAX_ATTEMPTS = 6


@dataclass(frozen=True)
class InboundWorker:
    """Works through the queue of one topic."""

    redis: Client
    queue: GroupInboundQueue
    desk: Desk
    handler: AgentMessageHandler
    sync_topics: Callable[[], None]
    clock: Callable[[], datetime]

    def run(self, thread: str) -> None:
        """Handle updates until none is left or the next one has to wait."""
        while self._run_once(thread):
            pass

    def _run_once(self, thread: str) -> bool:
        """Whether more came after the lease was released."""
        with leased(self.redis, f"heard:{thread}") as lease:
            if lease is None:
                return False
            is_waiting = self._work(thread, lease)
        return not is_waiting and bool(self.queue.peek(thread, 1))

    def _work(self, thread: str, lease: Lease) -> bool:
        """Handle one update after the other; True when the rest have to wait."""
        while raws := self.queue.peek(thread):
            if not lease.renew():
                return True
            updates = _album([load(GroupUpdate, raw) for raw in raws])
            wait = self._handle(thread, updates)
            if wait:
                self.queue.retry_at(thread, self.clock() + wait)
                return True
            self.queue.finish(thread, len(updates))
        return False

    def _handle(self, thread: str, updates: list[GroupUpdate]) -> timedelta:
        """How long it has to wait; zero when it's done."""
        if wait := self._album_wait(updates[-1]):
            return wait
        try:
            if self.queue.count_attempt(thread) > MAX_ATTEMPTS:
                self._set_aside(updates[0])
            else:
                self.handler.handle(updates)
        except (RetryLater, WriteConflict) as error:
            self.queue.reset_attempts(thread)
            return error.wait if isinstance(error, RetryLater) else timedelta(seconds=1)
        except MediaError as error:
            if not error.is_permanent:
                return error.retry_after or timedelta(seconds=5)
            self._set_aside(updates[0])
        except GuichetError:
            log.exception("what an agent did was refused")
            self._set_aside(updates[0])
        self.sync_topics()
        return timedelta()

    def _album_wait(self, last: GroupUpdate) -> timedelta:
        """The files of an album come one by one, and nothing marks the last one."""
        if not last.album_id or last.is_edit or last.heard_at is None:
            return timedelta()
        return max(last.heard_at + ALBUM_WAIT - self.clock(), timedelta())

    def _set_aside(self, update: GroupUpdate) -> None:
        """Keep it for the operator and tell the agent that it wasn't handled."""
        self.desk.set_aside("telegram", dump(update).decode(), "an agent’s message was not taken")
        self.handler.report_failure(update)


def _album(updates: list[GroupUpdate]) -> list[GroupUpdate]:
    """The first update, with the other files of its album."""
    first, *rest = updates
    if not first.album_id or first.is_edit:
        return [first]
    return [first, *takewhile(lambda update: update.album_id == first.album_id and not update.is_edit, rest)]
