"""Confirmations: cancel, start over, switch language, go on anyway, reopen, accept a quote, grant access.

A reply that matches no choice is taken as an answer to the question before it (`bot.conversation.advance`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.conversation.ask_again import ask_again
from bot.conversation.buttons import (
    ACCEPT,
    CLOSE_IT,
    CONTINUE_ANYWAY,
    DECLINE,
    DROP,
    DROP_INSTEAD,
    ERASE_IT,
    ERASE_SURELY,
    GO_ON,
    HELPED,
    IN_OPENING_HOURS,
    KEEP_DATA,
    KEEP_GOING,
    KEEP_OPEN,
    NOT_HELPED,
    OPEN_SECOND,
    OTHER_CATEGORY,
    SAME_REQUEST,
    SECOND_NO,
    SOMETHING_NEW,
    START_AFRESH,
    STAY,
    Button,
    button_options,
    chosen_key,
    language_pick,
)
from bot.conversation.effects import AnswerQuote, DeclineAccess, GrantAccess, Reopen, Resolve
from bot.conversation.intake.category_scope import EMERGENCY, SCOPE, ask_emergency
from bot.conversation.intake.draft import (
    ask,
    ask_next,
    forget_draft,
    reached,
    start_draft,
    take_first_message,
)
from bot.conversation.intake.known_answers import ARTICLE
from bot.conversation.intake.questions import CATEGORY, find_question
from bot.conversation.language import SWITCH, set_locale
from bot.conversation.personal_data import (
    CONFIRM_ERASE,
    CONFIRM_ERASE_AGAIN,
    ask_erase_again,
    keep_data,
    plan_erasure,
)
from bot.conversation.ticket_prompts import access_picks, quote_options
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue, phrases_intake, phrases_ticket
from bot.messages.button_payloads import ACCESS, QUOTE, SECOND
from bot.messages.inbound import Inbound
from bot.messages.localized import LOCALES
from bot.messages.outgoing import Translatable
from bot.model.conversation import Stage, TicketSummary
from bot.model.intake_record import CANCELLED, KNOWN_ANSWER_HELPED
from bot.reading.acts import NOTHING, ActKind, Reading
from bot.reading.not_sending import forbids_sending
from bot.text.choice_matching import Pick, match_choice
from bot.text.normalise import NEGATIONS, tokens

CONFIRM_CANCEL, CONFIRM_NEW, CONFIRM_REOPEN, CONFIRM_CLOSE = "cancel", "new", "reopen", "close"
_MAY_BE_DROPPED = (SCOPE, CONFIRM_CANCEL)
_MORE_LIKELY = 0.5
_AGREES = {
    CONFIRM_CANCEL: ActKind.CANCEL,
    CONFIRM_CLOSE: ActKind.CLOSE,
    CONFIRM_REOPEN: ActKind.REOPEN,
    CONFIRM_ERASE: ActKind.ERASE,
    CONFIRM_ERASE_AGAIN: ActKind.ERASE,
}
"""What says yes to a confirmation by repeating what it's about."""


@dataclass(frozen=True, slots=True)
class ConfirmationChoice:
    """One possible reply to a confirmation, and what it does."""

    pick: Pick
    go: Callable[[Turn], Turn]


def take_confirmation(turn: Turn, inbound: Inbound, reading: Reading = NOTHING) -> Turn | None:
    """Carry out the reply that's chosen, or meant by other words for yes or no; None if it's neither."""
    about = turn.conversation.asking.partition(":")[0]
    find = _CONFIRMATIONS.get(about)
    choices = find(turn) if find else ()
    picks = [choice.pick for choice in choices]
    chosen = (
        chosen_key(inbound, picks)
        or _given_up(about, reading)
        or match_choice(_yes_or_no(about, reading), picks)
    )
    done = next((choice.go(turn) for choice in choices if choice.pick.key == chosen), None)
    is_unclear = done is None and about in _ASKS_AGAIN and bool(_yes_or_no(about, reading))
    return _ASKS_AGAIN[about](turn) if is_unclear else done


def _given_up(about: str, reading: Reading) -> str:
    """“Leave it then, I'll ask them”, where the request is out of scope or we ask whether to cancel it."""
    if about not in _MAY_BE_DROPPED:
        return ""
    is_given_up = reading.has(ActKind.CANCEL, ActKind.CLOSE) and reading.likely("send") < _MORE_LIKELY
    is_forbidden = forbids_sending(reading.text)
    is_declined = (
        about == SCOPE and not reading.has(ActKind.SEND) and reading.has(ActKind.THANKS, ActKind.DONE)
    )
    return DROP.payload if is_given_up or is_forbidden or is_declined else ""


def _yes_or_no(about: str, reading: Reading) -> str:
    """“Yes” or “no”, if that's what they mean; "" otherwise."""
    agreed = reading.find(ActKind.SEND, _AGREES.get(about, ActKind.SEND))
    declined = reading.find(ActKind.HOLD)
    if (
        agreed
        and agreed.kind in (ActKind.CLOSE, ActKind.ERASE)
        and not NEGATIONS.isdisjoint(tokens(reading.text))
    ):
        agreed = None  # “don't close it yet”
    if agreed is None and declined is None:
        return ""
    return "yes" if agreed and (declined is None or agreed.confidence > declined.confidence) else "no"


def ask_cancel(turn: Turn) -> Turn:
    """Ask whether to cancel the request, with the safe choice first."""
    asked = turn.pause(Stage.CONFIRMING, CONFIRM_CANCEL)
    return asked.say(Translatable(phrases_intake.CANCEL_ASK), options=button_options((KEEP_GOING, DROP)))


def ask_new(turn: Turn) -> Turn:
    """Ask whether to start a new request when one is already begun."""
    asked = turn.pause(Stage.CONFIRMING, CONFIRM_NEW)
    return asked.say(Translatable(phrases_intake.NEW_ASK), options=button_options((GO_ON, START_AFRESH)))


def ask_reopen(turn: Turn, number: str) -> Turn:
    """After a bare hello on a resolved ticket: is it about that one, or something new?"""
    asked = turn.pause(Stage.CONFIRMING, CONFIRM_REOPEN)
    return asked.say(
        phrases_intake.REOPEN_ASK(number=number), options=button_options((SAME_REQUEST, SOMETHING_NEW))
    )


def ask_close(turn: Turn, ticket: TicketSummary) -> Turn:
    """They say that it's solved: ask before we close it."""
    asked = turn.pause(Stage.CONFIRMING, CONFIRM_CLOSE)
    return asked.say(
        phrases_dialogue.CLOSE_ASK(number=ticket.number), options=button_options((CLOSE_IT, KEEP_OPEN))
    )


def cancel_request(turn: Turn) -> Turn:
    """Cancel the request; its thread stays."""
    return forget_draft(reached(turn, CANCELLED)).say(Translatable(phrases_intake.CANCELLED))


def start_over(turn: Turn) -> Turn:
    """Start another request and drop the current draft."""
    return ask_next(start_draft(turn).add_lines(Translatable(phrases_intake.NEW_REQUEST)))


def open_second_request(turn: Turn) -> Turn:
    """Start the second request with the words it was noticed in."""
    words = turn.conversation.second_request
    return take_first_message(start_draft(turn).add_lines(Translatable(phrases_intake.NEW_REQUEST)), words)


def ask_quote(turn: Turn, ticket: TicketSummary) -> Turn:
    """A bare “yes” some time after the quote: did they mean to accept it?"""
    asked = turn.pause(Stage.CONFIRMING, f"{QUOTE}:{ticket.ticket_id}")
    return asked.say(
        phrases_ticket.QUOTE_ASK_AGAIN(number=ticket.number),
        options=quote_options(ticket.ticket_id, ticket.quote_number),
    )


def answer_quote(turn: Turn, ticket: TicketSummary, is_accepted: bool, number: int = 0) -> Turn:
    """Accept or decline the quote; the desk checks whether that's still possible, and replies."""
    return turn.in_thread(ticket.ticket_id).with_effects(AnswerQuote(ticket.ticket_id, is_accepted, number))


def answer_access(turn: Turn, ticket: TicketSummary, index: str) -> Turn:
    """Grant access for the duration at that index, or decline with `no`."""
    turn = turn.in_thread(ticket.ticket_id)
    if index == "no":
        return turn.with_effects(DeclineAccess(ticket.ticket_id))
    return turn.with_effects(GrantAccess(ticket.ticket_id, int(index)))


def _resume(turn: Turn) -> Turn:
    return ask_again(turn.resume())


def _switch_to(locale: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        spoken = set_locale(turn, locale, is_chosen=True).add_lines(Translatable(phrases_intake.LANGUAGE_SET))
        return ask_again(spoken.resume())

    return go


def _stay(turn: Turn) -> Turn:
    return _resume(turn.evolve(other_locale="", other_locale_count=0, is_locale_chosen=True))


def _other_category(turn: Turn) -> Turn:
    question = find_question(turn.policy, CATEGORY)
    answers = {key: detail for key, detail in turn.conversation.answers.items() if key != CATEGORY}
    turn = turn.resume().evolve(answers=answers, weighed="")
    return ask(turn, question) if question else ask_next(turn)


def _go_on_anyway(turn: Turn) -> Turn:
    return ask_next(turn.resume())


def _helped(turn: Turn) -> Turn:
    return forget_draft(reached(turn, KNOWN_ANSWER_HELPED)).say(Translatable(phrases_intake.KNOWN_GLAD))


def _emergency_in(locale: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        return ask_next(set_locale(turn, locale, is_chosen=True).resume())

    return go


def _in_opening_hours(turn: Turn) -> Turn:
    return ask_next(turn.add_lines(Translatable(phrases_intake.EMERGENCY_LATER)).resume())


def _reopen(turn: Turn) -> Turn:
    return turn.resume().with_effects(Reopen(turn.conversation.ticket_id))


def _close(turn: Turn) -> Turn:
    ticket = turn.conversation.current
    resumed = turn.resume()
    if ticket is None or not ticket.is_live:
        return resumed
    closed = resumed.in_thread(ticket.ticket_id).with_effects(Resolve(ticket.ticket_id))
    return closed.say(phrases_dialogue.CLOSED_THANKS(number=ticket.number))


def _keep_open(turn: Turn) -> Turn:
    ticket = turn.conversation.current
    resumed = turn.resume()
    return resumed.say(phrases_dialogue.STAYS_OPEN(number=ticket.number)) if ticket else resumed


def _keep_one_request(turn: Turn) -> Turn:
    """Their words stay in the first one."""
    ticket = turn.conversation.current
    resumed = turn.resume().evolve(second_request="")
    return resumed.say(phrases_dialogue.SECOND_KEPT(number=ticket.number)) if ticket else resumed


def _quote(is_accepted: bool) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        ticket = _ticket_asked_about(turn)
        resumed = turn.resume()
        return answer_quote(resumed, ticket, is_accepted, ticket.quote_number) if ticket else resumed

    return go


def _access_choices(turn: Turn) -> tuple[ConfirmationChoice, ...]:
    return tuple(
        ConfirmationChoice(pick, _access(pick.key)) for pick in access_picks(turn.conversation, turn.policy)
    )


def _access(index: str) -> Callable[[Turn], Turn]:
    def go(turn: Turn) -> Turn:
        ticket = _ticket_asked_about(turn)
        return answer_access(turn.resume(), ticket, index) if ticket else turn.resume()

    return go


def _ticket_asked_about(turn: Turn) -> TicketSummary | None:
    ticket_id = turn.conversation.asking.partition(":")[2] or turn.conversation.ticket_id
    return turn.conversation.ticket_summary(ticket_id)


def _choices(
    *choices: tuple[Button, Callable[[Turn], Turn]],
) -> Callable[[Turn], tuple[ConfirmationChoice, ...]]:
    fixed = tuple(ConfirmationChoice(button.pick, go) for button, go in choices)
    return lambda _: fixed


def _language_switch_choices(turn: Turn) -> tuple[ConfirmationChoice, ...]:
    other = turn.conversation.other_locale
    known = (ConfirmationChoice(_language_or_yes(other), _switch_to(other)),) if other in LOCALES else ()
    return (*known, ConfirmationChoice(STAY.pick, _stay))


def _language_or_yes(locale: str) -> Pick:
    named = language_pick(locale)
    return Pick(named.key, (*named.names, *GO_ON.pick.names))


def _emergency_choices(turn: Turn) -> tuple[ConfirmationChoice, ...]:
    line = turn.policy.emergency
    spoken = tuple(
        ConfirmationChoice(language_pick(code), _emergency_in(code))
        for code in (line.languages if line else ())
    )
    return (*spoken, ConfirmationChoice(IN_OPENING_HOURS.pick, _in_opening_hours))


_ASKS_AGAIN: Mapping[str, Callable[[Turn], Turn]] = {EMERGENCY: ask_emergency}
"""Choices among more than two ways, to which “yes” is no reply."""
_CONFIRMATIONS: Mapping[str, Callable[[Turn], tuple[ConfirmationChoice, ...]]] = {
    CONFIRM_CANCEL: _choices((KEEP_GOING, _resume), (DROP, cancel_request)),
    CONFIRM_NEW: _choices((GO_ON, _resume), (START_AFRESH, start_over)),
    SWITCH: _language_switch_choices,
    SCOPE: _choices(
        (CONTINUE_ANYWAY, _go_on_anyway), (OTHER_CATEGORY, _other_category), (DROP_INSTEAD, cancel_request)
    ),
    EMERGENCY: _emergency_choices,
    ARTICLE: _choices((HELPED, _helped), (NOT_HELPED, _go_on_anyway)),
    CONFIRM_REOPEN: _choices((SAME_REQUEST, _reopen), (SOMETHING_NEW, start_over)),
    CONFIRM_CLOSE: _choices((CLOSE_IT, _close), (KEEP_OPEN, _keep_open)),
    CONFIRM_ERASE: _choices((ERASE_IT, ask_erase_again), (KEEP_DATA, keep_data)),
    CONFIRM_ERASE_AGAIN: _choices((ERASE_SURELY, plan_erasure), (KEEP_DATA, keep_data)),
    SECOND: _choices((OPEN_SECOND, open_second_request), (SECOND_NO, _keep_one_request)),
    QUOTE: _choices((ACCEPT, _quote(True)), (DECLINE, _quote(False))),
    ACCESS: _access_choices,
}
