"""When a ticket may move to the archive, and how the conversation changes when it leaves or returns. Pure."""

from datetime import datetime, timedelta

from bot.model.conversation import Conversation, Stage, Status, TicketSummary, recent_summaries
from bot.model.ticket import Ticket
from bot.policy.policy import Policy
from bot.sla.outlook import next_check_at


def can_archive(ticket: Ticket, conversation: Conversation, policy: Policy, now: datetime, days: int) -> bool:
    """Whether it is closed, unchanged for that many days, not in use, and nothing is scheduled for it."""
    still_since = ticket.updated_at or ticket.opened_at
    return (
        ticket.status is Status.CLOSED
        and now - still_since >= timedelta(days=days)
        and not _is_in_use(ticket, conversation)
        and next_check_at(ticket, policy, conversation) is None
    )


def after_archiving(conversation: Conversation, ticket: Ticket) -> Conversation:
    """The conversation after archiving: its history keeps the ticket, but no rule sees it any more."""
    tickets = tuple(each for each in conversation.tickets if each.ticket_id != ticket.ticket_id)
    archived = recent_summaries((*_others(conversation, ticket), ticket.summary))
    notified = tuple(pending for pending in conversation.notified if pending.ticket_id != ticket.ticket_id)
    return conversation.evolve(tickets=tickets, archived=archived, notified=notified)


def after_restoring(conversation: Conversation, ticket: Ticket) -> Conversation:
    """The conversation after the ticket is restored."""
    tickets = (*(each for each in conversation.tickets if each.ticket_id != ticket.ticket_id), ticket.summary)
    return conversation.evolve(tickets=recent_summaries(tickets), archived=_others(conversation, ticket))


def _others(conversation: Conversation, ticket: Ticket) -> tuple[TicketSummary, ...]:
    return tuple(each for each in conversation.archived if each.ticket_id != ticket.ticket_id)


def _is_in_use(ticket: Ticket, conversation: Conversation) -> bool:
    """Whether the customer's next message may be about it."""
    is_being_asked = conversation.stage is Stage.CONFIRMING and ticket.ticket_id in conversation.asking
    return is_being_asked or ticket.ticket_id in (conversation.ticket_id, conversation.draft_id)
