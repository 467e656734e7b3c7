"""Which of their tickets a message is about: the one it names by number, or whose message it quotes."""

import re

from bot.conversation.ask_again import ask_again
from bot.conversation.effects import AddToTicket
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.ids import normalise_ticket_number
from bot.messages.inbound import Inbound
from bot.model.conversation import Conversation, TicketSummary

_NUMBER = re.compile(r"(?<!\w)#?([A-Z]\d[-– ]?\d{3,})(?!\w)", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"\W*(?:(?:about|re|for|on|ticket|request|demande|ticket|pour|sur|la|le|solicitud|sobre|para)\W+)*"
    r"#?[A-Z]\d[-– ]?\d{3,}(?!\w)",
    re.IGNORECASE,
)


def named_ticket(conversation: Conversation, inbound: Inbound) -> TicketSummary | None:
    """The only one of their tickets that the message names or quotes; None if it's none, or several."""
    numbers = {normalise_ticket_number(match[1]) for match in _NUMBER.finditer(inbound.text[:2000])}
    named = [ticket for ticket in conversation.tickets if ticket.number in numbers]
    if named:
        return named[0] if len(named) == 1 else None
    return conversation.ticket_summary(inbound.quoted_thread_id) if inbound.quoted_thread_id else None


def turn_to_named_ticket(conversation: Conversation, inbound: Inbound) -> Conversation:
    """Let the message, and those after it, join the ticket that it names, unless a request is in progress."""
    ticket = None if conversation.draft_id else named_ticket(conversation, inbound)
    return conversation.evolve(ticket_id=ticket.ticket_id) if ticket else conversation


def add_to_named_ticket(turn: Turn, inbound: Inbound) -> Turn | None:
    """During a request: what begins with the number of a live ticket, or quotes one, goes there instead."""
    if not turn.conversation.draft_id or inbound.choice:
        return None
    ticket = named_ticket(turn.conversation, inbound)
    is_meant = bool(inbound.quoted_thread_id) or _IN_FRONT.match(inbound.text)
    if ticket is None or not ticket.is_live or not is_meant:
        return None
    added = turn.in_thread(ticket.ticket_id).with_effects(AddToTicket(ticket.ticket_id))
    return ask_again(added.add_lines(phrases_dialogue.ADDED_TO_TICKET(number=ticket.number)))
