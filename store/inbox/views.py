"""What pages are given of one ticket: itself, its thread, its promises, and who asks. Shapes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.inbound import Address
from bot.messages.thread import OutboxEntry, ThreadEntry
from bot.model.conversation import TicketSummary
from bot.model.ticket import Ticket
from bot.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One deadline of a ticket as it stands now."""

    target: str
    turn: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None
    missed_at: datetime | None  # since when it is missed; None while it is not
    is_on_hold: bool
    is_by_window: bool  # WhatsApp's window shuts before the target itself is due


@dataclass(frozen=True, slots=True)
class ContactView:
    """Who asks, and what else they have asked."""

    addresses: Sequence[Address]
    remembered: Mapping[str, str]
    tickets: Sequence[TicketSummary]
    archived: Sequence[TicketSummary]  # and what of it has left for the archive
    channel: str  # where answers go
    window_closes_at: datetime | None
    invited_at: datetime | None = None  # when a template last asked them to write, if they have not since


@dataclass(frozen=True)
class TicketView:
    """One ticket with all that an agent needs to see of it."""

    ticket: Ticket
    contact: ContactView
    entries: Sequence[ThreadEntry]
    deliveries: Mapping[str, OutboxEntry]
    deadlines: Sequence[DeadlineView]
    policy: Policy  # under which it was promised
    archived_at: datetime | None = None
