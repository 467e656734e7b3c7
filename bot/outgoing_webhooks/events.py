"""Webhook events, made from the events of a ticket, in order, each with an id of its own. Pure.

They contain no address, text or name of a customer, and no name but that of the agent a ticket is assigned to: an
app that may know more asks the API.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, SYSTEM, TicketEvent
from bot.model.ticket_events import TicketEventKind as Kind

PING = "ping"
"""The type of the event that an operator sends to test an endpoint."""


class WebhookEventType(StrEnum):
    """What an app may subscribe to."""

    OPENED = "ticket.opened"
    CUSTOMER_WROTE = "ticket.customer_wrote"
    REPLIED = "ticket.replied"
    STATUS_CHANGED = "ticket.status_changed"
    PRIORITY_CHANGED = "ticket.priority_changed"
    ASSIGNED = "ticket.assigned"
    OVERDUE = "ticket.overdue"
    RATED = "ticket.rated"


_STATUS_AFTER = {
    Kind.OPENED: Status.NEW,
    Kind.RETURNED: Status.WAITING,
    Kind.HELD: Status.WAITING,
    Kind.QUOTED: Status.WAITING,
    Kind.RELEASED: Status.OPEN,
    Kind.RESOLVED: Status.RESOLVED,
    Kind.REOPENED: Status.OPEN,
    Kind.CLOSED: Status.CLOSED,
    Kind.BROUGHT_BACK: Status.RESOLVED,
    Kind.MERGED: Status.CLOSED,
}
_OPENS = dict.fromkeys((Kind.CUSTOMER_WROTE, Kind.QUOTE_ACCEPTED, Kind.QUOTE_DECLINED), Status.WAITING)
_OPENS[Kind.REVIEWED] = Status.NEW
_REPLIES = {Kind.REPLIED: "answer", Kind.RETURNED: "question", Kind.QUOTED: "quote"}


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """`event_id` is the same each time the event is made from the same ticket event."""

    event_id: str
    type: str
    at: datetime
    data: Mapping[str, object]

    @property
    def body(self) -> dict[str, object]:
        """The event as it's sent."""
        return {"id": self.event_id, "type": self.type, "at": _to_iso_utc(self.at), "data": self.data}


@dataclass(frozen=True)
class EventContext:
    """What isn't in the ticket: the names of agents, which ids are apps', the URL of the API."""

    name_of: Callable[[str], str]
    is_app: Callable[[str], bool]
    api_url: str


def webhook_events(ticket: Ticket, start: int, context: EventContext) -> Iterator[WebhookEvent]:
    """What happened to `ticket` from its `start`-th event on (from 0), each with the ticket as it was right after."""
    status, priority = Status.NEW, _first_priority(ticket)
    for n, event in enumerate(ticket.facts):
        before, status = status, _status_after(status, event.kind)
        priority = event.data.get("new", priority) if event.kind is Kind.PRIORITISED else priority
        shared = {"ticket": _ticket(ticket, status, priority, context), "by": _author(event.by, context)}
        for k, (kind, data) in enumerate(_made_from(event, before, status, context) if n >= start else ()):
            event_id = f"evt_{ticket.number}_{n}_{k}_{int(event.at.timestamp() * 1000):x}"
            yield WebhookEvent(event_id, kind, event.at, {**shared, **data})


def ticket_number_of(event_id: str) -> str:
    """The number of the ticket that an event is about; events of one ticket stay in order."""
    return event_id.split("_")[1]


def _made_from(
    event: TicketEvent, before: Status, after: Status, context: EventContext
) -> Iterator[tuple[WebhookEventType, Mapping[str, object]]]:
    kind, data = event.kind, event.data
    match kind:
        case Kind.OPENED:
            yield WebhookEventType.OPENED, {}
        case Kind.CUSTOMER_WROTE | Kind.THANKED:
            yield WebhookEventType.CUSTOMER_WROTE, {"is_courtesy": kind is Kind.THANKED}
        case Kind.REPLIED | Kind.RETURNED | Kind.QUOTED:
            yield WebhookEventType.REPLIED, {"kind": _REPLIES[kind]}
        case Kind.PRIORITISED:
            yield WebhookEventType.PRIORITY_CHANGED, {"from": data["old"], "to": data["new"]}
        case Kind.ASSIGNED:
            yield WebhookEventType.ASSIGNED, {"to": context.name_of(data["to"]) if data.get("to") else None}
        case Kind.MISSED:
            due_at = _to_iso_utc(datetime.fromisoformat(data["due_at"])) if data.get("due_at") else None
            missed = {"target": data["target"], "turn": int(data["turn"]), "due_at": due_at}
            yield WebhookEventType.OVERDUE, missed
        case Kind.RATED:
            yield WebhookEventType.RATED, {"stars": int(data["stars"])}
    if before is not after:
        yield WebhookEventType.STATUS_CHANGED, {"from": before, "to": after, "because": kind}


def _status_after(status: Status, kind: Kind) -> Status:
    return Status.OPEN if _OPENS.get(kind) is status else _STATUS_AFTER.get(kind, status)


def _first_priority(ticket: Ticket) -> str:
    opened = next((event for event in ticket.facts if event.kind is Kind.OPENED), None)
    return opened.data.get("priority", ticket.priority) if opened else ticket.priority


def _ticket(ticket: Ticket, status: Status, priority: str, context: EventContext) -> Mapping[str, object]:
    """With the API's field names."""
    url = f"{context.api_url}/tickets/{ticket.number}"
    return {
        "number": ticket.number,
        "status": status,
        "priority": priority,
        "category": ticket.category,
        "language": ticket.locale,
        "channel": ticket.address.channel,
        "opened_at": _to_iso_utc(ticket.opened_at),
        "is_emergency": ticket.is_emergency,
        "url": url,
        "thread_url": f"{url}/thread",
    }


def _author(by: str, context: EventContext) -> str:
    if by in (CUSTOMER, SYSTEM):
        return "customer" if by == CUSTOMER else "desk"
    return "app" if context.is_app(by) else "agent"


def _to_iso_utc(at: datetime) -> str:
    """The time as the API writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
