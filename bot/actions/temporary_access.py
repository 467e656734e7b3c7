"""Temporary access to a customer's services: requested, granted for a time, revoked, expired.

This only records who may have access until when; whoever runs the services opens and closes it.
"""

from bot.actions.action_context import ActionContext
from bot.conversation.effects import DeclineAccess, EndAccess, GrantAccess, OfferAccess
from bot.conversation.ticket_prompts import access_options
from bot.messages import phrases_ticket as phrases
from bot.messages.button_payloads import ACCESS
from bot.messages.errors import NotAllowed
from bot.messages.outgoing import Line, Outgoing, Timestamp, Translatable
from bot.model.change_set import ChangeSet
from bot.model.conversation import Stage
from bot.model.temporary_access import allowed_durations, granted_until, is_requested
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEventKind
from bot.policy.policy import Policy

AccessEffect = OfferAccess | GrantAccess | DeclineAccess | EndAccess


def ask_access(context: ActionContext) -> Ticket:
    """Ask the customer for access; does nothing while they haven't answered, or have given it."""
    ticket, writing, policy = context.ticket, context.writing, context.policy
    if not ticket.is_live or not allowed_durations(policy, ticket.plan):
        raise NotAllowed("ask for access on", ticket.status)
    if is_requested(ticket.facts) or granted_until(ticket.facts):
        return ticket
    _ask(writing, ticket, policy, Translatable(phrases.ACCESS_ASK, {"number": ticket.number}))
    ticket = ticket.accepted(context.now, context.by)
    return ticket.with_event(TicketEventKind.ACCESS_ASKED, context.now, context.by)


def end_access(context: ActionContext) -> Ticket:
    """Give the access back and tell the customer."""
    ticket = context.ticket
    if not granted_until(ticket.facts):
        return ticket
    context.writing.say(phrases.ACCESS_ENDED, ticket.ticket_id, number=ticket.number)
    return ticket.with_event(TicketEventKind.ACCESS_REVOKED, context.now, context.by)


def handle_access(writing: ChangeSet, ticket: Ticket, policy: Policy, effect: AccessEffect) -> None:
    """Do what the customer chose: offer, grant, decline or revoke access."""
    match effect:
        case OfferAccess():
            _offer(writing, ticket, policy)
        case GrantAccess(place=place):
            _grant(writing, ticket, policy, place)
        case DeclineAccess():
            _decline(writing, ticket)
        case EndAccess():
            _revoke(writing, ticket)


def _offer(writing: ChangeSet, ticket: Ticket, policy: Policy) -> None:
    """The customer offers access; ask for how long."""
    if not allowed_durations(policy, ticket.plan):
        writing.say(phrases.ACCESS_OTHER_PLAN, ticket.ticket_id)
        return
    _ask(writing, ticket, policy, Translatable(phrases.ACCESS_OFFER, {"number": ticket.number}))


def _grant(writing: ChangeSet, ticket: Ticket, policy: Policy, place: int) -> None:
    """Grant access from now on, for the duration at that place; a later answer replaces an earlier one."""
    offered = allowed_durations(policy, ticket.plan)
    if not ticket.is_live or place >= len(offered):
        writing.say(phrases.ACCESS_NOT_NOW, ticket.ticket_id, number=ticket.number)
        return
    until = policy.calendar.add(writing.now, offered[place])
    writing.put(
        ticket.with_event(TicketEventKind.ACCESS_GRANTED, writing.now, CUSTOMER, until=until.isoformat())
    )
    writing.say(phrases.ACCESS_GRANTED, ticket.ticket_id, number=ticket.number, until=Timestamp(until))


def _decline(writing: ChangeSet, ticket: Ticket) -> None:
    """Decline; access granted before stays as it is."""
    if is_requested(ticket.facts):
        writing.put(ticket.with_event(TicketEventKind.ACCESS_DECLINED, writing.now, CUSTOMER))
    writing.say(phrases.ACCESS_DECLINED, ticket.ticket_id, number=ticket.number)


def _revoke(writing: ChangeSet, ticket: Ticket) -> None:
    """The customer revokes access."""
    if granted_until(ticket.facts):
        writing.put(ticket.with_event(TicketEventKind.ACCESS_REVOKED, writing.now, CUSTOMER))
        writing.say(phrases.ACCESS_ENDED, ticket.ticket_id, number=ticket.number)


def expire_access(writing: ChangeSet, ticket: Ticket) -> Ticket:
    """The ticket after its access expired, if it has; the customer is told once."""
    until = granted_until(ticket.facts)
    if until is None or writing.now < until:
        return ticket
    writing.say(phrases.ACCESS_EXPIRED, ticket.ticket_id, number=ticket.number)
    return ticket.with_event(TicketEventKind.ACCESS_EXPIRED, writing.now)


def _ask(writing: ChangeSet, ticket: Ticket, policy: Policy, line: Line) -> None:
    options = access_options(ticket.ticket_id, allowed_durations(policy, ticket.plan))
    writing.say(Outgoing((line,), options), ticket.ticket_id)
    writing.ask(Stage.CONFIRMING, f"{ACCESS}:{ticket.ticket_id}")
