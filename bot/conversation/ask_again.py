"""Repeats the open question after something else was handled."""

from collections.abc import Callable, Mapping

from bot.conversation.buttons import STARS, button_options
from bot.conversation.intake.draft import ask, ask_change, ask_next, show_summary
from bot.conversation.intake.questions import find_question
from bot.conversation.language import ask_language
from bot.conversation.turn import Turn
from bot.messages import phrases_ticket
from bot.model.conversation import Stage


def ask_again(turn: Turn) -> Turn:
    """Repeat the open question; a confirmation is dropped in favour of the question before it."""
    return _AGAIN.get(turn.conversation.stage, _nothing)(turn)


def _nothing(turn: Turn) -> Turn:
    return turn


def _ask_question_again(turn: Turn) -> Turn:
    question = find_question(turn.policy, turn.conversation.asking)
    return ask(turn, question) if question else ask_next(turn)


def _resume_and_ask_again(turn: Turn) -> Turn:
    return ask_again(turn.resume())


def _rate_again(turn: Turn) -> Turn:
    ticket = turn.conversation.ticket_summary(turn.conversation.asking) or turn.conversation.current
    if ticket is None:
        return turn.wait(Stage.IDLE)
    return turn.say(phrases_ticket.RATE_ASK(number=ticket.number), options=button_options(STARS))


_AGAIN: Mapping[Stage, Callable[[Turn], Turn]] = {
    Stage.LANGUAGE: ask_language,
    Stage.ASKING: _ask_question_again,
    Stage.REVIEWING: show_summary,
    Stage.CHANGING: ask_change,
    Stage.CONFIRMING: _resume_and_ask_again,
    Stage.RATING: _rate_again,
}
