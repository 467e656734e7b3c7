"""Asking again what waits for an answer, after something else was seen to."""

from collections.abc import Callable, Mapping

from bot.conversation.buttons import STARS, options
from bot.conversation.intake import ask, ask_change, go_on, review
from bot.conversation.language import ask_language
from bot.conversation.questions import by_key
from bot.conversation.turn import Turn
from bot.messages import phrases_ticket
from bot.model.conversation import Stage


def repeat(turn: Turn) -> Turn:
    """The question that waits, said again; a yes or no is let go for what waited before it."""
    return _AGAIN.get(turn.conversation.stage, _nothing)(turn)


def _nothing(turn: Turn) -> Turn:
    return turn


def _ask_again(turn: Turn) -> Turn:
    question = by_key(turn.policy, turn.conversation.asking)
    return ask(turn, question) if question else go_on(turn)


def _before_the_fork(turn: Turn) -> Turn:
    return repeat(turn.resume())


def _rate_again(turn: Turn) -> Turn:
    head = turn.conversation.head(turn.conversation.asking) or turn.conversation.current
    if head is None:
        return turn.wait(Stage.IDLE)
    return turn.say(phrases_ticket.RATE_ASK(number=head.number), options=options(STARS))


_AGAIN: Mapping[Stage, Callable[[Turn], Turn]] = {
    Stage.LANGUAGE: ask_language,
    Stage.ASKING: _ask_again,
    Stage.REVIEWING: review,
    Stage.CHANGING: ask_change,
    Stage.CONFIRMING: _before_the_fork,
    Stage.RATING: _rate_again,
}
