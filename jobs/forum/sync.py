"""Syncs tickets to topics of the agents' group, one Telegram call at a time, the most urgent first.

One job at a time serves the whole group, because Telegram's limit of twenty posts a minute is per group. Each call
is made under a lease and recorded before the next one, so a crash repeats one post at worst.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.forum.topic import PlannedCall, SetReaction, Urgency
from bot.forum.topic_sync import next_call
from bot.messages.errors import AddressMoved, DeliveryError, NotFound
from jobs.delivery.rate_limits import group_limits, reaction_limits
from jobs.forum.sync_calls import SyncCalls
from jobs.forum.topic_view import TopicViews
from store.forum.group import ForumGroup, GroupReply
from store.forum.topics import Topics
from store.leases import Lease, leased
from store.outbox import rate_limit
from store.outbox.rate_limit import RateLimit
from store.redis_client import Client

log = logging.getLogger(__name__)

LEASE_NAME = "group"
MAX_CALLS_PER_JOB = 200
"""Calls after which a job leaves the worker to others."""

MAX_RUNS_PER_JOB = 5
"""How often one job checks for changes that came after it released the lease; the clock then queues another."""

RETRY_AFTER = timedelta(seconds=5)
PROBLEM_PAUSE = timedelta(seconds=60)
"""How long to wait before using a group again that can't be used."""

ERASE_RETRY_AFTER = timedelta(minutes=10)
"""A missing right to delete topics holds up nothing else; the doctor reports it."""

TYPING_RECHECK_AFTER = timedelta(seconds=20)
"""While an agent is typing: no event says when they stop."""

_GROUP_PROBLEMS = ("no_rights", "blocked", "not_found", "credentials")


@dataclass(frozen=True)
class ForumSync:
    """Brings topics up to date."""

    redis: Client
    topics: Topics
    group: ForumGroup
    views: TopicViews
    calls: SyncCalls
    clock: Callable[[], datetime]

    def run(self) -> None:
        """Make calls until every topic is up to date or has to wait. Safe to run twice."""
        for _ in range(MAX_RUNS_PER_JOB):
            self.topics.job_started()
            with leased(self.redis, LEASE_NAME) as lease:
                if lease is None:
                    return
                _SyncRun(self, lease).run()
            if not self.topics.has_changes(self.clock()):
                return


class _SyncRun:
    """One job's work under the lease; a planned call is kept until its ticket changes."""

    def __init__(self, sync: ForumSync, lease: Lease) -> None:
        self._redis, self._topics, self._group, self._views = sync.redis, sync.topics, sync.group, sync.views
        self._calls, self._clock, self._lease = sync.calls, sync.clock, lease
        self._planned: dict[str, PlannedCall] = {}

    def run(self) -> None:
        """Make one call after the other."""
        for _ in range(MAX_CALLS_PER_JOB):
            now = self._clock()
            for ticket_id in self._topics.follow(now):
                self._planned.pop(ticket_id, None)
            if self._group.problem() and self._topics.paused_until() > now:
                return
            if not self._lease.renew() or not self._make_next(now):
                return

    def _make_next(self, now: datetime) -> bool:
        """Make the most urgent call that the limits allow; False when no more may be made now."""
        waits: list[timedelta] = []
        for limits, make in self._candidates(now):
            wait = rate_limit.acquire(self._redis, limits, self._clock())
            if not wait:
                return make()
            waits.append(wait)
        if waits:
            self._topics.pause_until(now + min(waits))
        return False

    def _candidates(self, now: datetime) -> Iterator[tuple[list[RateLimit], Callable[[], bool]]]:
        """Calls with their limits, most urgent first; each returns False when the group has to wait."""
        reply = self._group.next_reply()
        for planned in sorted(self._plan_all(now), key=lambda planned: planned.urgency):
            if reply and planned.urgency > Urgency.SOON:
                break
            yield self._limits(planned), partial(self._make, planned)
        if thread_id := self._topics.erased(now):
            limits = group_limits(str(self._group.chat_id), Urgency.LATER)
            yield limits, partial(self._erase, thread_id)
        if reply:
            chat = str(reply.chat_id)
            limits = reaction_limits(chat) if reply.reaction else group_limits(chat, Urgency.SOON)
            yield limits, partial(self._post_reply, reply)

    def _plan_all(self, now: datetime) -> Iterator[PlannedCall]:
        """The next call of each topic that has one now, those that wait longest first."""
        for ticket_id in self._topics.waiting(now):
            planned = self._planned.get(ticket_id) or self._plan(ticket_id, now)
            if planned:
                self._planned[ticket_id] = planned
                yield planned

    def _plan(self, ticket_id: str, now: datetime) -> PlannedCall | None:
        """The next call of one topic; None when it's up to date or has to wait."""
        try:
            wanted = self._views.look(ticket_id)
        except NotFound:
            self._topics.finish(ticket_id)
            return None
        planned = next_call(self._topics.find(ticket_id), wanted)
        if planned and (planned.not_before is None or planned.not_before <= now):
            return planned
        later = [planned.not_before] if planned and planned.not_before else []
        if wanted.is_being_answered:
            later.append(now + TYPING_RECHECK_AFTER)
        if later:
            self._topics.wait(ticket_id, min(later))
        else:
            self._topics.finish(ticket_id)
        return None

    def _limits(self, planned: PlannedCall) -> list[RateLimit]:
        chat = str(self._group.chat_id)
        if isinstance(planned.call, SetReaction):
            return reaction_limits(chat)
        try:
            messages = self._calls.message_count(planned.call)
        except DeliveryError:
            messages = 1
        return group_limits(chat, planned.urgency, messages)

    def _make(self, planned: PlannedCall) -> bool:
        topic = planned.topic
        self._planned.pop(topic.ticket_id, None)
        if planned.begun:
            self._topics.save(topic, planned.begun)
        try:
            after = self._calls.make(planned, self._group.chat_id)
        except DeliveryError as error:
            return self._handle_error(error, planned)
        self._topics.save(topic, after)
        if self._group.problem():
            self._group.clear_problem()
        return True

    def _post_reply(self, reply: GroupReply) -> bool:
        is_in_group = self._group.is_ours(reply.chat_id)
        try:
            self._calls.post_reply(reply, self._group.chat_id if is_in_group else reply.chat_id)
        except DeliveryError as error:
            if not error.is_permanent or (is_in_group and error.code in (*_GROUP_PROBLEMS, "moved")):
                return self._handle_error(error)
            log.warning("an answer in the group was not taken", extra={"code": error.code})
        self._group.drop_reply()
        return True

    def _erase(self, thread_id: int) -> bool:
        """Delete the topic of an erased ticket."""
        try:
            self._calls.forum.delete(self._group.chat_id, thread_id)
        except DeliveryError as error:
            if not error.is_permanent or error.code == "moved":
                return self._handle_error(error)
            if error.code != "topic_gone":
                log.warning("an erased ticket’s topic could not be deleted", extra={"reason": error.reason})
                self._topics.retry_erased(thread_id, self._clock() + ERASE_RETRY_AFTER)
                return True
        self._topics.drop_erased(thread_id)
        return True

    def _handle_error(self, error: DeliveryError, planned: PlannedCall | None = None) -> bool:
        """Go on in another way, or wait."""
        now = self._clock()
        log.warning("the group was not written to", extra={"code": error.code, "reason": error.reason})
        if isinstance(error, AddressMoved):
            self._group.set_chat_id(int(error.address.name))
            return True
        if error.code in _GROUP_PROBLEMS:
            self._group.set_problem(error.code, now)
            self._topics.pause_until(now + PROBLEM_PAUSE)
            return False
        if error.is_permanent and planned:
            return self._skip(error, planned)
        wait = error.retry_after or RETRY_AFTER
        if error.retry_after:
            silenced = group_limits(str(self._group.chat_id))[0]
            rate_limit.back_off(self._redis, silenced, now + wait, now)
        self._topics.pause_until(now + wait)
        return False

    def _skip(self, error: DeliveryError, planned: PlannedCall) -> bool:
        """The topic or its card was deleted, or Telegram will never take this call."""
        topic = planned.topic
        if error.code == "topic_gone":
            after = topic.deleted()
        elif error.code == "message_gone" and not isinstance(planned.call, SetReaction):
            after = topic.without_card()
        else:
            try:
                after = self._calls.give_up(planned, self._group.chat_id)
            except DeliveryError as again:
                return self._handle_error(again)
        self._topics.save(topic, after)
        return True
