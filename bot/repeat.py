"""Asking again what waits for an answer, after something else was seen to."""

from bot import phrases_desk
from bot.buttons import STARS, options
from bot.conversation import Stage
from bot.intake import ask, ask_change, go_on, review
from bot.questions import by_key
from bot.tongue import ask_language
from bot.turn import Turn


def repeat(turn: Turn) -> Turn:
    """The question that waits, said again; a yes or no is let go for what waited before it."""
    match turn.conversation.stage:
        case Stage.LANGUAGE:
            return ask_language(turn)
        case Stage.ASKING:
            question = by_key(turn.policy, turn.conversation.asking)
            return ask(turn, question) if question else go_on(turn)
        case Stage.REVIEWING:
            return review(turn)
        case Stage.CHANGING:
            return ask_change(turn)
        case Stage.CONFIRMING:
            return repeat(turn.resume())
        case Stage.RATING:
            return _rate_again(turn)
        case Stage.IDLE:
            return turn


def _rate_again(turn: Turn) -> Turn:
    head = turn.conversation.head(turn.conversation.asking) or turn.conversation.current
    if head is None:
        return turn.wait(Stage.IDLE)
    return turn.say(phrases_desk.RATE_ASK(number=head.number), options=options(STARS))
