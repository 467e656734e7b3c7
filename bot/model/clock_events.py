"""What the SLA clocks need of a ticket: when it was opened and what has happened since.

`bot.sla.outlook.timeline_of` builds it from a ticket.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class ClockEventKind(StrEnum):
    """Events that affect a clock."""

    CUSTOMER_WROTE = "customer_wrote"  # begins a turn, unless it's a mere thank-you
    REPLIED = "replied"  # answers the waiting turn
    REVIEWED = "reviewed"  # an agent read it
    PRIORITISED = "prioritised"  # open targets become the new priority's, from their old start
    HELD = "held"  # waiting on the customer
    RELEASED = "released"  # no longer waiting
    RESOLVED = "resolved"  # answers every waiting turn
    REOPENED = "reopened"  # the customer waits for a response again
    STOPPED = "stopped"  # withdrawn or merged: no targets remain


_TALK = (ClockEventKind.CUSTOMER_WROTE, ClockEventKind.REPLIED, ClockEventKind.REVIEWED)


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One event; `priority` is the new one, `is_courtesy` a mere thank-you.

    `is_automatic`: no person did it, so nobody has read the ticket.
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
    """A ticket as its clocks see it. Events may come in any order; those at the same time keep theirs.

    Returning a ticket for information is two events: REPLIED, then HELD.
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
        """The events in order of time."""
        return tuple(sorted(self.events, key=lambda event: event.at))

    @property
    def talk(self) -> tuple[ClockEvent, ...]:
        """Messages in both directions, and reviews."""
        return tuple(event for event in self.events if event.kind in _TALK and not event.is_courtesy)

    def merged_with(self, other: Self) -> Self:
        """The clocks after `other` was merged into this ticket.

        The clocks start when the older of the two was opened, and messages on either count;
        holds, priority and resolution are those of this ticket alone.
        """
        begun = ClockEvent(ClockEventKind.CUSTOMER_WROTE, max(self.opened_at, other.opened_at))
        opened_at = min(self.opened_at, other.opened_at)
        return replace(self, opened_at=opened_at, events=(*self.events, begun, *other.talk))
