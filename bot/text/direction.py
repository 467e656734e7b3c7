"""Removes invisible signs that change the direction of text: in a name, they'd turn the words after it around."""

import re

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS_AND_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_direction_controls(text: str) -> str:
    """The text without overrides, embeddings and isolates; the marks that some scripts need stay."""
    return text if text.isprintable() else _CONTROLS.sub("", text)


def plain_name(text: str) -> str:
    """A name on one line, without any sign that changes its direction."""
    return " ".join(_CONTROLS_AND_MARKS.sub("", text).split())
