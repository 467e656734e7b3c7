"""What a ticket keeps of one that was merged into it: its threads, its age and its talk, as a fact's data."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind


def merge_event_data(other: Ticket, clocked: TicketTimeline) -> Mapping[str, str]:
    """The data of a JOINED fact about `other`, whose clocks are `clocked`, and about all that had joined it."""
    return {
        "ticket": other.ticket_id,
        "number": other.number,
        "threads": " ".join((other.ticket_id, *merged_threads(other))),
        "opened_at": clocked.opened_at.isoformat(),
        "talk": " ".join(f"{event.kind}@{event.at.isoformat()}" for event in clocked.talk),
    }


def merged_timeline(fact: TicketEvent) -> TicketTimeline:
    """The clocks of the ticket that a JOINED fact tells of; its priority is of no account any more."""
    return TicketTimeline(
        datetime.fromisoformat(fact.data["opened_at"]), "", tuple(_events(fact.data["talk"]))
    )


def merged_threads(ticket: Ticket) -> tuple[str, ...]:
    """The threads that are read with its own: those of every ticket that was merged into it."""
    joined = (fact.data["threads"].split() for fact in ticket.facts if fact.kind is TicketEventKind.JOINED)
    return tuple(thread for threads in joined for thread in threads)


def _events(talk: str) -> Iterator[ClockEvent]:
    for event in talk.split():
        kind, _, at = event.partition("@")
        yield ClockEvent(ClockEventKind(kind), datetime.fromisoformat(at))
