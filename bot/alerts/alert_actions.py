"""Actions in reply to an alert: acknowledge, assign, snooze, show. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts import alert_text
from bot.alerts.alert_text import AlertRecipients
from bot.alerts.reply_parsing import AlertCommand
from bot.messages import phrases_ticket as phrases
from bot.messages.errors import NotFound
from bot.messages.notice import Recipient
from bot.messages.outgoing import Option, Outgoing, Param, Phrase, Timestamp, Translatable
from bot.model.change_set import ChangeSet
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.model.unit_of_work import Changes, Records, UseCase
from bot.notifications.ticket_changes import notify_assigned
from bot.policy.policy import Policy
from bot.sla import escalation
from bot.sla.deadlines import Deadline, calendar_of
from bot.sla.outlook import Policies, outlook

MAX_AGENTS_OFFERED = 9
"""Agents offered to choose from, so that each number has one digit."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who replies: their address, agent id ("" for somebody without one) and name."""

    reader: Recipient
    agent_id: str = ""
    name: str = ""

    @property
    def display_name(self) -> str | Translatable:
        """Their name as used in a sentence."""
        return self.name or Translatable(phrases.SOMEBODY)


def run_command(
    command: AlertCommand, actor: Actor, policies: Policies, people: AlertRecipients, now: datetime
) -> UseCase:
    """Do it and confirm it to them; raises NotFound if there's no such ticket."""

    def decide(records: Records) -> Changes:
        ticket = records.ticket(command.ticket_id)
        if records.conversation is None:
            raise NotFound(f"no contact {records.contact_id}")
        writing = ChangeSet(records, records.conversation, now)
        _CommandRunner(writing, ticket, policies.of(ticket), actor, people).do(command)
        return writing.changes()

    return decide


class _CommandRunner:
    """Carries out one command."""

    def __init__(
        self, writing: ChangeSet, ticket: Ticket, policy: Policy, actor: Actor, people: AlertRecipients
    ) -> None:
        self.writing, self.ticket, self.policy = writing, ticket, policy
        self.actor, self.people, self.now = actor, people, writing.now

    def do(self, command: AlertCommand) -> None:
        ahead = outlook(self.ticket, self.policy)
        if command.verb == "show":
            self._show(ahead.first)
            return
        deadline = _find_deadline(ahead.deadlines, command)
        if deadline is None or deadline.is_over or not self.ticket.is_live:
            self._tell(phrases.ALERT_OVER)
            return
        acts: dict[str, Callable[[Deadline, AlertCommand], None]] = {
            "ack": self._acknowledge,
            "give": self._give,
            "quiet": self._snooze,
        }
        acts[command.verb](deadline, command)

    def _show(self, first: Deadline | None) -> None:
        if first is None or not self.ticket.is_live:
            self._tell(phrases.ALERT_NOTHING_DUE)
            return
        saying = alert_text.overdue if first.is_missed(self.now) else alert_text.warning
        alert = saying(self.ticket, self.policy, first, self.people, self.now)
        self.writing.tell(self.actor.reader, alert.outgoing, self.ticket.ticket_id)

    def _acknowledge(self, deadline: Deadline, command: AlertCommand) -> None:
        if seen := self._seen(deadline):
            name: Param = self.people.name(seen.by) if seen.by else seen.data.get("name", "")
            who = name or Translatable(phrases.SOMEBODY)
            self._tell(phrases.ALERT_ALREADY_SEEN, agent=who, since=Timestamp(seen.at))
            return
        self.writing.put(self._acknowledged(self.ticket, deadline))
        self._tell(phrases.ALERT_ACKNOWLEDGED, agent=self.actor.display_name)

    def _seen(self, deadline: Deadline) -> TicketEvent | None:
        """Who acknowledged it: the miss, if there was one."""
        about = escalation.events_about(self.ticket, deadline)
        if any(fact.kind is TicketEventKind.MISSED for fact in about):
            return escalation.acknowledgement(about)
        return next((fact for fact in about if fact.kind is TicketEventKind.ACKNOWLEDGED), None)

    def _give(self, deadline: Deadline, command: AlertCommand) -> None:
        if command.to not in self.people.assignable:
            self._offer(command)
            return
        name = self.people.assignable[command.to]
        ticket = self.ticket.assigned(self.now, self.actor.agent_id, command.to)
        notify_assigned(self.writing, self.ticket, ticket, self.policy, name.split()[0])
        self.writing.put(self._acknowledged(ticket, deadline))
        self._tell(phrases.ALERT_REASSIGNED, agent=name)
        reader = self.people.agent(command.to)
        if reader and reader.lane != self.actor.reader.lane:
            self.writing.tell(reader, alert_text.assigned(ticket, self.policy, self.people), ticket.ticket_id)

    def _offer(self, command: AlertCommand) -> None:
        """Ask whom to assign it to."""
        able = [(who, name) for who, name in self.people.assignable.items() if who != self.ticket.assignee]
        if not able:
            self._tell(phrases.ALERT_NOBODY_ELSE)
            return
        about = (command.ticket_id, command.target, command.turn)
        options = [
            Option(AlertCommand("give", *about, to=who).payload, name)
            for who, name in able[:MAX_AGENTS_OFFERED]
        ]
        self._tell(phrases.ALERT_REASSIGN_ASK, options)

    def _snooze(self, deadline: Deadline, command: AlertCommand) -> None:
        clock = calendar_of(self.policy, is_emergency=self.ticket.is_emergency)
        until = clock.add(self.now, self.policy.alerts.snooze_for)
        to, locale = str(self.actor.reader.address), self.actor.reader.locale
        told = {"until": until.isoformat(), "to": to, "locale": locale, "name": self.actor.name}
        self.writing.put(self._with(TicketEventKind.SNOOZED, self.ticket, deadline, **told))
        self._tell(phrases.ALERT_SNOOZED, until=Timestamp(until))

    def _acknowledged(self, ticket: Ticket, deadline: Deadline) -> Ticket:
        return self._with(TicketEventKind.ACKNOWLEDGED, ticket, deadline, name=self.actor.name)

    def _with(self, kind: TicketEventKind, ticket: Ticket, deadline: Deadline, **data: str) -> Ticket:
        about = {"target": str(deadline.target), "turn": str(deadline.turn)}
        return ticket.with_event(kind, self.now, self.actor.agent_id, **about, **data)

    def _tell(self, phrase: Phrase, options: Sequence[Option] = (), **params: Param) -> None:
        said = Translatable(phrase, {"number": self.ticket.number, **params})
        self.writing.tell(self.actor.reader, Outgoing((said,), tuple(options)), self.ticket.ticket_id)


def _find_deadline(deadlines: Sequence[Deadline], command: AlertCommand) -> Deadline | None:
    wanted = (command.target, command.turn)
    return next((d for d in deadlines if (str(d.target), str(d.turn)) == wanted), None)
