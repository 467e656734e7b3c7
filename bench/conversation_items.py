"""Stories and turns to play, read from JSON lines.

A story is a whole conversation: `opener` is what the customer writes at first, `answers` what they say when a question
is asked (the second time, the second text), `expect` the acceptable values of the ticket's fields, and `at_most` the
messages that the best person at a desk would need. A turn is one `text` in a situation, with the effect it should
have. Turns whose `kind` contains “guard” are those where an eager bot would be wrong.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Expect = Mapping[str, Any]


class ItemError(ValueError):
    """A line that isn't a story or a turn, or can't be played; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Story:
    """A whole conversation."""

    id: str
    lang: str
    policy: str
    opener: tuple[str, ...]
    answers: Mapping[str, Sequence[str]]
    expect: Expect
    at_most: int
    channel: str = "whatsapp"
    profile_name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, from a customer who stands at `start`: their draft, the question asked, or their ticket."""

    id: str
    lang: str
    policy: str
    text: str
    expect: Expect
    situation: str = "start"
    start: Expect | None = None
    channel: str = "whatsapp"
    profile_name: str = ""
    kind: str = ""

    @property
    def is_guard(self) -> bool:
        """An eager bot would get this wrong."""
        return "guard" in self.kind


def read_items(files: Sequence[Path]) -> list[Story | Turn]:
    """The stories and turns in all the files; ItemError if a line is wrong or there are none."""
    items = [
        _read(line, f"{file}:{number}")
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    ]
    if not items:
        raise ItemError("no stories or turns to play")
    return items


def texts(value: object) -> tuple[str, ...]:
    """One text or a list of them, as a tuple."""
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)


def _read(line: str, place: str) -> Story | Turn:
    try:
        given = json.loads(line)
        return _story(given) if "opener" in given else _turn(given)
    except KeyError as error:
        raise ItemError(f"{place}: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise ItemError(f"{place}: not a story or turn: {error}") from error


def _story(given: Mapping[str, Any]) -> Story:
    answers = {key: texts(said) for key, said in given["answers"].items()}
    return Story(
        **_common(given), opener=texts(given["opener"]), answers=answers, at_most=int(given["at_most"])
    )


def _turn(given: Mapping[str, Any]) -> Turn:
    start = {key: given[key] for key in ("draft", "asking", "ticket") if key in given}
    return Turn(**_common(given), text=given["text"], situation=given["situation"], start=start)


def _common(given: Mapping[str, Any]) -> dict[str, Any]:
    required = {key: given[key] for key in ("id", "lang", "policy", "expect")}
    return required | {key: given[key] for key in ("channel", "profile_name", "kind") if key in given}
