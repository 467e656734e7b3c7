"""Handles messages while no question is open: join the live ticket, reopen the resolved one, or start a request."""

import re
from datetime import timedelta

from bot.conversation.buttons import ACCEPT, DECLINE, STARS
from bot.conversation.confirmations import (
    answer_access,
    answer_quote,
    ask_close,
    ask_quote,
    ask_reopen,
    open_second_request,
)
from bot.conversation.digressions import answer_digressions, is_going_round
from bot.conversation.effects import AddToTicket, Rate, Reopen, ShowStatus
from bot.conversation.foreign_language import is_foreign
from bot.conversation.intake.draft import infer, start_draft, take_first_message, take_topic
from bot.conversation.intake.questions import AFFECTED, find_question
from bot.conversation.ticket_prompts import parse_quote_payload, parse_quote_reply
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake, phrases_ticket
from bot.messages.button_payloads import ACCESS, QUOTE, SECOND
from bot.messages.inbound import Inbound, MessageKind
from bot.messages.outgoing import Attachment, Translatable
from bot.model.conversation import Stage, Status, TicketSummary
from bot.reading.acts import DIGRESSIONS, NOTHING, ActKind, Reading
from bot.reading.people.find_who import only_introduces
from bot.reading.remaining_text import is_story, says_nothing, without
from bot.reading.topics import topic_named
from bot.reading.vague_words import is_specific
from bot.text.choice_matching import match_choice
from bot.text.normalise import NEGATIONS, count_words, tokens
from bot.text.small_talk import asks_if_anyone_is_there, asks_when, is_courtesy, is_hello, is_thanks, is_yes
from bot.text.support_codes import named_code

_NO_STORY = (*DIGRESSIONS, ActKind.PERSON, ActKind.LANGUAGE, ActKind.STATUS, ActKind.UNSURE)
"""What isn't part of a story, in the first message."""

_FEW_WORDS = 3
"""So few words without a thing in them, such as “urgent!”, are no description."""

_LEFT_OVER = 6
"""So few words beside a question back, such as “Hi, before I start”, are a story only if they read as one."""

REOPENED_WITHIN = timedelta(days=7)
"""How long after a ticket was resolved a message reopens it; later it's a new request."""

_SURELY_OVER = 0.6
_MERELY_THANKS = 0.8

CALLS_AFTER = timedelta(minutes=3)
"""Silence after which “hello??” gets a status; sooner, the status is right above."""

_RATING = re.compile(
    r"\s*(?:([1-5])\s*(?:/\s*5)?|(⭐{1,5}|★{1,5}))\s*(?:[,.;:–—-]+\s*(.*)|\n(.*))?", re.DOTALL
)
_TICKET_BUTTON_PATTERN = re.compile(r"(rate|quote|access):(\d{1,9}):(\w{1,8})")


def take_ticket_button(turn: Turn, choice: str) -> Turn | None:
    """Handle a button about one of their tickets, however old it is; None for any other button."""
    if choice == SECOND and turn.conversation.second_request and not turn.conversation.draft_id:
        return open_second_request(turn)
    match = _TICKET_BUTTON_PATTERN.fullmatch(choice)
    ticket = turn.conversation.request(match[2]) if match else None
    if not match or not ticket:
        return None
    if match[1] == QUOTE:
        answer = parse_quote_payload(match[3])
        return answer_quote(_resume_from(turn, Stage.CONFIRMING), ticket, *answer) if answer else None
    if match[1] == ACCESS:
        is_place = match[3].isdecimal() or match[3] == "no"
        return answer_access(_resume_from(turn, Stage.CONFIRMING), ticket, match[3]) if is_place else None
    is_known = match[3] in {star.payload for star in STARS}
    return _rated(_resume_from(turn, Stage.RATING), ticket, int(match[3])) if is_known else None


def take_rating(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """Take stars if we asked for them; treat anything else as an ordinary message."""
    ticket = turn.conversation.ticket_summary(turn.conversation.asking) or turn.conversation.current
    turn = turn.wait(Stage.IDLE)
    if ticket is None:
        return take_message(turn, inbound, reading)
    if reading.has(*DIGRESSIONS) and not without(reading, DIGRESSIONS, reading.text):
        return answer_digressions(turn, reading).say().wait(Stage.RATING, ticket.ticket_id)
    stars_match = _RATING.fullmatch(inbound.text) if inbound.kind is MessageKind.TEXT else None
    if stars_match:
        return _rated(turn, ticket, _stars(stars_match), (stars_match[3] or stars_match[4] or "").strip())
    named = match_choice(inbound.text, [star.pick for star in STARS])
    return _rated(turn, ticket, int(named)) if named else take_message(turn, inbound, reading)


def take_message(turn: Turn, inbound: Inbound, reading: Reading) -> Turn:
    """Handle a message while no question is open."""
    ticket = turn.conversation.current
    if ticket and ticket.is_live:
        return _join_ticket(turn, inbound, ticket, reading)
    if _is_quiet(turn, inbound):
        return turn
    if ticket and _is_fresh(turn, ticket):
        return _come_back(turn, inbound, ticket, reading)
    return start_request(turn, inbound, reading, ticket)


def start_request(
    turn: Turn, inbound: Inbound, reading: Reading = NOTHING, ended: TicketSummary | None = None
) -> Turn:
    """Start a new request with this message as its description, without what only asks us something."""
    intro = (
        phrases_intake.ABOUT_LAST_REQUEST(number=ended.number)
        if ended
        else phrases_intake.GREETING(title=turn.policy.title)
    )
    text = "" if inbound.choice else inbound.text
    attachments = () if inbound.kind is MessageKind.STICKER else inbound.attachments
    return begin_request(start_draft(turn).add_lines(intro), text, attachments, reading)


def begin_request(
    turn: Turn, text: str, attachments: tuple[Attachment, ...], reading: Reading = NOTHING
) -> Turn:
    """Answer what the first message asks us, and take the rest of it as the description."""
    if reading.has(ActKind.ANGER):
        turn = turn.add_lines(Translatable(phrases_dialogue.SORRY_TO_HEAR))
    turn = answer_digressions(turn, reading)
    topic = topic_named(reading)
    if topic and find_question(turn.policy, AFFECTED):
        return take_first_message(take_topic(turn, topic, text), "", attachments)
    rest = "" if says_nothing(reading) else text
    if rest and reading.has(*_NO_STORY):
        rest = without(reading, _NO_STORY, text)
        rest = rest if rest == text or is_story(reading, rest) or count_words(rest) > _LEFT_OVER else ""
    if count_words(rest) <= _FEW_WORDS and not is_specific(rest) and not only_introduces(rest):
        return take_first_message(infer(turn, rest), "", attachments)
    return take_first_message(turn, rest, attachments)


def _join_ticket(turn: Turn, inbound: Inbound, ticket: TicketSummary, reading: Reading) -> Turn:
    is_awaited = ticket.status is Status.WAITING
    is_empty = not inbound.text.strip() and not inbound.attachments and inbound.kind is MessageKind.TEXT
    is_quiet = bool(inbound.choice) or is_empty or is_courtesy(inbound, is_awaited=is_awaited)
    quoted = _ticket_with_quote(turn, ticket)
    answer = parse_quote_reply(inbound.text) if quoted else None
    if quoted and answer is not None:
        return answer_quote(turn, quoted, answer, quoted.quote_number)
    joined = (
        _check_code(turn, inbound)
        .in_thread(ticket.ticket_id)
        .with_effects(AddToTicket(ticket.ticket_id, is_courtesy=is_quiet))
    )
    if ticket.status is Status.NEW and _asks_for_news(turn, inbound):
        return joined.with_effects(ShowStatus())
    answered = None if quoted else _answer_on_ticket(turn.in_thread(ticket.ticket_id), ticket, reading)
    if answered:
        return answered
    act = reading.find(ActKind.THANKS, ActKind.STORY, ActKind.CLOSE, ActKind.CANCEL, ActKind.REOPEN)
    if act:
        joined = joined.understood(act.kind)
        is_over = act.kind in (ActKind.CLOSE, ActKind.CANCEL) and act.confidence >= _SURELY_OVER
        if is_over and not is_quiet and not quoted and not is_foreign(inbound):
            return ask_close(joined, ticket)
    is_mere_yes = inbound.kind is MessageKind.TEXT and match_choice(inbound.text, [ACCEPT.pick, DECLINE.pick])
    return ask_quote(joined, quoted) if quoted and is_mere_yes else joined


def _answer_on_ticket(turn: Turn, ticket: TicketSummary, reading: Reading) -> Turn | None:
    """What we can answer at once, if it's all they say; agents see it in the thread.

    How long it takes is told by the ticket's own deadline, and what we noted by its first words.
    """
    is_more = bool(without(reading, (*DIGRESSIONS, ActKind.THANKS, ActKind.HELLO), reading.text))
    if is_more or is_going_round(turn):
        return None
    about = reading.find(ActKind.HOW_LONG, ActKind.RECAP)
    if about:
        told = turn.with_effects(AddToTicket(ticket.ticket_id), ShowStatus())
        return told.understood(about.kind).evolve(asides=turn.conversation.asides + 1)
    if reading.has(*DIGRESSIONS):
        asked = turn.with_effects(AddToTicket(ticket.ticket_id, is_courtesy=True))
        return answer_digressions(asked, reading).say()
    return None


def _asks_for_news(turn: Turn, inbound: Inbound) -> bool:
    """Nobody has picked the ticket up, and they ask when, or write “hello?” a while after their last message."""
    last = turn.conversation.last_inbound_at
    is_after_a_while = last is None or inbound.sent_at - last >= CALLS_AFTER
    return asks_when(inbound.text) or (is_after_a_while and asks_if_anyone_is_there(inbound.text))


def _ticket_with_quote(turn: Turn, ticket: TicketSummary) -> TicketSummary | None:
    """The ticket with an open quote: the one they write on, otherwise the only one."""
    waiting = [one for one in turn.conversation.tickets if one.quote_number and one.is_live]
    if ticket.quote_number:
        return ticket
    return waiting[0] if len(waiting) == 1 else None


def _come_back(turn: Turn, inbound: Inbound, ticket: TicketSummary, reading: Reading) -> Turn:
    turn = _check_code(turn, inbound).in_thread(ticket.ticket_id)
    if answered := _answer_after_solving(turn, ticket, reading):
        return answered
    if reading.has(ActKind.NEW):
        return start_request(turn, inbound, reading)
    if is_hello(inbound.text):
        return ask_reopen(turn, ticket.number)
    stars = (
        _RATING.fullmatch(inbound.text) if inbound.kind is MessageKind.TEXT and not ticket.is_rated else None
    )
    if stars and not (stars[3] or stars[4]):
        return _rated(turn, ticket, _stars(stars))
    return turn.understood(ActKind.REOPEN).with_effects(Reopen(ticket.ticket_id))


def _answer_after_solving(turn: Turn, ticket: TicketSummary, reading: Reading) -> Turn | None:
    """Thanks, “you can close it”, or a question that we can answer at once: none of them reopens the ticket."""
    if reading.has(ActKind.REOPEN, ActKind.STORY):
        return None
    if without(reading, (ActKind.THANKS, ActKind.CLOSE, ActKind.HELLO, *DIGRESSIONS), reading.text):
        return None
    act = reading.find(ActKind.THANKS, ActKind.CLOSE)
    if act and (act.kind is ActKind.CLOSE or _is_mere_thanks(reading)):
        closes = act.kind is ActKind.CLOSE
        turn = turn.understood(act.kind)
        return turn.say(phrases_dialogue.CLOSED_THANKS(number=ticket.number)) if closes else turn
    if reading.has(*DIGRESSIONS):
        return turn if is_going_round(turn) else answer_digressions(turn, reading).say()
    return None


def _is_mere_thanks(reading: Reading) -> bool:
    """Not “thanks but no”, “thanks?” or “thanks for calling me back today”: those reopen it."""
    is_denied = not NEGATIONS.isdisjoint(tokens(reading.text))
    return reading.likely("thanks") >= _MERELY_THANKS and "?" not in reading.text and not is_denied


def _check_code(turn: Turn, inbound: Inbound) -> Turn:
    """Look up a code mentioned in passing."""
    code = named_code(inbound.text)
    return turn.check_code(code, inbound.text) if code else turn


def _is_quiet(turn: Turn, inbound: Inbound) -> bool:
    """Thanks, an emoji or an old button, when nothing is open, needs no reply."""
    if not turn.conversation.ticket_count:
        return False
    is_empty = inbound.kind is MessageKind.TEXT and not inbound.text.strip() and not inbound.attachments
    return bool(inbound.choice) or is_empty or is_courtesy(inbound) or is_yes(inbound.text)


def _is_fresh(turn: Turn, ticket: TicketSummary) -> bool:
    if ticket.status is not Status.RESOLVED:
        return False
    return ticket.ended_at is None or turn.now - ticket.ended_at <= REOPENED_WITHIN


def _rated(turn: Turn, ticket: TicketSummary, stars: int, comment: str = "") -> Turn:
    """Thank them; if somebody unhappy says why, reopen the ticket so that a person reads it."""
    turn = turn.in_thread(ticket.ticket_id).with_effects(Rate(ticket.ticket_id, stars, comment))
    if comment and stars <= 2 and not is_thanks(comment) and not ticket.is_live and _is_fresh(turn, ticket):
        return turn.with_effects(Reopen(ticket.ticket_id))
    return turn.say(Translatable(phrases_ticket.RATE_SORRY if stars <= 2 else phrases_ticket.RATE_THANKS))


def _stars(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else len(match[2])


def _resume_from(turn: Turn, stage: Stage) -> Turn:
    return turn.resume() if turn.conversation.stage is stage else turn
