"""Opens the ticket of a finished request: its rules run, and the customer is told its number. Pure."""

from bot.actions import automation, my_data, open_ticket
from bot.actions.automation import FindAgent
from bot.conversation.effects import OpenTicket
from bot.conversation.intake.questions import DESCRIPTION
from bot.model.account import Accounts
from bot.model.change_set import ChangeSet
from bot.model.conversation import Detail
from bot.notifications import ticket_status
from bot.policy.policy import Policy


def record_opening(
    writing: ChangeSet,
    effect: OpenTicket,
    policy: Policy,
    accounts: Accounts,
    channel: str,
    called: FindAgent,
) -> None:
    """Write the new ticket, and tell the customer."""
    who, number = writing.conversation, writing.records.number
    ticket = open_ticket.new_ticket(who, number, effect, policy, writing.now, accounts)
    story = ticket.details.get(DESCRIPTION, Detail()).value
    ticket = automation.run_rules(writing, ticket, policy, "opened", channel, story, called)
    writing.conversation = writing.conversation.evolve(ticket_id=ticket.ticket_id)
    writing.put(ticket)
    ticket_status.notify_opened(writing, ticket, policy, is_for_person=effect.is_human_asked)
    if writing.conversation.erasure:
        my_data.note_erasure_on(writing, ticket)
