"""What a ticket keeps of one that was merged into it: its threads, its age and its talk, as a fact's data."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.model.clock_events import Clocked, ClockEvent, Tick
from bot.model.ticket import Ticket
from bot.model.ticket_events import Fact, Happened


def joined_data(other: Ticket, clocked: Clocked) -> Mapping[str, str]:
    """The data of a JOINED fact about `other`, whose clocks are `clocked`, and about all that had joined it."""
    return {
        "ticket": other.ticket_id,
        "number": other.number,
        "threads": " ".join((other.ticket_id, *joined_threads(other))),
        "opened_at": clocked.opened_at.isoformat(),
        "talk": " ".join(f"{event.kind}@{event.at.isoformat()}" for event in clocked.talk),
    }


def joined_clock(fact: Fact) -> Clocked:
    """The clocks of the ticket that a JOINED fact tells of; its priority is of no account any more."""
    return Clocked(datetime.fromisoformat(fact.data["opened_at"]), "", tuple(_events(fact.data["talk"])))


def joined_threads(ticket: Ticket) -> tuple[str, ...]:
    """The threads that are read with its own: those of every ticket that was merged into it."""
    joined = (fact.data["threads"].split() for fact in ticket.facts if fact.kind is Happened.JOINED)
    return tuple(thread for threads in joined for thread in threads)


def _events(talk: str) -> Iterator[ClockEvent]:
    for event in talk.split():
        kind, _, at = event.partition("@")
        yield ClockEvent(Tick(kind), datetime.fromisoformat(at))
