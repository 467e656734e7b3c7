"""From what was refused to what an author reads: problems with key, line and what is allowed.

Types and ranges are pydantic's; what one part says of another is `bot.policy.cross_checks`.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.messages.localized import LOCALES
from bot.policy.policy_errors import Problem
from bot.policy.toml_lines import KeyPath, LineNumbers

_SAID = {
    "missing": "is needed here",
    "extra_forbidden": "is not a known key",
    "string_pattern_mismatch": "is not a key",
    "too_short": "is empty",
    "string_too_short": "is empty",
    "string_type": "is not a text",
    "tuple_type": "is not a list",
    "dict_type": "is not a table",
    "mapping_type": "is not a table",
    "model_type": "is not a table",
    "model_attributes_type": "is not a table",
    "bool_type": "is not a yes or no",
    "int_type": "is not a whole number",
    "float_type": "is not a number",
    "literal_error": "is none of those that are known",
}
_ALLOWED = {
    "string_pattern_mismatch": "up to 32 lower-case letters, digits and _, a letter first",
    "too_short": "one or more",
    "string_too_short": "some text",
    "string_type": "a text in quotes",
    "tuple_type": "a list in [ ]",
    "bool_type": "true or false",
    "int_type": "digits without quotes or point",
}


def problems_of(error: ValidationError, lines: LineNumbers, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Every mistake that pydantic found, at the line of the nearest key that is in the file."""
    errors = error.errors(include_url=False)
    return tuple(_problem(dict(found), lines, model) for found in errors if not _is_echo(found, errors))


def _is_echo(found: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> bool:
    """A list that seems empty only because each of its entries was refused."""
    inside = (e["loc"][: len(found["loc"])] == found["loc"] for e in errors if e is not found)
    return found["type"] == "too_short" and any(inside)


def _problem(found: Mapping[str, Any], lines: LineNumbers, model: type[BaseModel]) -> Problem:
    kind, context = found["type"], found.get("ctx", {})
    path = tuple(part for part in found["loc"] if part != "[key]")  # pydantic's own mark
    message = str(context.get("message") or _SAID.get(kind) or _plain(found["msg"]))
    allowed = str(context.get("allowed", context.get("expected")) or _ALLOWED.get(kind, ""))
    if kind == "missing":
        allowed = "a text" if path[-1] in LOCALES else "see docs/policy.md"
    if kind == "extra_forbidden":
        allowed = _keys_allowed(model, path)
    return Problem(format_key_path(path), line_of(path, lines), message, allowed)


def _plain(message: str) -> str:
    plain = message.removeprefix("Input ").removeprefix("Value error, ")
    return plain[:1].lower() + plain[1:]


def line_of(path: KeyPath, lines: LineNumbers) -> int | None:
    """The line of that key, or of the nearest table or list around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def format_key_path(path: KeyPath) -> str:
    """The key path as an author would write it: `priorities[2].label.fr`, the first being [1]."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _keys_allowed(model: type[BaseModel], path: KeyPath) -> str:
    part: Any = model
    for key in path[:-1]:
        part = _part_in(part.model_fields[key].annotation) if isinstance(key, str) and part else part
    if part is None:
        return "en, fr, es"
    known = sorted(part.model_fields)
    near = get_close_matches(str(path[-1]), known, n=1)
    return f"did you mean {near[0]}? " + ", ".join(known) if near else ", ".join(known)


def _part_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_part_in(argument) for argument in get_args(annotation))
    return next((part for part in inner if part), None)
