"""Reads a message for everything it says."""

from collections.abc import Sequence

from bot.policy.policy import Policy
from bot.reading.acts import Act, ActKind, Reading
from bot.reading.not_sending import forbids_sending
from bot.reading.read_acts import read_acts, read_parts
from bot.reading.situations import Situation

_MAY_SEND = (Situation.SUMMARY, Situation.CONFIRM)


def read(text: str, situation: Situation, policy: Policy) -> Reading:
    """The acts in the text, given where the conversation stands."""
    parts = read_parts(text, situation)
    acts = read_acts(parts)
    if situation in _MAY_SEND and forbids_sending(text):
        acts = _held(text, acts)
    return Reading(text, acts, parts)


def _held(text: str, acts: Sequence[Act]) -> tuple[Act, ...]:
    others = (act for act in acts if act.kind not in (ActKind.SEND, ActKind.HOLD))
    return (Act(ActKind.HOLD, 1.0, text), *others)
