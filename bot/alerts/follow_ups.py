"""What a ticket wants besides its deadlines: managers told of a used-up quota, access ended that is over.

Each is written with the fact that says it was done, so looking twice does nothing twice.
"""

from collections.abc import Iterable

from bot.actions.temporary_access import expire
from bot.alerts.alert_text import People, named
from bot.messages import phrases_ticket as phrases
from bot.messages.notice import Alert, Reader
from bot.messages.outgoing import Outgoing, Said
from bot.model.change_set import Writing
from bot.model.temporary_access import granted_until
from bot.model.ticket import Ticket
from bot.model.ticket_events import Happened
from bot.policy.policy import Policy
from bot.sla.escalation import aloud_at
from bot.sla.wake_ups import is_quota_untold


def attend(writing: Writing, ticket: Ticket, policy: Policy, people: People) -> Ticket:
    """The ticket after all of that which is due now."""
    return _end_access(writing, _tell_quota(writing, ticket, policy, people), people)


def _tell_quota(writing: Writing, ticket: Ticket, policy: Policy, people: People) -> Ticket:
    if not is_quota_untold(ticket) or writing.now < aloud_at(ticket, policy, ticket.opened_at):
        return ticket
    said = Said(phrases.ALERT_OVER_QUOTA, {"number": ticket.number, "account": named(ticket)})
    _tell(writing, ticket, said, people.managers, people)
    return ticket.with_fact(Happened.ALERTED, writing.now, about="quota")


def _end_access(writing: Writing, ticket: Ticket, people: People) -> Ticket:
    """Both sides hear of it: the customer in the chat, the agent who has it by an alert."""
    after = expire(writing, ticket)
    if granted_until(ticket.facts) and not granted_until(after.facts):
        said = Said(phrases.ALERT_ACCESS_OVER, {"number": ticket.number})
        _tell(writing, ticket, said, people.on_rung("assignee", ticket) or people.team, people)
    return after


def _tell(writing: Writing, ticket: Ticket, said: Said, readers: Iterable[Reader], people: People) -> None:
    link = Said(phrases.ALERT_LINK, {"link": people.link(ticket)})
    for reader in {reader.lane: reader for reader in readers}.values():
        writing.alert(reader, Alert(Outgoing((said, link)), said), ticket.ticket_id)
