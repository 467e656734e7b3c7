"""What apps may be told of a ticket: its facts as events, in their order, each with a name of its own. Pure.

No address and no words of a customer are in an event, nor names of anybody but of the agent who was given a
ticket: whoever may read more asks the API for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.model.conversation import Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, SYSTEM, TicketEvent, TicketEventKind

PING = "ping"
"""The event that is sent by hand, to try a hook."""


class WebhookEventType(StrEnum):
    """What an app may ask to be told."""

    OPENED = "ticket.opened"
    CUSTOMER_WROTE = "ticket.customer_wrote"
    REPLIED = "ticket.replied"
    STATUS_CHANGED = "ticket.status_changed"
    PRIORITY_CHANGED = "ticket.priority_changed"
    ASSIGNED = "ticket.assigned"
    OVERDUE = "ticket.overdue"
    RATED = "ticket.rated"


EventData = tuple[WebhookEventType, Mapping[str, object]]

_STATUS_AFTER = {
    TicketEventKind.OPENED: Status.NEW,
    TicketEventKind.RETURNED: Status.WAITING,
    TicketEventKind.HELD: Status.WAITING,
    TicketEventKind.QUOTED: Status.WAITING,
    TicketEventKind.RELEASED: Status.OPEN,
    TicketEventKind.RESOLVED: Status.RESOLVED,
    TicketEventKind.REOPENED: Status.OPEN,
    TicketEventKind.CLOSED: Status.CLOSED,
    TicketEventKind.BROUGHT_BACK: Status.RESOLVED,
    TicketEventKind.MERGED: Status.CLOSED,
}
_ENDS_WAITING = (
    TicketEventKind.CUSTOMER_WROTE,
    TicketEventKind.QUOTE_ACCEPTED,
    TicketEventKind.QUOTE_DECLINED,
)


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """One thing to be told; `event_id` is the same whenever it is made again of the same fact."""

    event_id: str
    type: str
    at: datetime
    data: Mapping[str, object]

    @property
    def body(self) -> dict[str, object]:
        """As it is sent."""
        return {"id": self.event_id, "type": self.type, "at": to_iso_utc(self.at), "data": self.data}


@dataclass(frozen=True)
class EventContext:
    """What the facts alone do not say: what agents are called, which ids are apps', where the API is."""

    name_of: Callable[[str], str]
    is_app: Callable[[str], bool]
    api_url: str


def webhook_events(ticket: Ticket, start: int, telling: EventContext) -> Iterator[WebhookEvent]:
    """What happened to `ticket` from its `start`-th fact on (from 0), each as the ticket stood right after it."""
    status, priority = Status.NEW, _first_priority(ticket)
    for n, fact in enumerate(ticket.facts):
        before, status = status, _status_after(status, fact)
        priority = fact.data.get("new", priority) if fact.kind is TicketEventKind.PRIORITISED else priority
        if n < start:
            continue
        shown = _ticket(ticket, status, priority, telling)
        by = {"by": _writer(fact.by, telling)}
        for k, (kind, told) in enumerate(_told(fact, before, status, telling)):
            name = f"evt_{ticket.number}_{n}_{k}_{int(fact.at.timestamp() * 1000):x}"
            yield WebhookEvent(name, kind, fact.at, {"ticket": shown, **by, **told})


def ticket_number_of(event_id: str) -> str:
    """The number of the ticket that an event is about; events of one ticket stay in order."""
    return event_id.split("_")[1]


def _told(fact: TicketEvent, before: Status, after: Status, telling: EventContext) -> Iterator[EventData]:
    data = fact.data
    match fact.kind:
        case TicketEventKind.OPENED:
            yield WebhookEventType.OPENED, {}
        case TicketEventKind.CUSTOMER_WROTE | TicketEventKind.THANKED:
            yield WebhookEventType.CUSTOMER_WROTE, {"is_courtesy": fact.kind is TicketEventKind.THANKED}
        case TicketEventKind.REPLIED | TicketEventKind.RETURNED | TicketEventKind.QUOTED:
            yield WebhookEventType.REPLIED, {"kind": _REPLIES[fact.kind]}
        case TicketEventKind.PRIORITISED:
            yield WebhookEventType.PRIORITY_CHANGED, {"from": data["old"], "to": data["new"]}
        case TicketEventKind.ASSIGNED:
            yield WebhookEventType.ASSIGNED, {"to": telling.name_of(data["to"]) if data.get("to") else None}
        case TicketEventKind.MISSED:
            due_at = to_iso_utc(datetime.fromisoformat(data["due_at"])) if data.get("due_at") else None
            yield (
                WebhookEventType.OVERDUE,
                {"target": data["target"], "turn": int(data["turn"]), "due_at": due_at},
            )
        case TicketEventKind.RATED:
            yield WebhookEventType.RATED, {"stars": int(data["stars"])}
    if before is not after:
        yield WebhookEventType.STATUS_CHANGED, {"from": before, "to": after, "because": fact.kind}


_REPLIES = {
    TicketEventKind.REPLIED: "answer",
    TicketEventKind.RETURNED: "question",
    TicketEventKind.QUOTED: "quote",
}


def _status_after(status: Status, fact: TicketEvent) -> Status:
    if fact.kind is TicketEventKind.REVIEWED:
        return Status.OPEN if status is Status.NEW else status
    if fact.kind in _ENDS_WAITING:
        return Status.OPEN if status is Status.WAITING else status
    return _STATUS_AFTER.get(fact.kind, status)


def _first_priority(ticket: Ticket) -> str:
    opened = next((fact for fact in ticket.facts if fact.kind is TicketEventKind.OPENED), None)
    return opened.data.get("priority", ticket.priority) if opened else ticket.priority


def _ticket(ticket: Ticket, status: Status, priority: str, telling: EventContext) -> Mapping[str, object]:
    """In the API's words."""
    url = f"{telling.api_url}/tickets/{ticket.number}"
    return {
        "number": ticket.number,
        "status": status,
        "priority": priority,
        "category": ticket.category,
        "language": ticket.locale,
        "channel": ticket.address.channel,
        "opened_at": to_iso_utc(ticket.opened_at),
        "is_emergency": ticket.is_emergency,
        "url": url,
        "thread_url": f"{url}/thread",
    }


def _writer(by: str, telling: EventContext) -> str:
    if by in (CUSTOMER, SYSTEM):
        return "customer" if by == CUSTOMER else "desk"
    return "app" if telling.is_app(by) else "agent"


def to_iso_utc(at: datetime) -> str:
    """As the API writes instants."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
