"""Checks a ticket's deadlines: records warnings and misses and alerts people, each exactly once.

The clock only says which ticket to check. What to do follows from the ticket's events at that moment and is stored
together with the event that says it was done, so checking twice does nothing twice.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.alerts import alert_text
from bot.alerts.alert_text import AlertRecipients
from bot.alerts.follow_ups import run_follow_ups
from bot.messages.inbound import Address
from bot.messages.notice import Alert, Recipient
from bot.model.change_set import ChangeSet
from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Changes, Records, UseCase
from bot.notifications import ticket_changes, ticket_status
from bot.policy.policy import Policy
from bot.sla import apology, escalation
from bot.sla.deadlines import Deadline
from bot.sla.escalation import has_event
from bot.sla.outlook import CLOSES_AFTER, Policies, outlook
from bot.sla.window_warning import WINDOW_TARGET, is_recorded, window_warning


def check_deadlines(ticket_id: str, policies: Policies, people: AlertRecipients, now: datetime) -> UseCase:
    """Check one ticket. It's stored even if nothing was due, which schedules its next check."""

    def decide(records: Records) -> Changes | None:
        ticket = records.tickets.get(ticket_id)
        if ticket is None or records.conversation is None:
            return None
        looking = _DeadlineCheck(ChangeSet(records, records.conversation, now), policies.of(ticket), people)
        looking.writing.put(looking.look(ticket, records.conversation))
        return looking.writing.changes()

    return decide


class _DeadlineCheck:
    """One check of one ticket."""

    def __init__(self, writing: ChangeSet, policy: Policy, people: AlertRecipients) -> None:
        self.writing, self.policy, self.people = writing, policy, people
        self.now = writing.now

    def look(self, ticket: Ticket, conversation: Conversation) -> Ticket:
        """The ticket after everything that was due."""
        ticket_changes.send_due(self.writing, ticket, self.policy)
        ahead = outlook(ticket, self.policy)
        ticket = self._raise(ticket, ahead.first)
        for deadline in ahead.deadlines:
            if escalation.is_unrecorded_miss(ticket, deadline):
                ticket = self._miss(ticket, deadline)
            elif not deadline.is_over and deadline.due_at:
                ticket = self._attend(ticket, deadline)
        ticket = self._warn_of_window(ticket, conversation)
        ticket = run_follow_ups(self.writing, ticket, self.policy, self.people)
        ended_at = ticket.summary.ended_at
        if ticket.status is Status.RESOLVED and ended_at and self.now >= ended_at + CLOSES_AFTER:
            ticket = self._close(ticket)
        return ticket

    def _close(self, ticket: Ticket) -> Ticket:
        """Close it; a ticket that came back from the archive isn't announced as closed again."""
        closed = ticket.closed(self.now)
        if ticket.facts[-1].kind is not TicketEventKind.BROUGHT_BACK:
            ticket_status.notify_closed(self.writing, closed, self.policy)
        return closed

    def _attend(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        """Do what is due about one deadline that isn't met yet."""
        ticket = self._warn(ticket, deadline)
        ticket = self._apologise(ticket, deadline)
        ticket = self._remind(ticket, deadline)
        ticket = self._miss(ticket, deadline)
        return self._escalate(ticket, deadline)

    def _raise(self, ticket: Ticket, first: Deadline | None) -> Ticket:
        """Alert managers to a new emergency at once."""
        if not ticket.is_emergency or not ticket.is_live or escalation.is_emergency_alerted(ticket):
            return ticket
        self._tell(
            self.people.managers, alert_text.emergency(ticket, self.policy, first, self.people), ticket
        )
        return ticket.with_event(TicketEventKind.RAISED, self.now)

    def _warn(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        if has_event(ticket, TicketEventKind.WARNED, deadline) or not deadline.warn_at:
            return ticket
        if self.now < escalation.earliest_alert_at(ticket, self.policy, deadline.warn_at):
            return ticket
        if not deadline.is_missed(self.now):
            alert = alert_text.warning(ticket, self.policy, deadline, self.people, self.now)
            self._tell(self.people.recipients_at("assignee", ticket) or self.people.team, alert, ticket)
        return self._noted(ticket, TicketEventKind.WARNED, deadline)

    def _warn_of_window(self, ticket: Ticket, conversation: Conversation) -> Ticket:
        """Warn agents, while they're there, that WhatsApp's window closes on a customer who waits."""
        warning = window_warning(ticket, self.policy, conversation)
        if warning is None or self.now < warning.warn_at or is_recorded(ticket, warning):
            return ticket
        is_told = self.now < warning.window_closes_at
        if is_told:
            alert = alert_text.window_closing(ticket, self.policy, warning, self.people)
            self._tell(self.people.recipients_at("assignee", ticket) or self.people.team, alert, ticket)
        data = {
            "target": WINDOW_TARGET,
            "turn": warning.turn,
            "is_told": "yes" if is_told else "",
            "is_desk_open": "" if warning.is_desk_closed else "yes",
        }
        return ticket.with_event(TicketEventKind.WARNED, self.now, **data)

    def _apologise(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        at = apology.due_at(ticket, self.policy, deadline)
        if at is None or self.now < at:
            return ticket
        return apology.apologise(self.writing, ticket, self.policy, deadline)

    def _remind(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        """Alert the person who snoozed it again, once."""
        snooze = escalation.pending_snooze(ticket, self.policy, deadline)
        if snooze is None or self.now < snooze[1]:
            return ticket
        data = snooze[0].data
        reader = Recipient(Address.parse(data["to"]), data["locale"])
        self._tell(
            [reader], alert_text.reminder(ticket, self.policy, deadline, self.people, self.now), ticket
        )
        return self._noted(ticket, TicketEventKind.REMINDED, deadline, until=data["until"])

    def _miss(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        if has_event(ticket, TicketEventKind.MISSED, deadline) or not deadline.is_missed(self.now):
            return ticket
        assert deadline.due_at is not None  # noqa: S101 - it was missed
        return self._noted(ticket, TicketEventKind.MISSED, deadline, due_at=deadline.due_at.isoformat())

    def _escalate(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        """Alert each escalation level that is due, except people who were alerted at an earlier one."""
        told = set(escalation.notified_lanes(ticket, deadline))
        is_first = not told
        while deadline.is_missed(self.now) and (step := escalation.next_step(ticket, self.policy, deadline)):
            number, at = step
            if self.now < at:
                break
            saying = alert_text.overdue if is_first else alert_text.still_overdue
            alert = saying(ticket, self.policy, deadline, self.people, self.now)
            readers = self.people.recipients_at(self.policy.alerts.ladder[number].to, ticket)
            new = self._tell([reader for reader in readers if reader.lane not in told], alert, ticket)
            told |= new
            lanes = " ".join(sorted(new))
            ticket = self._noted(ticket, TicketEventKind.ESCALATED, deadline, step=str(number), lanes=lanes)
        return ticket

    def _tell(self, readers: Iterable[Recipient], alert: Alert, ticket: Ticket) -> set[str]:
        """Alert each recipient once; the lanes of those who were alerted."""
        new = {reader.lane: reader for reader in readers}
        for reader in new.values():
            self.writing.alert(reader, alert, ticket.ticket_id, is_pressing=ticket.is_emergency)
        return set(new)

    def _noted(self, ticket: Ticket, kind: TicketEventKind, deadline: Deadline, **data: str) -> Ticket:
        return ticket.with_event(kind, self.now, target=str(deadline.target), turn=str(deadline.turn), **data)
