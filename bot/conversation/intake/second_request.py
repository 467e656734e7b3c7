"""A second request in the same story: noticed while the first is taken, and offered once that one is open."""

from bot.conversation.buttons import OPEN_SECOND, SECOND_NO, button_options
from bot.conversation.turn import Turn
from bot.messages import phrases_dialogue
from bot.messages.button_payloads import SECOND
from bot.model.conversation import Stage
from bot.reading.second_request import second_request
from bot.text.normalise import on_one_line

_SHOWN = 120
"""Characters of their words that the offer shows."""


def note_second_request(turn: Turn, text: str, before: str) -> tuple[Turn, str]:
    """Note the second request in `text`, if there's one; returns what the text says about the first."""
    found = second_request(text, before, turn.policy)
    if not found:
        return turn, text
    noted = f"{turn.conversation.second_request}\n{found}".strip()
    return turn.evolve(second_request=noted), text.partition(found)[0].strip()


def offer_second_request(turn: Turn, words: str) -> Turn:
    """The first request is open: offer to open another with these words."""
    asked = turn.evolve(second_request=words).pause(Stage.CONFIRMING, SECOND)
    line = on_one_line(words)
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN].rsplit(' ', 1)[0]}…"
    return asked.say(
        phrases_dialogue.SECOND_ASK(words=shown), options=button_options((OPEN_SECOND, SECOND_NO))
    )
