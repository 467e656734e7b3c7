"""The ticket list of the inbox: one small row per ticket, and a sorted set for each view.

Written in the same transaction as the ticket, so a list is never out of date.
"""

from dataclasses import dataclass
from datetime import datetime

from redis.client import Pipeline

from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.sla.deadlines import Deadline
from bot.sla.outlook import Outlook, next_check_at, outlook
from store import keys
from store.codec import dump
from store.policies import StoredPolicies

FEED_LENGTH = 20_000
"""Changes kept in the feed; a page that is further behind reloads."""

NO_DEADLINE = 32_503_680_000.0
"""The score of a ticket without a running clock: the year 3000."""


@dataclass(frozen=True, slots=True)
class TicketRow:
    """The row of one ticket."""

    ticket_id: str
    number: str
    channel: str
    contact_name: str
    company: str
    subject: str
    locale: str
    status: Status
    priority: str
    opened_at: datetime
    updated_at: datetime
    category: str = ""
    assignee: str = ""
    target: str = ""  # the target that is due first
    due_at: datetime | None = None
    warn_at: datetime | None = None
    is_on_hold: bool = False
    last_words: str = ""
    last_by: str = ""  # customer, agent or note
    last_customer_at: datetime | None = None
    tags: tuple[str, ...] = ()
    is_vip: bool = False
    is_emergency: bool = False
    is_over_quota: bool = False


class TicketList:
    """Writes rows and views."""

    def __init__(self, policies: StoredPolicies) -> None:
        self._policies = policies

    def write(self, writes: Pipeline, ticket: Ticket, conversation: Conversation) -> None:
        """Add to `writes` what the lists, the clock and the feed need of `ticket`."""
        if ticket.updated_at == ticket.opened_at:
            self._policies.keep(writes)
        policy = self._policies.of(ticket)
        ahead, check_at = outlook(ticket, policy), next_check_at(ticket, policy, conversation)
        writes.hset(keys.TICKET_ROWS, ticket.ticket_id, dump(_row(ticket, ahead.first)))
        _place(writes, ticket, ahead.first)
        if check_at is None:
            writes.zrem(keys.DEADLINES, ticket.ticket_id)
        else:
            writes.zadd(keys.DEADLINES, {ticket.ticket_id: check_at.timestamp()})
        _record_targets(writes, ticket, ahead)
        writes.xadd(keys.FEED, {"t": ticket.ticket_id}, maxlen=FEED_LENGTH, approximate=True)


def _place(writes: Pipeline, ticket: Ticket, first: Deadline | None) -> None:
    """Add the ticket to its views, and remove it from the others."""
    score = first.due_at.timestamp() if first and first.due_at else NO_DEADLINE
    views = {keys.LIVE: ticket.is_live, keys.WAITING: ticket.status is Status.WAITING}
    views[keys.UNASSIGNED] = ticket.is_live and not ticket.assignee
    for agent_id in _agents_of(ticket):
        views[keys.agent_tickets(agent_id)] = ticket.is_live and ticket.assignee == agent_id
    for view, belongs in views.items():
        if belongs:
            writes.zadd(view, {ticket.ticket_id: score})
        else:
            writes.zrem(view, ticket.ticket_id)
    if ticket.is_live:
        writes.zrem(keys.ENDED, ticket.ticket_id)
    else:
        writes.zadd(keys.ENDED, {ticket.ticket_id: ended_at(ticket).timestamp()})


def _record_targets(writes: Pipeline, ticket: Ticket, ahead: Outlook) -> None:
    """Record the targets met or missed in this unit of work, for the overview."""
    where = f"{ticket.priority}|{ticket.address.channel}|{ticket.locale}|{ticket.assignee}"
    for deadline in ahead.deadlines:
        if deadline.met_at and deadline.met_at == ticket.updated_at:
            in_time = 0 if deadline.is_missed(deadline.met_at) else 1
            member = f"{ticket.ticket_id}|{deadline.target}|{deadline.turn}|{in_time}|{where}"
            writes.zadd(keys.COMPLETED_TARGETS, {member: deadline.met_at.timestamp()})
    for fact in ticket.facts:
        if fact.kind is TicketEventKind.MISSED and fact.at == ticket.updated_at:
            member = f"{ticket.ticket_id}|{fact.data['target']}|{fact.data['turn']}|{where}"
            writes.zadd(keys.MISSED_TARGETS, {member: fact.at.timestamp()})


def _agents_of(ticket: Ticket) -> set[str]:
    """Every agent who has or had it."""
    given = {fact.data.get("to", "") for fact in ticket.facts if fact.kind is TicketEventKind.ASSIGNED}
    return (given | {ticket.assignee}) - {""}


def ended_at(ticket: Ticket) -> datetime:
    """When it was last resolved, merged or restored."""
    ends = (TicketEventKind.RESOLVED, TicketEventKind.MERGED, TicketEventKind.BROUGHT_BACK)
    return next((f.at for f in reversed(ticket.facts) if f.kind in ends), ticket.opened_at)


def _row(ticket: Ticket, first: Deadline | None) -> TicketRow:
    return TicketRow(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        channel=ticket.address.channel,
        contact_name=ticket.contact_name,
        company=ticket.company,
        subject=ticket.subject,
        locale=ticket.locale,
        status=ticket.status,
        priority=ticket.priority,
        opened_at=ticket.opened_at,
        updated_at=ticket.updated_at or ticket.opened_at,
        category=ticket.category,
        assignee=ticket.assignee,
        target=first.target if first else "",
        due_at=first.due_at if first else None,
        warn_at=first.warn_at if first else None,
        is_on_hold=ticket.status is Status.WAITING,
        last_words=ticket.last_words,
        last_by=ticket.last_by,
        last_customer_at=ticket.last_customer_at,
        tags=ticket.tags,
        is_vip=ticket.is_vip,
        is_emergency=ticket.is_emergency,
        is_over_quota=ticket.is_over_quota,
    )
