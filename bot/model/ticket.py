"""A ticket: a request with complete details, and the rules for changing its status.

Every change goes through a method that returns a new ticket with one more event; nothing else changes
`status`, `priority` or `assignee`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from bot.messages.errors import AlreadyClaimed, NotAllowed
from bot.messages.inbound import Address
from bot.model.conversation import Conversation, Detail, Status, TicketSummary
from bot.model.quote import Quote, quote_of
from bot.model.temporary_access import granted_until
from bot.model.ticket_events import CUSTOMER, SYSTEM, TicketEvent, TicketEventKind


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request of one contact."""

    ticket_id: str
    contact_id: str
    number: str  # short, unambiguous when read aloud: K4-217
    address: Address
    locale: str
    policy_version: str
    opened_at: datetime
    subject: str = ""
    category: str = ""
    priority: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)
    contact_name: str = ""
    company: str = ""
    account_id: str = ""
    plan: str = ""
    has_clock: bool = True  # False for technical services, which get a quote and no targets
    is_over_quota: bool = False
    is_vip: bool = False
    is_emergency: bool = False
    status: Status = Status.NEW
    assignee: str = ""
    tags: tuple[str, ...] = ()
    updated_at: datetime | None = None
    last_words: str = ""  # the thread's newest entry, for the list
    last_by: str = ""  # its author: see thread.Author
    last_customer_at: datetime | None = None
    facts: tuple[TicketEvent, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it still needs work."""
        return self.status in (Status.NEW, Status.OPEN, Status.WAITING)

    @property
    def summary(self) -> TicketSummary:
        """What the conversation needs of it."""
        ends = (TicketEventKind.RESOLVED, TicketEventKind.BROUGHT_BACK)
        ended = next((f.at for f in reversed(self.facts) if f.kind in ends), None)
        return TicketSummary(
            ticket_id=self.ticket_id,
            number=self.number,
            status=self.status,
            subject=self.subject,
            is_rated=any(f.kind is TicketEventKind.RATED for f in self.facts),
            ended_at=None if self.is_live else ended,
            quote_number=self.quote.number if self.quote and self.quote.is_open else 0,
            access_until=granted_until(self.facts),
        )

    @property
    def quote(self) -> Quote | None:
        """Its newest quote."""
        return quote_of(self.facts)

    @property
    def merged_into(self) -> str:
        """The id of the ticket it was merged into, or ""."""
        return next((f.data["into"] for f in reversed(self.facts) if f.kind is TicketEventKind.MERGED), "")

    def with_event(self, kind: TicketEventKind, at: datetime, by: str = SYSTEM, /, **data: str) -> Self:
        """A copy with that event added."""
        return replace(self, facts=(*self.facts, TicketEvent(kind, at, by, data)), updated_at=at)

    def customer_wrote(self, at: datetime) -> Self:
        """The customer wrote; a ticket that waited for them is open again."""
        ticket = self.with_event(TicketEventKind.CUSTOMER_WROTE, at, CUSTOMER)
        return ticket._moved(Status.OPEN) if self.status is Status.WAITING else ticket

    def thanked(self, at: datetime) -> Self:
        """The customer said thanks: recorded, without changing the status."""
        return self.with_event(TicketEventKind.THANKED, at, CUSTOMER)

    def claimed(self, at: datetime, by: str) -> Self:
        """Claimed by `by`; raises AlreadyClaimed if somebody else has it."""
        if self.assignee == by:
            return self.accepted(at, by)
        if self.assignee:
            raise AlreadyClaimed(self.assignee)
        return self.assigned(at, by, by)

    def assigned(self, at: datetime, by: str, to: str) -> Self:
        """Assigned to `to`, or to nobody if empty; the first assignment accepts the ticket."""
        self._must_be_live("assign")
        if self.assignee == to:
            return self.accepted(at, by) if to and to == by else self
        ticket = replace(self.with_event(TicketEventKind.ASSIGNED, at, by, to=to), assignee=to)
        return ticket.accepted(at, by) if to else ticket

    def assigned_by_rule(self, at: datetime, to: str, rule: str) -> Self:
        """Assigned to `to` by a rule; it stays new, since nobody has looked at it yet."""
        self._must_be_live("assign")
        return replace(self.with_event(TicketEventKind.ASSIGNED, at, to=to, rule=rule), assignee=to)

    def accepted(self, at: datetime, by: str) -> Self:
        """Reviewed by an agent: new becomes open."""
        if self.status is not Status.NEW:
            return self
        return self.with_event(TicketEventKind.REVIEWED, at, by)._moved(Status.OPEN)

    def replied(self, at: datetime, by: str) -> Self:
        """Answered: the response target of this turn is met."""
        if self.status is Status.CLOSED:
            raise NotAllowed("reply", self.status)
        return self.accepted(at, by).with_event(TicketEventKind.REPLIED, at, by)

    def prioritised(self, at: datetime, by: str = SYSTEM, *, priority: str, rule: str = "") -> Self:
        """With another priority; its deadlines are recomputed from their original start."""
        self._must_be_live("prioritise")
        if priority == self.priority:
            return self
        fact = {"old": self.priority, "new": priority} | ({"rule": rule} if rule else {})
        return replace(self.with_event(TicketEventKind.PRIORITISED, at, by, **fact), priority=priority)

    def tagged(self, at: datetime, by: str = SYSTEM, *, tags: Sequence[str], rule: str = "") -> Self:
        """With exactly these tags: short words in lower case, each once."""
        words = tuple(dict.fromkeys(t.strip().lower()[:32] for t in tags if t.strip()))[:20]
        if words == self.tags:
            return self
        fact = {"tags": ",".join(words)} | ({"rule": rule} if rule else {})
        return replace(self.with_event(TicketEventKind.TAGGED, at, by, **fact), tags=words)

    def returned(self, at: datetime, by: str) -> Self:
        """Returned for more information: waits for the customer, clocks on hold."""
        self._must_be_live("return")
        return self.accepted(at, by).with_event(TicketEventKind.RETURNED, at, by)._moved(Status.WAITING)

    def held(self, at: datetime, by: str) -> Self:
        """Put on hold, waiting for the customer."""
        self._must_be_live("hold")
        if self.status is Status.WAITING:
            return self
        return self.accepted(at, by).with_event(TicketEventKind.HELD, at, by)._moved(Status.WAITING)

    def released(self, at: datetime, by: str) -> Self:
        """Taken off hold by an agent."""
        if self.status is not Status.WAITING:
            raise NotAllowed("release", self.status)
        return self.with_event(TicketEventKind.RELEASED, at, by)._moved(Status.OPEN)

    def resolved(self, at: datetime, by: str) -> Self:
        """Solved; the customer can reopen it."""
        self._must_be_live("resolve")
        return self.accepted(at, by).with_event(TicketEventKind.RESOLVED, at, by)._moved(Status.RESOLVED)

    def reopened(self, at: datetime, by: str) -> Self:
        """Live again; a merged ticket can't be reopened."""
        if self.is_live or self.merged_into:
            raise NotAllowed("reopen", self.status)
        return self.with_event(TicketEventKind.REOPENED, at, by)._moved(Status.OPEN)

    def closed(self, at: datetime) -> Self:
        """Closed: the customer's next message is a new request."""
        if self.status is not Status.RESOLVED:
            raise NotAllowed("close", self.status)
        return self.with_event(TicketEventKind.CLOSED, at)._moved(Status.CLOSED)

    def brought_back(self, at: datetime, by: str) -> Self:
        """Restored from the archive as solved; it closes again unless somebody acts on it."""
        if self.status is not Status.CLOSED or self.merged_into:
            raise NotAllowed("bring back", self.status)
        return self.with_event(TicketEventKind.BROUGHT_BACK, at, by)._moved(Status.RESOLVED)

    def merged(self, at: datetime, by: str, into: Self) -> Self:
        """Merged into `into`: closed, without further targets."""
        self._must_be_live("merge")
        data = {"into": into.ticket_id, "number": into.number}
        return self.with_event(TicketEventKind.MERGED, at, by, **data)._moved(Status.CLOSED)

    def rated(self, at: datetime, stars: int, comment: str) -> Self:
        """Rated by the customer."""
        return self.with_event(TicketEventKind.RATED, at, CUSTOMER, stars=str(stars), comment=comment)

    def quoted(self, at: datetime, by: str, price: str, terms: str) -> Self:
        """A quote was sent: waits for the customer."""
        self._must_be_live("quote")
        facts = {"price": price, "terms": terms}
        return (
            self.accepted(at, by).with_event(TicketEventKind.QUOTED, at, by, **facts)._moved(Status.WAITING)
        )

    def quote_answered(self, at: datetime, number: int, *, is_accepted: bool) -> Self:
        """The customer answered the quote: it's our turn again."""
        kind = TicketEventKind.QUOTE_ACCEPTED if is_accepted else TicketEventKind.QUOTE_DECLINED
        ticket = self.with_event(kind, at, CUSTOMER, number=str(number))
        return ticket._moved(Status.OPEN) if self.status is Status.WAITING else ticket

    def identified(self, at: datetime, who: Conversation) -> Self:
        """The customer identified their account meanwhile; its plan applies from the ticket's start."""
        if (self.account_id, self.is_vip) == (who.account_id, who.is_vip):
            return self
        ticket = self.with_event(TicketEventKind.IDENTIFIED, at, CUSTOMER, account=who.account_id)
        return replace(ticket, account_id=who.account_id, plan=who.plan or self.plan, is_vip=who.is_vip)

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed (never status, priority or assignee)."""
        return replace(self, **changes)

    def _moved(self, status: Status) -> Self:
        return replace(self, status=status)

    def _must_be_live(self, action: str) -> None:
        if not self.is_live:
            raise NotAllowed(action, self.status)
