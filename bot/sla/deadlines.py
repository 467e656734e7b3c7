"""The deadlines of a ticket, recomputed from its events: pure, and cheap enough to run for every message.

    review          somebody at the desk reads each customer message
    first_response  the first answer to the request
    next_response   the answer to each later customer message; some plans also promise regular updates
    resolution      the request is solved; time between resolved and reopened doesn't count

Time spent waiting on the customer doesn't count. Technical services have no deadlines. The ticket's events and the
policy decide everything, so that every place shows the same; WhatsApp's window only ever warns agents
(`bot.sla.window_warning`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from bot.calendar.business_calendar import Break, BusinessCalendar, always_open
from bot.calendar.durations import CountingMode, Duration
from bot.model.clock_events import TicketTimeline
from bot.policy.policy import Policy
from bot.policy.sections import TargetKey
from bot.sla.waiting_turns import Pause, TurnHistory, WaitingTurn, turn_history

PromiseKind = TargetKey | Literal["update"]


class DeadlineStatus(StrEnum):
    """The status of a deadline at a given time."""

    RUNNING = "running"
    WARNED = "warned"  # the warning share of the allowed time is used up
    OVERDUE = "overdue"  # missed, and still owed
    ON_HOLD = "on_hold"
    MET = "met"
    MISSED = "missed"  # done too late
    STOPPED = "stopped"  # no longer owed


@dataclass(frozen=True, slots=True)
class Deadline:
    """One target of one ticket, with its due time.

    `due_at` is None while the ticket is on hold. `is_update`: the customer asked nothing, but their plan promises
    updates. A response at exactly `due_at` is on time.
    """

    target: TargetKey
    turn: int
    started_at: datetime
    allowance: Duration
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    is_update: bool = False
    is_emergency: bool = False
    pauses: tuple[Pause, ...] = ()

    @property
    def kind(self) -> PromiseKind:
        """What people are told is due: an update is a response that nobody asked for."""
        return "update" if self.is_update else self.target

    @property
    def is_over(self) -> bool:
        """Met, or no longer owed."""
        return bool(self.met_at or self.stopped_at)

    def is_missed(self, now: datetime) -> bool:
        """Whether it was met too late, or is overdue."""
        return self.due_at is not None and (self.met_at or self.stopped_at or now) > self.due_at

    def status_at(self, now: datetime) -> DeadlineStatus:
        """Its status at that time."""
        if self.stopped_at:
            return DeadlineStatus.STOPPED
        if self.met_at:
            return DeadlineStatus.MISSED if self.is_missed(now) else DeadlineStatus.MET
        if self.due_at is None or self.warn_at is None:
            return DeadlineStatus.ON_HOLD
        if now > self.due_at:
            return DeadlineStatus.OVERDUE
        return DeadlineStatus.WARNED if now >= self.warn_at else DeadlineStatus.RUNNING


def deadlines(timeline: TicketTimeline, policy: Policy) -> tuple[Deadline, ...]:
    """Every deadline of the ticket under the policy, ordered by start."""
    if not timeline.has_clock:
        return ()
    history = turn_history(timeline, has_updates=_update_every(timeline, policy) is not None)
    counting = _Counting(timeline, policy, history)
    found = (counting.deadline(turn) for turn in history.turns)
    return tuple(sorted((d for d in found if d), key=lambda d: d.started_at))


def calendar_of(policy: Policy, *, is_emergency: bool) -> BusinessCalendar:
    """The calendar for the ticket's time: emergencies count around the clock."""
    return _around_the_clock(policy.hours.zone) if is_emergency else policy.calendar


@lru_cache(maxsize=64)
def _around_the_clock(zone: ZoneInfo) -> BusinessCalendar:
    return always_open(zone)


def target_duration(
    timeline: TicketTimeline, policy: Policy, target: TargetKey, priority: str
) -> Duration | None:
    """The time allowed for the target; None if the policy doesn't set one."""
    if timeline.is_emergency and policy.emergency:
        return policy.emergency.targets.get(target)
    if all(known.key != priority for known in policy.priorities):
        return None
    return policy.target(target, priority, timeline.plan)


def _update_every(timeline: TicketTimeline, policy: Policy) -> Duration | None:
    return next((plan.update_every for plan in policy.plans if plan.key == timeline.plan), None)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Computes the deadline of each turn of one ticket on the right calendar."""

    timeline: TicketTimeline
    policy: Policy
    history: TurnHistory

    def deadline(self, turn: WaitingTurn) -> Deadline | None:
        allowance = target_duration(self.timeline, self.policy, turn.target, turn.priority)
        if turn.is_update:
            allowance = _update_every(self.timeline, self.policy)
        if allowance is None:
            return None
        pauses = tuple(_until_end(self.history.pauses, turn))
        breaks = [(pause.since, pause.until) for pause in pauses if pause.until]
        due_at = self._unless_held(self._calendar.add(turn.started_at, allowance, breaks), pauses)
        return Deadline(
            target=turn.target,
            turn=turn.number,
            started_at=turn.started_at,
            allowance=allowance,
            due_at=due_at,
            warn_at=due_at and self._warn_at(turn.started_at, due_at, allowance, breaks),
            met_at=turn.met_at,
            stopped_at=turn.stopped_at,
            is_update=turn.is_update,
            is_emergency=self.timeline.is_emergency,
            pauses=pauses,
        )

    @property
    def _calendar(self) -> BusinessCalendar:
        return calendar_of(self.policy, is_emergency=self.timeline.is_emergency)

    def _unless_held(self, due_at: datetime, pauses: Sequence[Pause]) -> datetime | None:
        """None while a hold that began before the due time lasts: nobody knows when it will be due."""
        open_pause = next((pause for pause in pauses if pause.until is None), None)
        return None if open_pause and open_pause.since < due_at else due_at

    def _warn_at(
        self, start: datetime, due_at: datetime, allowance: Duration, breaks: Sequence[Break]
    ) -> datetime:
        """When the warning share of the counted time is used up."""
        clock = _counted_on(allowance, self.policy, is_emergency=self.timeline.is_emergency)
        return _share_used_at(clock, start, due_at, self.policy.alerts.warn_share, breaks)


def share_used_at(deadline: Deadline, policy: Policy, share: float) -> datetime:
    """When that share of a running deadline's counted time is used up."""
    assert deadline.due_at is not None  # noqa: S101 - it runs
    breaks = [(pause.since, pause.until) for pause in deadline.pauses if pause.until]
    clock = calendar_for(deadline, policy)
    return _share_used_at(clock, deadline.started_at, deadline.due_at, share, breaks)


def calendar_for(deadline: Deadline, policy: Policy) -> BusinessCalendar:
    """The calendar that this deadline counts on."""
    return _counted_on(deadline.allowance, policy, is_emergency=deadline.is_emergency)


def _counted_on(allowance: Duration, policy: Policy, *, is_emergency: bool) -> BusinessCalendar:
    if allowance.counting is CountingMode.CALENDAR_TIME:
        return _around_the_clock(policy.hours.zone)
    return calendar_of(policy, is_emergency=is_emergency)


def _share_used_at(
    clock: BusinessCalendar, start: datetime, due_at: datetime, share: float, breaks: Sequence[Break]
) -> datetime:
    used = clock.between(start, due_at, breaks) * share
    allowance = Duration(CountingMode.BUSINESS_TIME, timedelta(seconds=int(used.total_seconds())))
    return clock.add(start, allowance, breaks)


def _until_end(pauses: Sequence[Pause], turn: WaitingTurn) -> Iterator[Pause]:
    """The pauses during the turn; one that began at its end or later doesn't affect it."""
    end = turn.met_at or turn.stopped_at
    for pause in pauses:
        is_before = pause.until is not None and pause.until <= turn.started_at
        if not is_before and (end is None or pause.since < end):
            yield pause
