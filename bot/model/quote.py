"""A ticket's newest quote, derived from its events. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.ticket_events import TicketEvent, TicketEventKind


@dataclass(frozen=True, slots=True)
class Quote:
    """The newest quote of a ticket; it replaces earlier ones."""

    number: int  # 1 for the first quote of the ticket
    price: str
    terms: str
    by: str
    at: datetime
    is_accepted: bool | None = None  # None until the customer answers
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for the customer's answer."""
        return self.is_accepted is None


def quote_of(facts: Sequence[TicketEvent]) -> Quote | None:
    """The newest quote in those events, with the customer's last answer."""
    quoted = [fact for fact in facts if fact.kind is TicketEventKind.QUOTED]
    if not quoted:
        return None
    last, number = quoted[-1], str(len(quoted))
    answers = [f for f in facts if f.kind in _ANSWERS and f.data.get("number") == number]
    return Quote(
        number=len(quoted),
        price=last.data.get("price", ""),
        terms=last.data.get("terms", ""),
        by=last.by,
        at=last.at,
        is_accepted=answers[-1].kind is TicketEventKind.QUOTE_ACCEPTED if answers else None,
        answered_at=answers[-1].at if answers else None,
    )


_ANSWERS = (TicketEventKind.QUOTE_ACCEPTED, TicketEventKind.QUOTE_DECLINED)
