"""The apology sent once before a first response will be late: when to send it, and the new target time.

It goes out while the desk is open (at any hour for emergencies), before the deadline, and never twice.
"""

from datetime import datetime, timedelta

from bot.calendar.durations import CountingMode, Duration
from bot.messages import phrases_ticket as phrases
from bot.messages.outgoing import Timestamp
from bot.model.change_set import ChangeSet
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.deadlines import Deadline, calendar_for, share_used_at


def due_at(ticket: Ticket, policy: Policy, deadline: Deadline) -> datetime | None:
    """When to tell the customer that the first response will be late; None for never."""
    is_told = any(fact.kind is TicketEventKind.APOLOGISED for fact in ticket.facts)
    if is_told or deadline.target != "first_response" or not policy.tells.delay or not deadline.due_at:
        return None
    at = share_used_at(deadline, policy, policy.alerts.apology_share)
    return at if ticket.is_emergency else policy.calendar.next_opening(at)


def apologise(writing: ChangeSet, ticket: Ticket, policy: Policy, deadline: Deadline) -> Ticket:
    """Send the apology if the channel allows it; record it either way, so that it happens once."""
    who = writing.conversation
    aim = new_aim(policy, deadline)
    is_told = whatsapp_window.is_open(who.address, who.last_inbound_at, writing.now)
    has_aim = aim > writing.now
    if is_told and has_aim:
        writing.say(
            phrases.DELAY_APOLOGY, ticket.ticket_id, number=ticket.number, due=Timestamp(aim, is_latest=True)
        )
    elif is_told:
        writing.say(phrases.DELAY_APOLOGY_NO_PROMISE, ticket.ticket_id, number=ticket.number)
    promised_aim = aim.isoformat() if is_told and has_aim else ""
    about = {"target": str(deadline.target), "turn": str(deadline.turn), "aim": promised_aim}
    return ticket.with_event(TicketEventKind.APOLOGISED, writing.now, **about)


def new_aim(policy: Policy, deadline: Deadline) -> datetime:
    """The first due time plus a share of the allowed time, rounded up to five minutes."""
    assert deadline.due_at is not None  # noqa: S101 - it runs
    clock = calendar_for(deadline, policy)
    breaks = tuple((pause.since, pause.until) for pause in deadline.pauses if pause.until)
    promised = clock.between(deadline.started_at, deadline.due_at, breaks)
    seconds = int(promised.total_seconds() * policy.alerts.new_aim_share)
    aim = clock.add(deadline.due_at, Duration(CountingMode.BUSINESS_TIME, timedelta(seconds=seconds)))
    return _rounded_up(aim)


def _rounded_up(at: datetime) -> datetime:
    """A time such as 10:32:17 would look odd to the customer."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at + timedelta(minutes=5) - over if over else at
