"""A typed number presses the choice that it stands beside, whatever was asked."""

from dataclasses import replace

from bot.conversation.intake.questions import find_question
from bot.conversation.turn import Turn
from bot.messages.inbound import Inbound, MessageKind
from bot.model.conversation import Stage
from bot.text.normalise import read_number

_IN_OWN_WORDS = ("text", "code")
_NUMBERING_CHANNELS = ("whatsapp",)
"""Where choices are lines that begin with a number; elsewhere they're buttons without one."""


def with_number_pressed(turn: Turn, inbound: Inbound) -> Inbound:
    """The message as the press of a shown choice, if its text is that choice's number; else unchanged."""
    shown = turn.conversation.shown
    if not shown or inbound.choice or inbound.kind is not MessageKind.TEXT or not _is_choice(turn, inbound):
        return inbound
    number = read_number(inbound.text)
    return replace(inbound, choice=shown[number - 1]) if number and number <= len(shown) else inbound


def _is_choice(turn: Turn, inbound: Inbound) -> bool:
    """Stars are read with the comment beside them. Where any words may be the answer, only a number shown counts."""
    if turn.conversation.stage is Stage.RATING:
        return False
    question = find_question(turn.policy, turn.conversation.asking)
    if turn.conversation.stage is not Stage.ASKING or question is None or question.kind not in _IN_OWN_WORDS:
        return True
    has_digit = any(map(str.isdigit, inbound.text))
    return has_digit and inbound.address.channel in _NUMBERING_CHANNELS
