"""Turns pydantic's errors into problems that an author can fix: the key, its line and what is allowed."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.messages.localized import LOCALES
from bot.policy.policy_errors import KeyPath, Problem

_TABLE = ("is not a table", "")
_WORDING = {  # pydantic's error type: what is wrong, what is allowed
    "missing": ("is required", "see docs/policy.md"),
    "extra_forbidden": ("is not a known key", ""),
    "string_pattern_mismatch": (
        "is not a valid key",
        "up to 32 lower-case letters, digits and _, a letter first",
    ),
    "too_short": ("is empty", "at least one"),
    "string_too_short": ("is empty", "some text"),
    "string_type": ("is not text", "text in quotes"),
    "tuple_type": ("is not a list", "a list in [ ]"),
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "bool_type": ("is not true or false", "true or false"),
    "int_type": ("is not a whole number", "digits without quotes or a decimal point"),
    "float_type": ("is not a number", ""),
    "literal_error": ("is not one of the allowed values", ""),
}


def problems_of(
    error: ValidationError, lines: Mapping[KeyPath, int], model: type[BaseModel]
) -> tuple[Problem, ...]:
    """Every mistake that pydantic found, in file order."""
    errors = (dict(each) for each in error.errors(include_url=False))
    # Pydantic also calls a list too short because its items are invalid.
    told = (each for each in errors if not (each["type"] == "too_short" and each["input"]))
    return tuple(sorted((_problem(each, lines, model) for each in told), key=lambda found: found.line or 0))


def _problem(error: dict[str, Any], lines: Mapping[KeyPath, int], model: type[BaseModel]) -> Problem:
    path = tuple(part for part in error["loc"] if part != "[key]")  # pydantic's mark for a key of a mapping
    if path not in lines and path[:-1] in lines and isinstance(path[-1], int):
        path = path[:-1]  # one value where a list is possible, too
    context, plain = error.get("ctx", {}), error["msg"].removeprefix("Input ")
    message, allowed = _WORDING.get(error["type"], (plain[:1].lower() + plain[1:], ""))
    if error["type"] == "missing" and path[-1] in LOCALES:
        allowed = "text"
    if error["type"] == "extra_forbidden":
        allowed = _known_keys(model, path)
    allowed = str(context.get("allowed") or context.get("expected") or allowed)
    key = "".join(f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in path).removeprefix(".")
    return Problem(key, _line_of(path, lines), context.get("message", message), allowed)


def _line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    """The line of that key, or of the nearest table or list around it."""
    found = (lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next(filter(None, found), None)


def _known_keys(model: type[BaseModel], path: KeyPath) -> str:
    section: type[BaseModel] | None = model
    for key in path[:-1]:
        if section and isinstance(key, str):
            section = _section_in(section.model_fields[key].annotation)
    known = sorted(section.model_fields) if section else LOCALES  # a text is a table, but no section
    near = get_close_matches(str(path[-1]), known, n=1)
    return (f"did you mean {near[0]}? " if near else "") + ", ".join(known)


def _section_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_section_in, get_args(annotation))), None)
