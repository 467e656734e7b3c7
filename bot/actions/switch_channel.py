"""Switching to the other channel: offers the link or code, and records the switch."""

from collections.abc import Iterable

from bot.actions.action_context import ActionContext
from bot.conversation.effects import CompleteChannelSwitch
from bot.messages import phrases_channel_switch as phrases
from bot.messages.errors import NotAllowed
from bot.messages.inbound import SwitchLink
from bot.messages.outgoing import Line, Outgoing, Param, Phrase, TimeSpan, Translatable
from bot.model.change_set import ChangeSet
from bot.model.switch_links import VALID_FOR, SwitchLinks
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, TicketEventKind
from bot.notifications.ticket_status import status_line
from bot.sla import whatsapp_window
from bot.sla.outlook import Policies
from bot.text.channel_names import SWITCHABLE_CHANNELS
from bot.text.support_codes import REDACTED

_ASKED: dict[str, Phrase] = {"telegram": phrases.TO_TELEGRAM, "whatsapp": phrases.TO_WHATSAPP}
_OFFERED: dict[str, Phrase] = {
    "telegram": phrases.TO_TELEGRAM_OFFERED,
    "whatsapp": phrases.TO_WHATSAPP_OFFERED,
}


def answer_switch_request(writing: ChangeSet, to: str, passages: SwitchLinks, thread_id: str) -> None:
    """Answer a request for the channel `to`: the link or code, or why there is none."""
    if writing.conversation.address.channel == to:
        writing.say(phrases.HERE_ALREADY, thread_id, channel=SWITCHABLE_CHANNELS[to])
    elif to not in passages.places:
        writing.say(phrases.NOT_THERE, thread_id, channel=SWITCHABLE_CHANNELS[to])
    else:
        _offer(writing, to, passages, thread_id, _ASKED[to])


def offer_switch(context: ActionContext, to: str) -> Ticket:
    """Offer the customer the channel `to`.

    NotAllowed if they're on it already, if the desk isn't, or if the offer would expire before it is read.
    """
    ticket, writing, links = context.ticket, context.writing, context.services.switch_links
    who = writing.conversation
    is_read = whatsapp_window.is_open(who.address, who.last_inbound_at, context.now)
    if to not in switch_targets(who.address.channel, links.places) or not ticket.is_live or not is_read:
        raise NotAllowed(f"offer {to} on", ticket.status)
    _offer(writing, to, links, ticket.ticket_id, _OFFERED[to])
    return ticket.with_event(TicketEventKind.PASSAGE_OFFERED, context.now, context.by, to=to)


def switch_targets(channel: str, places: Iterable[str]) -> tuple[str, ...]:
    """The desk's channels that a customer on `channel` can switch to."""
    return tuple(
        to for to in places if channel in SWITCHABLE_CHANNELS and to in SWITCHABLE_CHANNELS and to != channel
    )


def record_switch(
    writing: ChangeSet, effect: CompleteChannelSwitch, policies: Policies, thread_id: str
) -> None:
    """Move open tickets to the new channel, once even if the link is opened again."""
    passage, who = effect.passage, writing.conversation
    for head in who.tickets:
        ticket = writing.ticket(head.ticket_id)
        if head.is_live and not _is_noted(ticket, passage):
            moved = ticket.with_event(
                TicketEventKind.MOVED, writing.now, CUSTOMER, to=passage.to, passage=passage.name
            )
            writing.put(moved.evolve(address=who.address))
    if not effect.is_told:
        return
    lines: list[Line] = [Translatable(phrases.WE_GO_ON)]
    if who.current and who.current.is_live:
        lines.append(status_line(writing, who.current, policies))
    writing.say(Outgoing(tuple(lines)), thread_id)


def _is_noted(ticket: Ticket, passage: SwitchLink) -> bool:
    moves = [fact for fact in ticket.facts if fact.kind is TicketEventKind.MOVED]
    return any(fact.data.get("passage") == passage.name for fact in moves)


def _offer(writing: ChangeSet, to: str, passages: SwitchLinks, thread_id: str, phrase: Phrase) -> None:
    """The link or code is created when the message is sent, and no thread shows it."""
    who, now = writing.conversation, writing.now
    params: dict[str, Param] = {"length": TimeSpan(VALID_FOR)}
    if to == "whatsapp":
        params["number"] = passages.places[to]
    name = writing.send_switch_link(Outgoing((Translatable(phrase, params), REDACTED)), thread_id, to)
    passages.offer(SwitchLink(name, who.contact_id, who.address, to, who.ticket_id, who.locale), now)
