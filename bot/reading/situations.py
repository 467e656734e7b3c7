"""What a message may mean, depending on where the conversation stands: a bias for each label of the model.

A label without a bias isn't possible there. Biases are log odds: -2 asks for much clearer words.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.reading.acts import URGENCY_LABELS


class Situation(StrEnum):
    """Where the conversation stands when a message comes."""

    START = "start"  # nothing is open and nothing was asked
    NAME = "name"
    COMPANY = "company"
    CODE = "code"
    CATEGORY = "category"
    AFFECTED = "affected"  # and any other question answered in free text
    DESCRIPTION = "description"
    PRIORITY = "priority"
    CHOICE = "choice"
    SUMMARY = "summary"
    CONFIRM = "confirm"
    OPEN = "open"  # a ticket is live
    SOLVED = "solved"  # a ticket was solved lately


_ALWAYS = (
    "name",
    "topic",
    "person",
    "bot",
    "hours",
    "cost",
    "how_long",
    "language",
    "my_data",
    "erase",
    "story",
    "anger",
    "hello",
    "thanks",
)
_ASKING = (
    *_ALWAYS,
    "why",
    "repeat",
    "recap",
    "back",
    "cancel",
    "change",
    "unsure",
    "none",
    "refuse",
    "done",
    *URGENCY_LABELS,
)
_TICKET = (*_ALWAYS, "status", "close", "reopen", "new", "recap", *URGENCY_LABELS)

_LABELS: Mapping[Situation, tuple[str, ...]] = {
    Situation.START: (*_ALWAYS, "status", "new", "repeat", "cancel", "recap", "reopen", *URGENCY_LABELS),
    Situation.SUMMARY: (*_ASKING, "send", "hold", "new"),
    Situation.CONFIRM: (*_ASKING, "send", "hold", "new", "close", "reopen"),
    Situation.PRIORITY: (*_ASKING, "send", "close"),
    Situation.OPEN: (*_TICKET, "cancel", "why"),
    Situation.SOLVED: _TICKET,
}
_PERSONAL = {"refuse": 0.7, "cancel": -1.0, "repeat": 0.3}
_NOT_ASKED = dict.fromkeys(URGENCY_LABELS, -1.5)
_BIASES: Mapping[Situation, Mapping[str, float]] = {
    Situation.START: {
        "story": 1.0,
        "status": -1.0,
        "repeat": -2.0,
        "recap": -1.0,
        "cancel": -1.0,
        "reopen": -1.0,
    },
    Situation.NAME: {"language": -0.5, "why": 1.0, **_PERSONAL},
    Situation.COMPANY: {"why": 1.0, **_PERSONAL},
    Situation.CODE: {"why": 1.5, "none": 1.5, "unsure": 1.0, "refuse": 0.5, "repeat": -0.5, "cancel": -1.0},
    Situation.CATEGORY: {"story": 1.5, "cost": -3.0, "hours": -1.0, "unsure": 0.5},
    Situation.AFFECTED: {"story": 1.5, "language": -2.0, "my_data": -2.0, "erase": -2.0},
    Situation.DESCRIPTION: {
        "story": 1.5,
        "my_data": -1.0,
        "erase": -1.0,
        "language": -2.0,
        "back": -1.0,
        "cancel": -0.5,
        "bot": -0.5,
    },
    Situation.PRIORITY: {**dict.fromkeys(URGENCY_LABELS, 1.5), "why": 0.5},
    Situation.SUMMARY: {"send": 1.0, "change": 0.5, "cancel": -0.5},
    Situation.OPEN: {"story": 0.5, "status": 1.5, "new": -0.5, "close": 0.5, **_NOT_ASKED},
    Situation.SOLVED: {"reopen": 1.0, "close": 0.5, "thanks": 0.5, **_NOT_ASKED},
}


def biases(situation: Situation) -> Mapping[str, float]:
    """The possible labels there, with their biases."""
    extra = _BIASES.get(situation, {})
    return {label: extra.get(label, 0.0) for label in _LABELS.get(situation, (*_ASKING, "close"))}
