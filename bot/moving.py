"""The desk's part of going on in the other app: the way is offered, and coming through it is noted and told."""

from collections.abc import Iterable

from bot import phrases_moving as phrases
from bot import window
from bot.answering import Do
from bot.codes import HIDDEN
from bot.effects import NotePassage
from bot.errors import NotAllowed
from bot.facts import CUSTOMER, Happened
from bot.inbound import Passage
from bot.moving_words import NAMES
from bot.passages import LASTS_FOR, Passages
from bot.policy import Policy
from bot.promises import Policies
from bot.said import Line, Outgoing, Param, Phrase, Said, Span
from bot.telling import status_line
from bot.ticket import Ticket
from bot.writing import Writing

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
        is_read = window.is_open(who.address, who.last_inbound_at, writing.now)
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
