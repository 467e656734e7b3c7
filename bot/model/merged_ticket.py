"""What a ticket keeps of one merged into it: threads, age and messages, as an event's data."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.model.clock_events import ClockEvent, ClockEventKind, TicketTimeline
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind


def merge_event_data(other: Ticket, clocked: TicketTimeline) -> Mapping[str, str]:
    """The data of a JOINED event about `other`, with the timeline `clocked`, and about all merged into it."""
    return {
        "ticket": other.ticket_id,
        "number": other.number,
        "threads": " ".join((other.ticket_id, *merged_threads(other))),
        "opened_at": clocked.opened_at.isoformat(),
        "talk": " ".join(f"{event.kind}@{event.at.isoformat()}" for event in clocked.talk),
    }


def merged_timeline(fact: TicketEvent) -> TicketTimeline:
    """The timeline of the ticket in a JOINED event; its priority no longer matters."""
    return TicketTimeline(
        datetime.fromisoformat(fact.data["opened_at"]), "", tuple(_events(fact.data["talk"]))
    )


def merged_threads(ticket: Ticket) -> tuple[str, ...]:
    """The threads of all tickets merged into it, shown with its own."""
    joined = (fact.data["threads"].split() for fact in ticket.facts if fact.kind is TicketEventKind.JOINED)
    return tuple(thread for threads in joined for thread in threads)


def _events(talk: str) -> Iterator[ClockEvent]:
    for event in talk.split():
        kind, _, at = event.partition("@")
        yield ClockEvent(ClockEventKind(kind), datetime.fromisoformat(at))
