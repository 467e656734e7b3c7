"""Which events of a ticket still count: not what was undone or taken back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model.ticket_events import TicketEvent, TicketEventKind

UNDONE_WITHIN = timedelta(minutes=10)
"""A request that nobody had answered, solved and reopened within this time, was solved by mistake."""

_ANSWERS = (TicketEventKind.REPLIED, TicketEventKind.RETURNED, TicketEventKind.QUOTED)


def standing_events(events: Sequence[TicketEvent]) -> tuple[TicketEvent, ...]:
    """The events without replies that were taken back, and without solving that was undone."""
    withdrawn = Counter(event.data["at"] for event in events if event.kind is TicketEventKind.WITHDRAWN)
    standing = []
    for event in events:
        at = event.at.isoformat()
        if event.kind is TicketEventKind.REPLIED and withdrawn[at]:
            withdrawn[at] -= 1
        else:
            standing.append(event)
    return tuple(_without_undone(standing))


def is_answered(events: Sequence[TicketEvent]) -> bool:
    """Whether somebody at the desk has answered the customer."""
    return any(event.kind in _ANSWERS for event in standing_events(events))


def solved_just_now(events: Sequence[TicketEvent], reopened: TicketEvent) -> TicketEvent | None:
    """The event that solved the ticket, if `reopened` came within minutes of it."""
    solved = next(
        (e for e in reversed(events) if e.kind is TicketEventKind.RESOLVED and e.at <= reopened.at), None
    )
    return solved if solved and reopened.at - solved.at <= UNDONE_WITHIN else None


def _without_undone(events: Sequence[TicketEvent]) -> Iterator[TicketEvent]:
    has_answer, undone = False, _undone_pairs(events)
    for number, event in enumerate(events):
        has_answer = has_answer or event.kind in _ANSWERS
        if not has_answer and number in undone:
            if event.kind is TicketEventKind.RESOLVED:  # it also ended a wait for the customer
                yield replace(event, kind=TicketEventKind.RELEASED)
            continue
        yield event


def _undone_pairs(events: Sequence[TicketEvent]) -> set[int]:
    """Indexes of solving and reopening within minutes of each other."""
    found, solved = set(), None
    for number, event in enumerate(events):
        if event.kind is TicketEventKind.RESOLVED:
            solved = number
        elif event.kind is TicketEventKind.REOPENED and solved is not None:
            if event.at - events[solved].at <= UNDONE_WITHIN:
                found |= {solved, number}
            solved = None
    return found
