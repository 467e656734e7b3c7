"""The targets missed most recently, and who has acknowledged them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.sla import escalation
from store import keys
from store.codec import load

ALERTS_SHOWN = 50
"""How many missed targets the overview lists."""


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """A missed target, and who has acknowledged it."""

    ticket_id: str
    number: str
    contact_name: str
    subject: str
    priority: str
    assignee: str
    target: str
    turn: int
    missed_at: datetime
    acknowledged_by: str = ""
    acknowledged_name: str = ""  # of someone without an inbox account, from their channel
    acknowledged_at: datetime | None = None


def ticket_keys(missed: Iterable[bytes]) -> list[str]:
    """The key of each ticket that these members of `keys.MISSED_TARGETS` are about, without repeats."""
    return list(dict.fromkeys(keys.ticket(raw.decode().partition("|")[0]) for raw in missed))


def missed_targets(missed: Iterable[bytes], raws: Iterable[bytes | None]) -> Sequence[MissedTarget]:
    """The missed targets in these members, given the stored tickets; those of deleted tickets are left out."""
    tickets = {ticket.ticket_id: ticket for ticket in (load(Ticket, raw) for raw in raws if raw)}
    parts = [raw.decode().split("|") for raw in missed]
    return [_alert(tickets[t], target, turn) for t, target, turn, *_ in parts if t in tickets]


def _alert(ticket: Ticket, target: str, turn: str) -> MissedTarget:
    about = escalation.events_about_turn(ticket, target, turn)
    missed, seen = _last(about, TicketEventKind.MISSED), escalation.acknowledgement(about)
    return MissedTarget(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        contact_name=ticket.contact_name,
        subject=ticket.subject,
        priority=ticket.priority,
        assignee=ticket.assignee,
        target=target,
        turn=int(turn),
        missed_at=datetime.fromisoformat(missed.data["due_at"]) if missed else ticket.opened_at,
        acknowledged_by=seen.by if seen else "",
        acknowledged_name=seen.data.get("name", "") if seen else "",
        acknowledged_at=seen.at if seen else None,
    )


def _last(facts: Iterable[TicketEvent], kind: TicketEventKind) -> TicketEvent | None:
    return next((fact for fact in reversed(list(facts)) if fact.kind is kind), None)
