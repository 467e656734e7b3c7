"""Compares two policies on past tickets: which targets were met, and which would have been.

Each ticket is counted under its own policy and under the other one, from the same events. It can't know what people
would have done differently under other targets.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model.clock_events import TicketTimeline
from bot.model.ticket import Ticket
from bot.policy.field_types import TARGETS
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline, deadlines
from bot.sla.outlook import timeline_of

EXAMPLES = 20
"""How many tickets with a changed outcome are listed."""


class Outcome(StrEnum):
    """What became of a deadline."""

    KEPT = "kept"
    MISSED = "missed"
    RUNNING = "running"  # not due yet, or on hold: counts for neither


@dataclass(slots=True)
class OutcomeCounts:
    """How many deadlines were met, missed or are still running."""

    kept: int = 0
    missed: int = 0
    running: int = 0

    def count(self, outcome: Outcome) -> None:
        """Count one more with this outcome."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    @property
    def percent(self) -> float | None:
        """The percentage met of the deadlines that fell due; None if none did."""
        due = self.kept + self.missed
        return 100 * self.kept / due if due else None


@dataclass(slots=True)
class TargetComparison:
    """One target of one priority, under the ticket's own policy and the other one."""

    before: OutcomeCounts = field(default_factory=OutcomeCounts)
    after: OutcomeCounts = field(default_factory=OutcomeCounts)
    newly_missed: int = 0
    newly_kept: int = 0


@dataclass(frozen=True, slots=True)
class ChangedOutcome:
    """A deadline that would have turned out differently."""

    ticket_id: str
    number: str
    target: str
    turn: int
    is_kept: bool  # under the other policy


@dataclass
class Replay:
    """Takes tickets one by one and keeps only totals, so its size doesn't grow with the tickets."""

    other: Policy
    now: datetime
    tickets: int = 0
    found: dict[tuple[str, str], TargetComparison] = field(default_factory=dict)
    lacking: Counter[tuple[str, str]] = field(default_factory=Counter)
    turned: list[ChangedOutcome] = field(default_factory=list)

    def take(self, ticket: Ticket, own: Policy) -> None:
        """Count one ticket that was opened under `own`."""
        self.tickets += 1
        before = self._outcomes(ticket, timeline_of(ticket), own)
        after = self._outcomes(ticket, self._under_the_other(ticket), self.other)
        for key, outcome in before.items():
            self._compared(key, ticket).before.count(outcome)
        for key, outcome in after.items():
            self._compared(key, ticket).after.count(outcome)
        for key in before.keys() & after.keys():
            self._count_change(key, ticket, before[key], after[key])

    def to_json(self) -> dict[str, Any]:
        """As JSON, ordered by target and by the other policy's priorities, the highest first."""
        order = [priority.key for priority in self.other.priorities]
        rows = sorted(
            self.found.items(), key=lambda row: (TARGETS.index(row[0][0]), -_rank(row[0][1], order))
        )
        return {
            "tickets": self.tickets,
            "compared": [
                {"target": target, "priority": priority, **asdict(compared)}
                | {"before_percent": compared.before.percent, "after_percent": compared.after.percent}
                for (target, priority), compared in rows
            ],
            "lacking": [
                {"what": what, "key": key, "tickets": count}
                for (what, key), count in sorted(self.lacking.items())
            ],
            "turned": [asdict(one) for one in self.turned],
        }

    def _under_the_other(self, ticket: Ticket) -> TicketTimeline:
        """The same events; the other policy decides whether deadlines apply at all, if it knows the category."""
        other = self.other
        known = next((each for each in other.categories if each.key == ticket.category), None)
        self._note_lacking(ticket)
        return replace(
            timeline_of(ticket),
            has_clock=known.scope != "quote" if known else ticket.has_clock,
            is_emergency=ticket.is_emergency and other.emergency is not None,
        )

    def _note_lacking(self, ticket: Ticket) -> None:
        if ticket.priority not in [priority.key for priority in self.other.priorities]:
            self.lacking["priority", ticket.priority] += 1
        if ticket.plan and ticket.plan not in [plan.key for plan in self.other.plans]:
            self.lacking["plan", ticket.plan] += 1

    def _outcomes(
        self, ticket: Ticket, clock: TicketTimeline, policy: Policy
    ) -> Mapping[tuple[str, int], Outcome]:
        found = {(d.target, d.turn): outcome_of(d, self.now) for d in deadlines(clock, policy)}
        return {key: outcome for key, outcome in found.items() if outcome}

    def _count_change(self, key: tuple[str, int], ticket: Ticket, before: Outcome, after: Outcome) -> None:
        if {before, after} != {Outcome.KEPT, Outcome.MISSED}:
            return
        compared, is_kept = self._compared(key, ticket), after is Outcome.KEPT
        compared.newly_kept += is_kept
        compared.newly_missed += not is_kept
        if len(self.turned) < EXAMPLES:
            self.turned.append(ChangedOutcome(ticket.ticket_id, ticket.number, *key, is_kept))

    def _compared(self, key: tuple[str, int], ticket: Ticket) -> TargetComparison:
        return self.found.setdefault((key[0], ticket.priority), TargetComparison())


def outcome_of(deadline: Deadline, now: datetime) -> Outcome | None:
    """The outcome by then; None if it is no longer owed."""
    if deadline.stopped_at:
        return None
    if deadline.is_missed(now):
        return Outcome.MISSED
    return Outcome.KEPT if deadline.met_at else Outcome.RUNNING


def _rank(priority: str, order: list[str]) -> int:
    return order.index(priority) if priority in order else -1
