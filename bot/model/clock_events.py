"""The little that the clocks need to know of a ticket: when it was opened and what happened to it since.

No ticket and no thread here; whoever holds those makes a `Clocked` of them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class ClockEventKind(StrEnum):
    """What a clock takes notice of."""

    CUSTOMER_WROTE = "customer_wrote"  # begins a turn, unless it was mere courtesy
    REPLIED = "replied"  # answers the waiting turn
    REVIEWED = "reviewed"  # somebody of the desk read it through
    PRIORITISED = "prioritised"  # every open promise is that of the new priority, from its old start
    HELD = "held"  # waiting on the customer
    RELEASED = "released"  # waiting no longer
    RESOLVED = "resolved"  # answers every waiting turn
    REOPENED = "reopened"  # the customer waits for a response again
    STOPPED = "stopped"  # withdrawn or merged into another: nothing is owed any more


_TALK = (ClockEventKind.CUSTOMER_WROTE, ClockEventKind.REPLIED, ClockEventKind.REVIEWED)


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened; `priority` is the new one, `is_courtesy` a “thanks” that asks for nothing.

    `is_automatic`: no person did it, so that nobody has read anything.
    """

    kind: ClockEventKind
    at: datetime
    priority: str = ""
    is_courtesy: bool = False
    is_automatic: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a clock event needs an aware instant")


@dataclass(frozen=True, slots=True)
class TicketTimeline:
    """A ticket as its clocks see it. Events may come in any order; those of one instant keep theirs.

    A question sent back to the customer is two events: REPLIED, then HELD.
    """

    opened_at: datetime
    priority: str  # the first one
    events: tuple[ClockEvent, ...] = ()
    plan: str = ""
    has_clock: bool = True  # False for technical services, which get a quote
    is_emergency: bool = False  # counted around the clock

    def __post_init__(self) -> None:
        if self.opened_at.tzinfo is None:
            raise ValueError("a clock needs an aware start")

    @property
    def sorted_events(self) -> tuple[ClockEvent, ...]:
        """The events by instant."""
        return tuple(sorted(self.events, key=lambda event: event.at))

    @property
    def talk(self) -> tuple[ClockEvent, ...]:
        """What was written to and fro, and read."""
        return tuple(event for event in self.events if event.kind in _TALK and not event.is_courtesy)

    def merged_with(self, other: Self) -> Self:
        """The clocks after `other` was merged into this ticket.

        The promise is as old as the older of the two, and what was written to and fro on either counts;
        the holds, priority and resolution are those of this ticket alone.
        """
        begun = ClockEvent(ClockEventKind.CUSTOMER_WROTE, max(self.opened_at, other.opened_at))
        opened_at = min(self.opened_at, other.opened_at)
        return replace(self, opened_at=opened_at, events=(*self.events, begun, *other.talk))
