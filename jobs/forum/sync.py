"""Keeps the agents' group in step with the desk: one call after the other, what matters most first.

One job at a time works for the whole group, since Telegram's twenty posts a minute are the group's. Each call is
made under the lease and recorded before the next: whoever dies in between leaves at worst one post twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.forum.topic_sync import PlannedStep, SetReaction, Urgency, next_step
from bot.messages.errors import AddressMoved, DeliveryError, NotFound
from jobs.delivery.rate_limits import group_limits, reaction_limits
from jobs.forum.sync_steps import StepExecutor
from jobs.forum.topic_view import TopicSnapshot, TopicViews
from store.forum.group import ForumGroup, GroupReply
from store.forum.topics import Topics
from store.leases import Lease, leased
from store.outbox import rate_limit
from store.redis_client import Client

log = logging.getLogger(__name__)

LEASE_NAME = "group"
MAX_CALLS_PER_JOB = 200
"""Calls that one job makes before it lets others have the worker."""

MAX_RUNS_PER_JOB = 5
"""How often one job looks again for what came while it let go; the sweep sends another."""

RETRY_AFTER = timedelta(seconds=5)
PROBLEM_PAUSE = timedelta(seconds=60)
"""How often a group that cannot be used is tried again."""

ERASE_RETRY_AFTER = timedelta(minutes=10)
"""A right to delete that is missing holds up nothing else; the doctor names it."""

TYPING_RECHECK_AFTER = timedelta(seconds=20)
"""While a colleague is typing: when they stop, nobody tells us."""

_GROUP_PROBLEMS = ("no_rights", "blocked", "not_found", "credentials")


@dataclass(frozen=True, slots=True)
class TopicTask:
    """A step of one topic that may be made now."""

    ticket_id: str
    seen: TopicSnapshot
    planned: PlannedStep


@dataclass(frozen=True)
class SyncServices:
    """What the mirror works with."""

    redis: Client
    topics: Topics
    group: ForumGroup
    views: TopicViews
    executor: StepExecutor
    clock: Callable[[], datetime]


class ForumSync:
    """Brings topics up to date."""

    def __init__(self, tools: SyncServices) -> None:
        self._services = tools

    def run(self) -> None:
        """Show what there is to show, until all is shown or must wait. Harmless to run twice."""
        for _ in range(MAX_RUNS_PER_JOB):
            self._services.topics.job_started()
            if not self._run_once():
                return

    def _run_once(self) -> bool:
        """Whether there is more to do, which came while we let go of the lease."""
        with leased(self._services.redis, LEASE_NAME) as lease:
            if lease is None:
                return False
            _SyncRun(self._services, lease).work()
        return self._services.topics.has_changes(self._services.clock())


class _SyncRun:
    """One job's work: what it has looked at is kept until it changes."""

    def __init__(self, tools: SyncServices, lease: Lease) -> None:
        self._services, self._lease = tools, lease
        self._tasks: dict[str, TopicTask] = {}

    def work(self) -> None:
        """Step after step."""
        for _ in range(MAX_CALLS_PER_JOB):
            now = self._services.clock()
            for ticket_id in self._services.topics.follow(now):
                self._tasks.pop(ticket_id, None)
            if self._services.group.problem() and self._services.topics.paused_until() > now:
                return
            if not self._lease.renew() or not self._step(now):
                return

    def _step(self, now: datetime) -> bool:
        """Make the step that matters most; False when nothing may be made now."""
        notice = self._services.group.next_reply()
        tasks = sorted(self._look(now), key=lambda task: task.planned.urgency)
        waits: list[timedelta] = []
        for task in tasks:
            if notice and task.planned.urgency > Urgency.SOON:
                break
            wait = self._pace(task)
            if not wait:
                return self._make(task)
            waits.append(wait)
        if erased := self._services.topics.erased(now):
            wait = self._take(self._services.group.chat_id, Urgency.LATER)
            if not wait:
                return self._erase(erased)
            waits.append(wait)
        if notice:
            wait = self._take(notice.chat_id, Urgency.SOON)
            if not wait:
                return self._answer(notice)
            waits.append(wait)
        if waits:
            self._services.topics.pause_until(now + min(waits))
        return False

    def _look(self, now: datetime) -> list[TopicTask]:
        """What could be done now, those first that have waited the longest."""
        found = []
        for ticket_id in self._services.topics.waiting(now):
            task = self._tasks.get(ticket_id) or self._planned(ticket_id, now)
            if task:
                self._tasks[ticket_id] = task
                found.append(task)
        return found

    def _planned(self, ticket_id: str, now: datetime) -> TopicTask | None:
        """The next step of one topic; None when it shows everything, or is to wait."""
        try:
            seen = self._services.views.look(ticket_id, self._services.topics.find(ticket_id))
        except NotFound:
            self._services.topics.finish(ticket_id)
            return None
        planned = next_step(seen.shown.topic, seen.wanted)
        if planned and (planned.not_before is None or planned.not_before <= now):
            return TopicTask(ticket_id, seen, planned)
        later = [planned.not_before] if planned and planned.not_before else []
        if seen.is_being_answered:
            later.append(now + TYPING_RECHECK_AFTER)
        if later:
            self._services.topics.wait(ticket_id, min(later))
        else:
            self._services.topics.finish(ticket_id)
        return None

    def _pace(self, task: TopicTask) -> timedelta:
        """How long its call has to wait; when not at all, it has been counted."""
        if isinstance(task.planned.step, SetReaction):
            chat = str(self._services.group.chat_id)
            return rate_limit.acquire(self._services.redis, reaction_limits(chat), self._services.clock())
        try:
            calls = self._services.executor.message_count(task.planned.step, task.seen)
        except DeliveryError:
            calls = 1
        return self._take(self._services.group.chat_id, task.planned.urgency, calls)

    def _take(self, chat_id: int, urgency: Urgency, calls: int = 1) -> timedelta:
        limits = group_limits(str(chat_id), urgency, calls)
        return rate_limit.acquire(self._services.redis, limits, self._services.clock())

    def _make(self, task: TopicTask) -> bool:
        """Make one step; False when the group must rest."""
        self._tasks.pop(task.ticket_id, None)
        try:
            self._services.executor.execute(task.planned.step, task.seen, self._services.group.chat_id)
        except DeliveryError as error:
            return self._failed(error, task)
        self._clear_problem()
        return True

    def _answer(self, notice: GroupReply) -> bool:
        """Post one answer; False when the group must rest."""
        is_in_group = self._services.group.is_ours(notice.chat_id)
        chat_id = self._services.group.chat_id if is_in_group else notice.chat_id
        try:
            self._services.executor.post_reply(notice, chat_id)
        except DeliveryError as error:
            if not error.is_permanent or (is_in_group and error.code in (*_GROUP_PROBLEMS, "moved")):
                return self._failed(error, None)
            log.warning("an answer in the group was not taken", extra={"code": error.code})
        self._services.group.drop_reply()
        return True

    def _erase(self, thread_id: int) -> bool:
        """Delete the topic of an erased ticket; False when the group must rest."""
        try:
            self._services.executor.erase(thread_id, self._services.group.chat_id)
        except DeliveryError as error:
            if not error.is_permanent or error.code == "moved":
                return self._failed(error, None)
            if error.code != "topic_gone":
                log.warning("an erased ticket’s topic could not be deleted", extra={"reason": error.reason})
                self._services.topics.retry_erased(thread_id, self._services.clock() + ERASE_RETRY_AFTER)
                return True
        self._services.topics.drop_erased(thread_id)
        return True

    def _failed(self, error: DeliveryError, task: TopicTask | None) -> bool:
        """What an error asks for: go on in another way, or rest."""
        now = self._services.clock()
        log.warning("the group was not written to", extra={"code": error.code, "reason": error.reason})
        if isinstance(error, AddressMoved):
            self._services.group.set_chat_id(int(error.address.name))
            return True
        if error.code in _GROUP_PROBLEMS:
            self._services.group.set_problem(error.code, now)
            self._services.topics.pause_until(now + PROBLEM_PAUSE)
            return False
        if error.is_permanent and task:
            return self._go_on(error, task)
        wait = error.retry_after or RETRY_AFTER
        if error.retry_after:
            silenced = group_limits(str(self._services.group.chat_id))[0]
            rate_limit.back_off(self._services.redis, silenced, now + wait, now)
        self._services.topics.pause_until(now + wait)
        return False

    def _go_on(self, error: DeliveryError, task: TopicTask) -> bool:
        """The topic or the card is gone, or Telegram will never take this."""
        topic = task.seen.shown.topic
        if error.code == "topic_gone":
            self._services.topics.mark_deleted(topic.deleted(), topic.thread_id)
            return True
        if error.code == "message_gone" and not isinstance(task.planned.step, SetReaction):
            self._services.topics.save(topic.evolve(card_id=0, card="", is_pinned=False))
            return True
        try:
            self._services.executor.give_up(task.planned.step, task.seen, self._services.group.chat_id)
        except DeliveryError as again:
            return self._failed(again, None)
        return True

    def _clear_problem(self) -> None:
        if self._services.group.problem():
            self._services.group.clear_problem()
