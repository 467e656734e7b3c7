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
from jobs.delivery.rate_limits import group_limits, sign_limits
from jobs.forum.sync_steps import Showing
from jobs.forum.topic_view import Seen, Views
from store.forum.group import Group, Notice
from store.forum.topics import Topics
from store.leases import Lease, leased
from store.outbox import rate_limit
from store.redis_client import Client

log = logging.getLogger(__name__)

LEASE = "group"
MOST_IN_ONE_GO = 200
"""Calls that one job makes before it lets others have the worker."""

MOST_ROUNDS = 5
"""How often one job looks again for what came while it let go; the sweep sends another."""

AGAIN_AFTER = timedelta(seconds=5)
TROUBLE_REST = timedelta(seconds=60)
"""How often a group that cannot be used is tried again."""

ERASED_AGAIN = timedelta(minutes=10)
"""A right to delete that is missing holds up nothing else; the doctor names it."""

LOOKED_AT_AGAIN = timedelta(seconds=20)
"""While a colleague is typing: when they stop, nobody tells us."""

_TROUBLE = ("no_rights", "blocked", "not_found", "credentials")


@dataclass(frozen=True, slots=True)
class Task:
    """A step of one topic that may be made now."""

    ticket_id: str
    seen: Seen
    planned: PlannedStep


@dataclass(frozen=True)
class Tools:
    """What the mirror works with."""

    redis: Client
    topics: Topics
    group: Group
    views: Views
    showing: Showing
    clock: Callable[[], datetime]


class Mirror:
    """Brings topics up to date."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def run(self) -> None:
        """Show what there is to show, until all is shown or must wait. Harmless to run twice."""
        for _ in range(MOST_ROUNDS):
            self._tools.topics.begin()
            if not self._run_once():
                return

    def _run_once(self) -> bool:
        """Whether there is more to do, which came while we let go of the lease."""
        with leased(self._tools.redis, LEASE) as lease:
            if lease is None:
                return False
            _Pass(self._tools, lease).work()
        return self._tools.topics.has_news(self._tools.clock())


class _Pass:
    """One job's work: what it has looked at is kept until it changes."""

    def __init__(self, tools: Tools, lease: Lease) -> None:
        self._tools, self._lease = tools, lease
        self._tasks: dict[str, Task] = {}

    def work(self) -> None:
        """Step after step."""
        for _ in range(MOST_IN_ONE_GO):
            now = self._tools.clock()
            for ticket_id in self._tools.topics.follow(now):
                self._tasks.pop(ticket_id, None)
            if self._tools.group.trouble() and self._tools.topics.rests_until() > now:
                return
            if not self._lease.renew() or not self._step(now):
                return

    def _step(self, now: datetime) -> bool:
        """Make the step that matters most; False when nothing may be made now."""
        notice = self._tools.group.next_answer()
        tasks = sorted(self._look(now), key=lambda task: task.planned.urgency)
        waits: list[timedelta] = []
        for task in tasks:
            if notice and task.planned.urgency > Urgency.SOON:
                break
            wait = self._pace(task)
            if not wait:
                return self._make(task)
            waits.append(wait)
        if erased := self._tools.topics.erased(now):
            wait = self._take(self._tools.group.chat_id, Urgency.LATER)
            if not wait:
                return self._erase(erased)
            waits.append(wait)
        if notice:
            wait = self._take(notice.chat_id, Urgency.SOON)
            if not wait:
                return self._answer(notice)
            waits.append(wait)
        if waits:
            self._tools.topics.rest(now + min(waits))
        return False

    def _look(self, now: datetime) -> list[Task]:
        """What could be done now, those first that have waited the longest."""
        found = []
        for ticket_id in self._tools.topics.waiting(now):
            task = self._tasks.get(ticket_id) or self._planned(ticket_id, now)
            if task:
                self._tasks[ticket_id] = task
                found.append(task)
        return found

    def _planned(self, ticket_id: str, now: datetime) -> Task | None:
        """The next step of one topic; None when it shows everything, or is to wait."""
        try:
            seen = self._tools.views.look(ticket_id, self._tools.topics.find(ticket_id))
        except NotFound:
            self._tools.topics.finish(ticket_id)
            return None
        planned = next_step(seen.shown.topic, seen.wanted)
        if planned and (planned.not_before is None or planned.not_before <= now):
            return Task(ticket_id, seen, planned)
        later = [planned.not_before] if planned and planned.not_before else []
        if seen.is_being_answered:
            later.append(now + LOOKED_AT_AGAIN)
        if later:
            self._tools.topics.wait(ticket_id, min(later))
        else:
            self._tools.topics.finish(ticket_id)
        return None

    def _pace(self, task: Task) -> timedelta:
        """How long its call has to wait; when not at all, it has been counted."""
        if isinstance(task.planned.step, SetReaction):
            chat = str(self._tools.group.chat_id)
            return rate_limit.take(self._tools.redis, sign_limits(chat), self._tools.clock())
        try:
            calls = self._tools.showing.calls(task.planned.step, task.seen)
        except DeliveryError:
            calls = 1
        return self._take(self._tools.group.chat_id, task.planned.urgency, calls)

    def _take(self, chat_id: int, urgency: Urgency, calls: int = 1) -> timedelta:
        limits = group_limits(str(chat_id), urgency, calls)
        return rate_limit.take(self._tools.redis, limits, self._tools.clock())

    def _make(self, task: Task) -> bool:
        """Make one step; False when the group must rest."""
        self._tasks.pop(task.ticket_id, None)
        try:
            self._tools.showing.make(task.planned.step, task.seen, self._tools.group.chat_id)
        except DeliveryError as error:
            return self._failed(error, task)
        self._is_well()
        return True

    def _answer(self, notice: Notice) -> bool:
        """Post one answer; False when the group must rest."""
        is_in_group = self._tools.group.is_ours(notice.chat_id)
        chat_id = self._tools.group.chat_id if is_in_group else notice.chat_id
        try:
            self._tools.showing.answer(notice, chat_id)
        except DeliveryError as error:
            if not error.is_permanent or (is_in_group and error.code in (*_TROUBLE, "moved")):
                return self._failed(error, None)
            log.warning("an answer in the group was not taken", extra={"code": error.code})
        self._tools.group.answered()
        return True

    def _erase(self, thread_id: int) -> bool:
        """Delete the topic of an erased ticket; False when the group must rest."""
        try:
            self._tools.showing.erase(thread_id, self._tools.group.chat_id)
        except DeliveryError as error:
            if not error.is_permanent or error.code == "moved":
                return self._failed(error, None)
            if error.code != "topic_gone":
                log.warning("an erased ticket’s topic could not be deleted", extra={"reason": error.reason})
                self._tools.topics.wait_erased(thread_id, self._tools.clock() + ERASED_AGAIN)
                return True
        self._tools.topics.forget_erased(thread_id)
        return True

    def _failed(self, error: DeliveryError, task: Task | None) -> bool:
        """What an error asks for: go on in another way, or rest."""
        now = self._tools.clock()
        log.warning("the group was not written to", extra={"code": error.code, "reason": error.reason})
        if isinstance(error, AddressMoved):
            self._tools.group.moved(int(error.address.name))
            return True
        if error.code in _TROUBLE:
            self._tools.group.set_trouble(error.code, now)
            self._tools.topics.rest(now + TROUBLE_REST)
            return False
        if error.is_permanent and task:
            return self._go_on(error, task)
        wait = error.retry_after or AGAIN_AFTER
        if error.retry_after:
            silenced = group_limits(str(self._tools.group.chat_id))[0]
            rate_limit.back_off(self._tools.redis, silenced, now + wait, now)
        self._tools.topics.rest(now + wait)
        return False

    def _go_on(self, error: DeliveryError, task: Task) -> bool:
        """The topic or the card is gone, or Telegram will never take this."""
        topic = task.seen.shown.topic
        if error.code == "topic_gone":
            self._tools.topics.forget_posts(topic.deleted(), topic.thread_id)
            return True
        if error.code == "message_gone" and not isinstance(task.planned.step, SetReaction):
            self._tools.topics.save(topic.evolve(card_id=0, card="", is_pinned=False))
            return True
        try:
            self._tools.showing.give_up(task.planned.step, task.seen, self._tools.group.chat_id)
        except DeliveryError as again:
            return self._failed(again, None)
        return True

    def _is_well(self) -> None:
        if self._tools.group.trouble():
            self._tools.group.clear_trouble()
