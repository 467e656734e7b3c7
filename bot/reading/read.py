"""Reads a message for everything it says."""

from bot.policy.policy import Policy
from bot.reading.acts import Reading
from bot.reading.read_acts import read_acts, read_parts
from bot.reading.situations import Situation


def read(text: str, situation: Situation, policy: Policy) -> Reading:
    """The acts in the text, given where the conversation stands."""
    parts = read_parts(text, situation)
    return Reading(text, read_acts(parts), parts)
