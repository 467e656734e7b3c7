"""Timed follow-ups besides deadlines: alert managers to a used-up quota, end temporary access that expired.

Each is stored together with the event that says it was done, so checking twice does nothing twice.
"""

from collections.abc import Iterable

from bot.actions.temporary_access import expire_access
from bot.alerts.alert_text import AlertRecipients, requester_name
from bot.messages import phrases_ticket as phrases
from bot.messages.notice import Alert, Recipient
from bot.messages.outgoing import Outgoing, Translatable
from bot.model.change_set import ChangeSet
from bot.model.temporary_access import granted_until
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.policy.policy import Policy
from bot.sla.escalation import earliest_alert_at
from bot.sla.wake_ups import needs_quota_alert


def run_follow_ups(writing: ChangeSet, ticket: Ticket, policy: Policy, people: AlertRecipients) -> Ticket:
    """The ticket after every follow-up that is due now."""
    return _end_access(writing, _tell_quota(writing, ticket, policy, people), people)


def _tell_quota(writing: ChangeSet, ticket: Ticket, policy: Policy, people: AlertRecipients) -> Ticket:
    if not needs_quota_alert(ticket) or writing.now < earliest_alert_at(ticket, policy, ticket.opened_at):
        return ticket
    said = Translatable(
        phrases.ALERT_OVER_QUOTA, {"number": ticket.number, "account": requester_name(ticket)}
    )
    _tell(writing, ticket, said, people.managers, people)
    return ticket.with_event(TicketEventKind.ALERTED, writing.now, about="quota")


def _end_access(writing: ChangeSet, ticket: Ticket, people: AlertRecipients) -> Ticket:
    """Tell both sides: the customer in the chat, the assignee by an alert."""
    after = expire_access(writing, ticket)
    if granted_until(ticket.facts) and not granted_until(after.facts):
        said = Translatable(phrases.ALERT_ACCESS_OVER, {"number": ticket.number})
        _tell(writing, ticket, said, people.recipients_at("assignee", ticket) or people.team, people)
    return after


def _tell(
    writing: ChangeSet,
    ticket: Ticket,
    said: Translatable,
    readers: Iterable[Recipient],
    people: AlertRecipients,
) -> None:
    link = Translatable(phrases.ALERT_LINK, {"link": people.link(ticket)})
    for reader in {reader.lane: reader for reader in readers}.values():
        writing.alert(reader, Alert(Outgoing((said, link)), said), ticket.ticket_id)
