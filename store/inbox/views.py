"""What pages show of one ticket: its details, thread, deadlines and contact. Data classes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.inbound import Address
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.conversation import TicketSummary
from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from bot.sla.window_warning import WindowWarning


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One deadline of a ticket, as it is now."""

    target: str
    kind: str  # the target, or "update"
    turn: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None
    missed_at: datetime | None  # None if it isn't missed
    is_on_hold: bool


@dataclass(frozen=True, slots=True)
class ContactView:
    """The contact, and their other tickets."""

    addresses: Sequence[Address]
    remembered: Mapping[str, str]
    tickets: Sequence[TicketSummary]
    archived: Sequence[TicketSummary]  # those of them that are archived
    channel: str  # where replies go
    window_closes_at: datetime | None
    erasure_due_at: datetime | None = None  # they asked us to delete their data
    invited_at: datetime | None = None  # when a template last asked them to write, if they haven't since


@dataclass(frozen=True)
class TicketView:
    """One ticket with all that an agent needs to see."""

    ticket: Ticket
    contact: ContactView
    entries: Sequence[ThreadEntry]
    deliveries: Mapping[str, OutboxEntry]
    deadlines: Sequence[DeadlineView]
    policy: Policy  # that the ticket was opened under
    window: WindowWarning | None = None  # closes before an answer is due
    archived_at: datetime | None = None
