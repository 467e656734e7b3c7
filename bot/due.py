"""What falls due on a ticket: warnings, missed promises and who hears of them, each exactly once.

The clock only says “look at this ticket”. What is to be done is told from the ticket's facts at that moment, and
is written with the facts that say it was done, so looking twice does nothing twice.
"""

from datetime import datetime

from bot import alerts
from bot.alerts import People
from bot.conversation import Conversation, Status
from bot.facts import Happened
from bot.policy import Policy
from bot.promises import CLOSES_AFTER, Policies, aloud_at, happened, next_step, outlook
from bot.records import Changes, Decide, Records
from bot.targets import Deadline
from bot.ticket import Ticket
from bot.writing import Writing


def fall_due(ticket_id: str, policies: Policies, people: People, now: datetime) -> Decide:
    """Look at one ticket. It is written again even when nothing was due, which sets its next look."""

    def decide(records: Records) -> Changes | None:
        ticket = records.tickets.get(ticket_id)
        if ticket is None or records.conversation is None:
            return None
        looking = _Looking(Writing(records, records.conversation, now), policies.of(ticket), people)
        looking.writing.put(looking.look(ticket, records.conversation))
        return looking.writing.changes()

    return decide


class _Looking:
    """One look at one ticket."""

    def __init__(self, writing: Writing, policy: Policy, people: People) -> None:
        self.writing, self.policy, self.people = writing, policy, people
        self.now = writing.now

    def look(self, ticket: Ticket, conversation: Conversation) -> Ticket:
        """The ticket after all that was due."""
        for deadline in outlook(ticket, self.policy, conversation).deadlines:
            if not deadline.is_over and deadline.due_at:
                ticket = self._warn(ticket, deadline)
                ticket = self._miss(ticket, deadline)
                ticket = self._escalate(ticket, deadline)
        ended_at = ticket.head.ended_at
        if ticket.status is Status.RESOLVED and ended_at and self.now >= ended_at + CLOSES_AFTER:
            ticket = ticket.closed(self.now)
        return ticket

    def _warn(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        if happened(ticket, Happened.WARNED, deadline) or not deadline.warn_at:
            return ticket
        if self.now < aloud_at(ticket, self.policy, deadline.warn_at):
            return ticket
        if not deadline.is_missed(self.now):
            outgoing = alerts.warning(ticket, self.policy, deadline, self.people, self.now)
            rung = "assignee" if ticket.assignee else "team"
            for reader in self.people.on_rung(rung, ticket) or self.people.team:
                self.writing.alert(reader.address, outgoing, reader.locale, ticket.ticket_id)
        return self._noted(ticket, Happened.WARNED, deadline)

    def _miss(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        if happened(ticket, Happened.MISSED, deadline) or not deadline.is_missed(self.now):
            return ticket
        assert deadline.due_at is not None  # noqa: S101 - it was missed
        return self._noted(ticket, Happened.MISSED, deadline, due_at=deadline.due_at.isoformat())

    def _escalate(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        """Tell every rung whose time has come; people on two rungs hear of it once."""
        told = set()
        while deadline.is_missed(self.now) and (step := next_step(ticket, self.policy, deadline)):
            number, at = step
            if self.now < at:
                break
            outgoing = alerts.overdue(ticket, self.policy, deadline, self.people, self.now)
            for reader in self.people.on_rung(self.policy.alerts.ladder[number].to, ticket):
                if reader.address not in told:
                    told.add(reader.address)
                    self.writing.alert(reader.address, outgoing, reader.locale, ticket.ticket_id)
            ticket = self._noted(ticket, Happened.ESCALATED, deadline, step=str(number))
        return ticket

    def _noted(self, ticket: Ticket, kind: Happened, deadline: Deadline, **data: str) -> Ticket:
        return ticket.with_fact(kind, self.now, target=str(deadline.target), turn=str(deadline.turn), **data)
