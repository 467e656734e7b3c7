"""Quotes for technical work: an agent sends one, the customer accepts or declines it at any time.

No response clock runs before or after: the accepted terms say when the work will be done.
"""

from bot.actions.action_context import ActionContext
from bot.conversation.ticket_prompts import quote_options
from bot.messages import phrases_ticket as phrases
from bot.messages.button_payloads import QUOTE
from bot.messages.errors import NotAllowed
from bot.messages.outgoing import Line, Outgoing, Translatable
from bot.model.change_set import ChangeSet
from bot.model.conversation import Stage
from bot.model.quote import Quote
from bot.model.ticket import Ticket
from bot.notifications import ticket_changes

MAX_PRICE_LENGTH = 60
MAX_TERMS_LENGTH = 1000


def send_quote(context: ActionContext, price: str, terms: str) -> Ticket:
    """Offer a price, in place of an earlier one. An agent who quotes an unassigned ticket gets it."""
    price, terms = " ".join(price.split())[:MAX_PRICE_LENGTH], terms.strip()[:MAX_TERMS_LENGTH]
    ticket, writing, now, by = context.ticket, context.writing, context.now, context.by
    if not price:
        raise NotAllowed("send a quote without a price on", ticket.status)
    if ticket.quote and ticket.quote.is_accepted:
        raise NotAllowed("change the accepted quote of", ticket.status)
    if not ticket.assignee and ticket.is_live:
        ticket = ticket.assigned(now, by, by)
    ticket = ticket.quoted(now, by, price, terms)
    _offer(writing, ticket, *ticket_changes.take_pending_lines(writing, ticket, context.policy))
    return ticket


def record_answer(writing: ChangeSet, ticket: Ticket, number: int, *, is_accepted: bool) -> None:
    """Record the customer's answer to the quote with that number (0: the newest), once."""
    offered = ticket.quote
    if offered is None:
        return
    if not ticket.is_live:
        writing.say(phrases.QUOTE_OVER, ticket.ticket_id, number=ticket.number)
    elif number not in (0, offered.number):
        writing.put(ticket.thanked(writing.now))
        _offer(writing, ticket, Translatable(phrases.QUOTE_REPLACED))
    elif offered.is_accepted:
        writing.put(ticket.thanked(writing.now))
        writing.say(phrases.QUOTE_ACCEPTED_ALREADY, ticket.ticket_id, number=ticket.number)
    else:
        _take(writing, ticket, offered, is_accepted=is_accepted)


def _take(writing: ChangeSet, ticket: Ticket, offered: Quote, *, is_accepted: bool) -> None:
    writing.put(ticket.quote_answered(writing.now, offered.number, is_accepted=is_accepted))
    phrase = phrases.QUOTE_ACCEPTED if is_accepted else phrases.QUOTE_DECLINED
    writing.say(phrase, ticket.ticket_id, number=ticket.number)


def _offer(writing: ChangeSet, ticket: Ticket, *before: Line) -> None:
    """Send the price, the agent's terms and two buttons; the next message is taken as the answer."""
    offered = ticket.quote
    assert offered is not None  # noqa: S101 - it was just made, or asked for
    told: Line = Translatable(phrases.QUOTE_OFFER, {"number": ticket.number, "price": offered.price})
    terms = (offered.terms,) if offered.terms else ()
    lines = (*before, told, *terms, Translatable(phrases.QUOTE_ASK))
    options = quote_options(ticket.ticket_id, offered.number)
    writing.say(Outgoing(lines, options), ticket.ticket_id)
    writing.ask(Stage.CONFIRMING, f"{QUOTE}:{ticket.ticket_id}")
