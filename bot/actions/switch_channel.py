"""The desk's part of going on in the other app: the way is offered, and coming through it is noted and told."""

from collections.abc import Iterable

from bot.actions.agent_actions import Do
from bot.conversation.effects import NotePassage
from bot.messages import phrases_channel_switch as phrases
from bot.messages.errors import NotAllowed
from bot.messages.inbound import Passage
from bot.messages.outgoing import Line, Outgoing, Param, Phrase, Said, Span
from bot.model.change_set import Writing
from bot.model.switch_links import LASTS_FOR, Passages
from bot.model.ticket import Ticket
from bot.model.ticket_events import CUSTOMER, Happened
from bot.notifications.ticket_status import status_line
from bot.policy.policy import Policy
from bot.sla import whatsapp_window
from bot.sla.outlook import Policies
from bot.text.channel_names import NAMES
from bot.text.support_codes import HIDDEN

_ASKED: dict[str, Phrase] = {"telegram": phrases.TO_TELEGRAM, "whatsapp": phrases.TO_WHATSAPP}
_OFFERED: dict[str, Phrase] = {
    "telegram": phrases.TO_TELEGRAM_OFFERED,
    "whatsapp": phrases.TO_WHATSAPP_OFFERED,
}


def answer(writing: Writing, to: str, passages: Passages, thread_id: str) -> None:
    """They asked for that channel: the way there, or why there is none."""
    if writing.conversation.address.channel == to:
        writing.say(phrases.HERE_ALREADY, thread_id, channel=NAMES[to])
    elif to not in passages.places:
        writing.say(phrases.NOT_THERE, thread_id, channel=NAMES[to])
    else:
        _offer(writing, to, passages, thread_id, _ASKED[to])


def offer(by: str, to: str, passages: Passages) -> Do:
    """An agent offers the customer that channel; NotAllowed when they are there, the desk is not, or it would wait."""

    def do(writing: Writing, ticket: Ticket, policy: Policy) -> Ticket:
        who = writing.conversation
        is_read = whatsapp_window.is_open(who.address, who.last_inbound_at, writing.now)
        if to not in ways(who.address.channel, passages.places) or not ticket.is_live or not is_read:
            raise NotAllowed(f"offer {to} on", ticket.status)
        _offer(writing, to, passages, ticket.ticket_id, _OFFERED[to])
        return ticket.with_fact(Happened.PASSAGE_OFFERED, writing.now, by, to=to)

    return do


def ways(channel: str, places: Iterable[str]) -> tuple[str, ...]:
    """The channels to which somebody there can be sent, of all that this desk has."""
    return tuple(to for to in places if channel in NAMES and to in NAMES and to != channel)


def note(writing: Writing, effect: NotePassage, policies: Policies, thread_id: str) -> None:
    """They are here: what is open moves with them, once however often they come through."""
    passage, who = effect.passage, writing.conversation
    for head in who.tickets:
        ticket = writing.ticket(head.ticket_id)
        if head.is_live and not _is_noted(ticket, passage):
            moved = ticket.with_fact(
                Happened.MOVED, writing.now, CUSTOMER, to=passage.to, passage=passage.name
            )
            writing.put(moved.evolve(address=who.address))
    if not effect.is_told:
        return
    lines: list[Line] = [Said(phrases.WE_GO_ON)]
    if who.current and who.current.is_live:
        lines.append(status_line(writing, who.current, policies))
    writing.say(Outgoing(tuple(lines)), thread_id)


def _is_noted(ticket: Ticket, passage: Passage) -> bool:
    moves = [fact for fact in ticket.facts if fact.kind is Happened.MOVED]
    return any(fact.data.get("passage") == passage.name for fact in moves)


def _offer(writing: Writing, to: str, passages: Passages, thread_id: str, phrase: Phrase) -> None:
    """The link or code itself is made as the message is sent, and stands in no thread."""
    who, now = writing.conversation, writing.now
    params: dict[str, Param] = {"length": Span(LASTS_FOR)}
    if to == "whatsapp":
        params["number"] = passages.places[to]
    name = writing.show_way(Outgoing((Said(phrase, params), HIDDEN)), thread_id, to)
    passages.offer(Passage(name, who.contact_id, who.address, to, who.ticket_id, who.locale), now)
