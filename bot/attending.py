"""What a ticket wants besides its deadlines: managers told of a used-up quota, access ended that is over.

Each is written with the fact that says it was done, so looking twice does nothing twice.
"""

from collections.abc import Iterable

from bot import phrases_desk as phrases
from bot.access import granted_until
from bot.alerts import People, named
from bot.facts import Happened
from bot.granting import expire
from bot.ladder import aloud_at
from bot.notice import Alert, Reader
from bot.occasions import is_quota_untold
from bot.policy import Policy
from bot.said import Outgoing, Said
from bot.ticket import Ticket
from bot.writing import Writing


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
