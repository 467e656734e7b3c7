"""Who waited for whom, and when: a ticket's events as turns and pauses. Doesn't compute due times."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.policy.sections import TargetKey


class PauseReason(StrEnum):
    """Why time didn't count although the desk may have been open."""

    ON_HOLD = "on_hold"  # waiting on the customer
    RESOLVED = "resolved"  # until it was reopened


@dataclass(frozen=True, slots=True)
class Pause:
    """A period in which the ticket's time didn't count; `until` is None while it lasts."""

    since: datetime
    until: datetime | None
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class WaitingTurn:
    """One thing owed to the customer, from its start until it is done or no longer owed.

    `priority` is the one at its end, or now.
    """

    target: TargetKey
    number: int  # 1, 2, 3… per target
    started_at: datetime
    priority: str
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    is_update: bool = False  # the customer asked nothing: their plan promises regular updates


@dataclass(frozen=True, slots=True)
class TurnHistory:
    """All turns, the ended ones first, and all pauses in order."""

    turns: tuple[WaitingTurn, ...]
    pauses: tuple[Pause, ...]


def turn_history(timeline: TicketTimeline, *, has_updates: bool = False) -> TurnHistory:
    """The turns and pauses that result from the ticket's events.

    With `has_updates` the desk owes an update after each of its replies, until the customer writes.
    """
    builder = _TurnBuilder(timeline.priority, has_updates)
    builder.opened(timeline.opened_at)
    for event in timeline.sorted_events:
        builder.take(event)
    waiting = (replace(turn, priority=builder.priority) for turn in builder.waiting.values())
    return TurnHistory((*builder.ended, *waiting), tuple(builder.pauses))


@dataclass
class _TurnBuilder:
    """The state after some of the events."""

    priority: str
    has_updates: bool
    waiting: dict[TargetKey, WaitingTurn] = field(default_factory=dict)
    ended: list[WaitingTurn] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    counts: dict[TargetKey, int] = field(default_factory=dict)

    def opened(self, at: datetime) -> None:
        for target in ("review", "first_response", "resolution"):
            self._begin(target, at)

    def take(self, event: ClockEvent) -> None:
        match event.kind:
            case ClockEventKind.CUSTOMER_WROTE if not event.is_courtesy:
                self._customer_wrote(event.at)
            case ClockEventKind.REPLIED:
                self._replied(event.at)
            case ClockEventKind.REVIEWED:
                self._meet(event.at, "review")
            case ClockEventKind.PRIORITISED:
                if not event.is_automatic:
                    self._meet(event.at, "review")
                self.priority = event.priority
            case ClockEventKind.HELD:
                self._meet(event.at, "review")
                self._pause(event.at, PauseReason.ON_HOLD)
            case ClockEventKind.RELEASED:
                self._resume(event.at, PauseReason.ON_HOLD)
            case ClockEventKind.RESOLVED:
                self._resume(event.at, PauseReason.ON_HOLD)
                self._meet(event.at, *self.waiting)
                self._pause(event.at, PauseReason.RESOLVED)
            case ClockEventKind.REOPENED:
                self._reopened(event.at)
            case ClockEventKind.STOPPED:
                self._stop(event.at)

    def _replied(self, at: datetime) -> None:
        self._meet(at, "review", "first_response", "next_response")
        if self.has_updates and not self._is_paused(PauseReason.RESOLVED):
            self._begin("next_response", at, is_update=True)

    def _customer_wrote(self, at: datetime) -> None:
        self._resume(at, PauseReason.ON_HOLD)
        if self._is_paused(PauseReason.RESOLVED):
            return  # a REOPENED event says whether this reopens the ticket
        self._begin("review", at)
        if "first_response" not in self.waiting:
            self._drop_update()
            self._begin("next_response", at)

    def _drop_update(self) -> None:
        """They wrote before the update came: now they wait for an answer."""
        waiting = self.waiting.get("next_response")
        if waiting and waiting.is_update:
            del self.waiting["next_response"]

    def _reopened(self, at: datetime) -> None:
        if not self._is_paused(PauseReason.RESOLVED):
            return
        self._resume(at, PauseReason.RESOLVED)
        self._begin("review", at)
        self._begin("next_response", at)
        self._begin_again("resolution")

    def _begin(self, target: TargetKey, at: datetime, *, is_update: bool = False) -> None:
        if target not in self.waiting:
            number = self.counts[target] = self.counts.get(target, 0) + 1
            self.waiting[target] = WaitingTurn(target, number, at, self.priority, is_update=is_update)

    def _begin_again(self, target: TargetKey) -> None:
        """Undo that it was met: the same turn goes on from its original start."""
        for met in [turn for turn in self.ended if turn.target == target and turn.met_at]:
            self.ended.remove(met)
            self.waiting[target] = replace(met, met_at=None)

    def _meet(self, at: datetime, *targets: TargetKey) -> None:
        for target in targets:
            if turn := self.waiting.pop(target, None):
                self.ended.append(replace(turn, met_at=at, priority=self.priority))

    def _stop(self, at: datetime) -> None:
        self._resume(at, PauseReason.ON_HOLD)
        stopped = (replace(turn, stopped_at=at, priority=self.priority) for turn in self.waiting.values())
        self.ended.extend(stopped)
        self.waiting.clear()

    def _pause(self, at: datetime, reason: PauseReason) -> None:
        if not self._is_paused():
            self.pauses.append(Pause(at, None, reason))

    def _resume(self, at: datetime, reason: PauseReason) -> None:
        if self._is_paused(reason):
            self.pauses[-1] = replace(self.pauses[-1], until=at)

    def _is_paused(self, reason: PauseReason | None = None) -> bool:
        last = self.pauses[-1] if self.pauses else None
        return bool(last and last.until is None and reason in (None, last.reason))
