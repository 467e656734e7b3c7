"""What the pages need from the rest of the house, as protocols; whoever starts the web process provides it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import IO, Any, Protocol

from flask import current_app

from bot.conversation import Status, TicketHead
from bot.inbound import Address
from bot.labels import Label
from bot.said import Attachment
from bot.thread import Delivery, Entry
from bot.ticket import Ticket
from store.agents import Agents
from store.presence import Presence


class Row(Protocol):
    """One line of the list."""

    ticket_id: str
    number: str
    channel: str
    contact_name: str
    company: str
    subject: str
    locale: str
    status: Status
    priority: str
    updated_at: datetime
    assignee: str
    target: str
    due_at: datetime | None
    warn_at: datetime | None
    is_on_hold: bool
    last_words: str
    last_by: str
    last_customer_at: datetime | None
    tags: tuple[str, ...]


class DeadlineView(Protocol):
    """One promise on one ticket."""

    target: str
    turn: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None
    missed_at: datetime | None
    is_on_hold: bool


class DeliveryView(Protocol):
    """How far one of our messages has got."""

    status: Delivery
    reason: str
    detail: str
    changed_at: datetime | None


class ContactView(Protocol):
    """What the details pane tells of the contact."""

    addresses: Sequence[Address]
    remembered: Mapping[str, str]
    tickets: Sequence[TicketHead]
    window_closes_at: datetime | None


class TicketView(Protocol):
    """All that the page shows of one ticket."""

    ticket: Ticket
    entries: Sequence[Entry]
    deliveries: Mapping[str, DeliveryView]
    deadlines: Sequence[DeadlineView]
    contact: ContactView


class Figures(Protocol):
    """How one priority stands now, and how its promises were kept today."""

    open: int
    due_soon: int
    overdue: int
    answered_in_time: int
    answered: int


class Alert(Protocol):
    """A promise that was missed, and who has seen to it."""

    ticket_id: str
    number: str
    contact_name: str
    subject: str
    priority: str
    assignee: str
    target: str
    turn: int
    missed_at: datetime
    acknowledged_by: str
    acknowledged_at: datetime | None


class Overview(Protocol):
    """The desk as its managers see it."""

    by_priority: Mapping[str, Figures]
    overdue: Sequence[Row]
    due_soon: Sequence[Row]
    alerts: Sequence[Alert]


class Desk(Protocol):
    """What agents do. Each raises NotFound, and NotAllowed when the ticket's status does not permit it.

    `key` is made by the browser: the same key twice writes once.
    """

    def reply(
        self, ticket_id: str, agent_id: str, text: str, attachments: Sequence[Attachment] = (), *, key: str = ""
    ) -> object: ...
    def note(
        self, ticket_id: str, agent_id: str, text: str, attachments: Sequence[Attachment] = (), *, key: str = ""
    ) -> object: ...
    def send_back(self, ticket_id: str, agent_id: str, text: str, *, key: str = "") -> object: ...
    def claim(self, ticket_id: str, agent_id: str) -> object: ...
    def assign(self, ticket_id: str, agent_id: str, to: str) -> object: ...
    def prioritise(self, ticket_id: str, agent_id: str, priority: str) -> object: ...
    def hold(self, ticket_id: str, agent_id: str) -> object: ...
    def release(self, ticket_id: str, agent_id: str) -> object: ...
    def resolve(self, ticket_id: str, agent_id: str) -> object: ...
    def reopen(self, ticket_id: str, agent_id: str) -> object: ...
    def rename(self, ticket_id: str, agent_id: str, subject: str) -> object: ...
    def tag(self, ticket_id: str, agent_id: str, tags: Sequence[str]) -> object: ...
    def try_again(self, entry_id: str, agent_id: str) -> object: ...
    def acknowledge(self, ticket_id: str, target: str, agent_id: str) -> object: ...


class Queries(Protocol):
    """What the pages read."""

    def rows(self, view: str, agent_id: str, limit: int = 200) -> Sequence[Row]: ...
    def counts(self, agent_id: str) -> Mapping[str, int]: ...
    def ticket(self, ticket_id: str) -> TicketView: ...
    def search(self, text: str, limit: int) -> Sequence[Row]: ...
    def changes(self, since: str) -> tuple[str, Sequence[str]]: ...
    def overview(self, now: datetime) -> Overview: ...


class Files(Protocol):
    """Attachments on disk."""

    def path(self, file_id: str) -> Path | None: ...
    def keep(self, name: str, media_type: str, source: IO[bytes]) -> Attachment: ...


class Calendar(Protocol):
    """The desk's hours."""

    @property
    def zone(self) -> tzinfo: ...


class Labelled(Protocol):
    """Anything of the policy that has a key and a name."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Label: ...


class PolicyView(Protocol):
    """The names that the policy gives."""

    @property
    def title(self) -> Any: ...
    @property
    def calendar(self) -> Any: ...
    @property
    def priorities(self) -> Sequence[Labelled]: ...
    @property
    def categories(self) -> Sequence[Labelled]: ...
    @property
    def questions(self) -> Sequence[Any]: ...


class SettingsView(Protocol):
    """The settings that the pages need."""

    @property
    def public_url(self) -> str: ...
    @property
    def secret_key(self) -> str: ...


class Wiring(Protocol):
    """The real objects, made once per process."""

    @property
    def desk(self) -> Desk: ...
    @property
    def queries(self) -> Queries: ...
    @property
    def agents(self) -> Agents: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def files(self) -> Files: ...
    @property
    def policy(self) -> PolicyView: ...
    @property
    def settings(self) -> SettingsView: ...
    def clock(self) -> datetime: ...


def wiring() -> Wiring:
    """The wiring of the app that answers this request."""
    found: Wiring = current_app.extensions["guichet"]
    return found
