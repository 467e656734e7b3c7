"""The yes-or-no questions on the way: drop it, start afresh, switch language, go on anyway, reopen, a quote.

Whatever is not one of a fork's ways is taken as an answer to what waited before it (`bot.conversation.advance`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.ask_again import repeat
from bot.conversation.buttons import (
    ACCEPT,
    CONTINUE_ANYWAY,
    DECLINE,
    DROP,
    GO_ON,
    HELPED,
    IN_OPENING_HOURS,
    KEEP_GOING,
    NOT_HELPED,
    OTHER_CATEGORY,
    SAME_REQUEST,
    SOMETHING_NEW,
    START_AFRESH,
    STAY,
    Button,
    language_pick,
    options,
    pressed,
)
from bot.conversation.category_scope import EMERGENCY, SCOPE
from bot.conversation.effects import AnswerQuote, DeclineAccess, GrantAccess, Reopen
from bot.conversation.intake import ask, begin, forget_draft, go_on
from bot.conversation.known_answers import ARTICLE
from bot.conversation.language import SWITCH, set_locale
from bot.conversation.questions import CATEGORY, by_key
from bot.conversation.ticket_prompts import access_picks, quote_options
from bot.conversation.turn import Turn
from bot.messages import phrases_intake, phrases_ticket
from bot.messages.button_payloads import ACCESS, QUOTE
from bot.messages.inbound import Inbound
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Said
from bot.model.conversation import Stage, TicketHead
from bot.text.choice_matching import Pick

CANCEL, NEW, REOPEN = "cancel", "new", "reopen"


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a fork."""

    pick: Pick
    go: Callable[[Turn], Turn]


def take_fork(turn: Turn, inbound: Inbound) -> Turn | None:
    """The way that was chosen, taken; None when the words choose none."""
    find = _FORKS.get(turn.conversation.asking.partition(":")[0])
    ways = find(turn) if find else ()
    chosen = pressed(inbound, [way.pick for way in ways])
    return next((way.go(turn) for way in ways if way.pick.key == chosen), None)


def ask_cancel(turn: Turn) -> Turn:
    """Drop the request? The safe way first."""
    asked = turn.pause(Stage.CONFIRMING, CANCEL)
    return asked.say(Said(phrases_intake.CANCEL_ASK), options=options((KEEP_GOING, DROP)))


def ask_new(turn: Turn) -> Turn:
    """A new one though one is begun?"""
    asked = turn.pause(Stage.CONFIRMING, NEW)
    return asked.say(Said(phrases_intake.NEW_ASK), options=options((GO_ON, START_AFRESH)))


def ask_reopen(turn: Turn, number: str) -> Turn:
    """A bare hello after a solved ticket: about that one, or something new?"""
    asked = turn.pause(Stage.CONFIRMING, REOPEN)
    return asked.say(phrases_intake.REOPEN_ASK(number=number), options=options((SAME_REQUEST, SOMETHING_NEW)))


def drop(turn: Turn) -> Turn:
    """The request is dropped; its thread stays."""
    return forget_draft(turn).say(Said(phrases_intake.CANCELLED))


def start_afresh(turn: Turn) -> Turn:
    """Another request, whatever was begun."""
    return go_on(begin(turn).remark(Said(phrases_intake.NEW_REQUEST)))


def ask_quote(turn: Turn, head: TicketHead) -> Turn:
    """A mere “yes” some time after the price: is that what it meant?"""
    asked = turn.pause(Stage.CONFIRMING, f"{QUOTE}:{head.ticket_id}")
    return asked.say(
        phrases_ticket.QUOTE_ASK_AGAIN(number=head.number),
        options=quote_options(head.ticket_id, head.quote_number),
    )


def answer_quote(turn: Turn, head: TicketHead, is_accepted: bool, number: int = 0) -> Turn:
    """The price is accepted or declined; the desk sees whether it still may be, and says so."""
    return turn.into(head.ticket_id).then(AnswerQuote(head.ticket_id, is_accepted, number))


def answer_access(turn: Turn, head: TicketHead, place: str) -> Turn:
    """Access is given for the length at that place, or `no`."""
    turn = turn.into(head.ticket_id)
    if place == "no":
        return turn.then(DeclineAccess(head.ticket_id))
    return turn.then(GrantAccess(head.ticket_id, int(place)))


def _resume(turn: Turn) -> Turn:
    return repeat(turn.resume())


def _speak(locale: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        spoken = set_locale(turn, locale, is_chosen=True).remark(Said(phrases_intake.LANGUAGE_SET))
        return repeat(spoken.resume())

    return go


def _stay(turn: Turn) -> Turn:
    return _resume(turn.evolve(other_locale="", other_locale_count=0, is_locale_chosen=True))


def _other_category(turn: Turn) -> Turn:
    question = by_key(turn.policy, CATEGORY)
    answers = {key: detail for key, detail in turn.conversation.answers.items() if key != CATEGORY}
    turn = turn.resume().evolve(answers=answers, weighed="")
    return ask(turn, question) if question else go_on(turn)


def _go_on_anyway(turn: Turn) -> Turn:
    return go_on(turn.resume())


def _helped(turn: Turn) -> Turn:
    return forget_draft(turn).say(Said(phrases_intake.KNOWN_GLAD))


def _emergency_in(locale: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        return go_on(set_locale(turn, locale, is_chosen=True).resume())

    return go


def _in_opening_hours(turn: Turn) -> Turn:
    return go_on(turn.remark(Said(phrases_intake.EMERGENCY_LATER)).resume())


def _reopen(turn: Turn) -> Turn:
    return turn.resume().then(Reopen(turn.conversation.ticket_id))


def _quote(is_accepted: bool) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        head = _asked_about(turn)
        return answer_quote(turn.resume(), head, is_accepted, head.quote_number) if head else turn.resume()

    return go


def _access_ways(turn: Turn) -> tuple[Way, ...]:
    return tuple(Way(pick, _access(pick.key)) for pick in access_picks(turn.conversation, turn.policy))


def _access(place: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        head = _asked_about(turn)
        return answer_access(turn.resume(), head, place) if head else turn.resume()

    return go


def _asked_about(turn: Turn) -> TicketHead | None:
    ticket_id = turn.conversation.asking.partition(":")[2] or turn.conversation.ticket_id
    return turn.conversation.head(ticket_id)


def _ways(*ways: tuple[Button, Callable[[Turn], Turn]]) -> Callable[[Turn], tuple[Way, ...]]:
    made = tuple(Way(button.pick, go) for button, go in ways)
    return lambda _: made


def _switch_ways(turn: Turn) -> tuple[Way, ...]:
    other = turn.conversation.other_locale
    known = (Way(_agreeing(other), _speak(other)),) if other in LOCALES else ()
    return (*known, Way(STAY.pick, _stay))


def _agreeing(locale: str) -> Pick:
    named = language_pick(locale)
    return Pick(named.key, (*named.names, *GO_ON.pick.names))


def _emergency_ways(turn: Turn) -> tuple[Way, ...]:
    line = turn.policy.emergency
    spoken = tuple(Way(language_pick(code), _emergency_in(code)) for code in (line.languages if line else ()))
    return (*spoken, Way(IN_OPENING_HOURS.pick, _in_opening_hours))


_FORKS: Mapping[str, Callable[[Turn], tuple[Way, ...]]] = {
    CANCEL: _ways((KEEP_GOING, _resume), (DROP, drop)),
    NEW: _ways((GO_ON, _resume), (START_AFRESH, start_afresh)),
    SWITCH: _switch_ways,
    SCOPE: _ways((CONTINUE_ANYWAY, _go_on_anyway), (OTHER_CATEGORY, _other_category), (DROP, drop)),
    EMERGENCY: _emergency_ways,
    ARTICLE: _ways((HELPED, _helped), (NOT_HELPED, _go_on_anyway)),
    REOPEN: _ways((SAME_REQUEST, _reopen), (SOMETHING_NEW, start_afresh)),
    QUOTE: _ways((ACCEPT, _quote(True)), (DECLINE, _quote(False))),
    ACCESS: _access_ways,
}
