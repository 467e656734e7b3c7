"""Attends to what agents write and press in the group, topic by topic in order.

What was heard stays in its list until it was attended to; everything here may run twice, because each answer
and note carries the name of the message that it was written as.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.messages.errors import GuichetError, MediaError, WriteConflict
from channels.inbound_events import GroupUpdate
from desk.desk import Desk
from store.codec import dump, load
from store.forum.inbound_queue import GroupInboundQueue
from store.leases import Lease, leased
from store.redis_client import Client

log = logging.getLogger(__name__)

ALBUM_WAIT = timedelta(seconds=1.5)
MAX_ATTEMPTS = 6


class RetryLater(Exception):
    """Not now: to be looked at again after so long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"again in {wait}")
        self.wait = wait


class HandlesMessages(Protocol):
    """Takes what an agent did. Raises Later, MediaError, GuichetError."""

    def handle(self, together: list[GroupUpdate]) -> None:
        """Attend to one thing; several only when they are one album."""

    def report_failure(self, heard: GroupUpdate) -> None:
        """Tell the agent that it could not be taken."""


class InboundWorker:
    """Works through the lists."""

    def __init__(
        self,
        redis: Client,
        heard: GroupInboundQueue,
        desk: Desk,
        handler: HandlesMessages,
        answered: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._redis, self._inbound_queue, self._desk = redis, heard, desk
        self._handler, self._answered, self._clock = handler, answered, clock

    def run(self, thread: str) -> None:
        """Attend to what was heard in that topic, until nothing is left or it must wait."""
        while self._listen_once(thread):
            pass

    def _listen_once(self, thread: str) -> bool:
        """Whether there is more, which came while we let go of the lease."""
        with leased(self._redis, f"heard:{thread}") as lease:
            if lease is None:
                return False
            is_waiting = self._work(thread, lease)
        return not is_waiting and bool(self._inbound_queue.peek(thread, 1))

    def _work(self, thread: str, lease: Lease) -> bool:
        """One thing after the other; True when the rest must wait."""
        while raws := self._inbound_queue.peek(thread):
            if not lease.renew():
                return True
            together = _album([load(GroupUpdate, raw) for raw in raws])
            wait = self._attend(thread, together)
            if wait:
                self._inbound_queue.retry_at(thread, self._clock() + wait)
                return True
            self._inbound_queue.finish(thread, len(together))
        return False

    def _attend(self, thread: str, together: list[GroupUpdate]) -> timedelta:
        """Zero when it is done; else how long it must wait."""
        awaited = self._more_may_come(together)
        if awaited:
            return awaited
        first = together[0]
        try:
            if self._inbound_queue.count_attempt(thread) > MAX_ATTEMPTS:
                self._set_aside(first)
            else:
                self._handler.handle(together)
        except (RetryLater, WriteConflict) as later:
            self._inbound_queue.reset_attempts(thread)
            return later.wait if isinstance(later, RetryLater) else timedelta(seconds=1)
        except MediaError as error:
            if not error.is_permanent:
                return error.retry_after or timedelta(seconds=5)
            self._set_aside(first)
        except GuichetError:
            log.exception("what an agent did was refused")
            self._set_aside(first)
        self._answered()
        return timedelta()

    def _more_may_come(self, together: list[GroupUpdate]) -> timedelta:
        """The files of an album come one by one; the last is told by nothing but silence."""
        last = together[-1]
        if not last.album_id or last.heard_at is None:
            return timedelta()
        return max(last.heard_at + ALBUM_WAIT - self._clock(), timedelta())

    def _set_aside(self, heard: GroupUpdate) -> None:
        """It cannot be taken: kept for the operator, and the agent is told."""
        self._desk.set_aside("telegram", dump(heard).decode(), "an agent’s message was not taken")
        self._handler.report_failure(heard)


def _album(heard: list[GroupUpdate]) -> list[GroupUpdate]:
    """The first, with the files that were sent with it."""
    first, *rest = heard
    found = [first]
    for one in rest:
        if not first.album_id or one.album_id != first.album_id or one.is_edit or first.is_edit:
            break
        found.append(one)
    return found
