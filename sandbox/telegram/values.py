"""Reads parameters: one reader per kind of value, which parses or refuses it."""

import json
import re
from collections.abc import Callable
from typing import Any

from sandbox.telegram.errors import bad_request

Reader = Callable[[str, Any], Any]


def integer(name: str, raw: Any) -> int:
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,18}", str(raw)):
        raise bad_request(f'field "{name}" must be a valid Number')
    return int(raw)


def number(name: str, raw: Any) -> float:
    try:
        return float(raw)
    except (TypeError, ValueError):
        raise bad_request(f'field "{name}" must be a valid Number') from None


def boolean(name: str, raw: Any) -> bool:
    if str(raw).lower() not in ("true", "false", "1", "0"):
        raise bad_request(f'field "{name}" must be of type Boolean')
    return str(raw).lower() in ("true", "1")


def string(name: str, raw: Any) -> str:
    if not isinstance(raw, str):
        raise bad_request(f'field "{name}" must be of type String')
    return raw


def text(shortest: int, longest: int, problem: str) -> Reader:
    """A string of limited length in characters; `problem` is the error's description."""

    def read(name: str, raw: Any) -> str:
        value = string(name, raw)
        if not shortest <= len(value) <= longest:
            raise bad_request(problem)
        return value

    return read


def chat(name: str, raw: Any) -> int:
    """A chat id; names of public chats aren't emulated."""
    if not re.fullmatch(r"-?\d{1,18}", str(raw)) or str(raw).strip() == "":
        raise bad_request("chat_id is empty" if str(raw) == "" else "chat not found")
    return int(raw)


def load_json(name: str, raw: Any, kind: type, what: str) -> Any:
    """JSON: as text in a form, or as it is in a JSON body."""
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None
    if not isinstance(raw, kind):
        raise bad_request(f"{what} expected as {name.replace('_', ' ')}")
    return raw


def structure(required: dict[str, Reader], optional: dict[str, Reader]) -> Reader:
    """A JSON object with these fields and no others."""

    def read(name: str, raw: Any) -> dict[str, Any]:
        given = load_json(name, raw, dict, "object")
        return fields(name, {key: value for key, value in given.items() if value is not None})

    def fields(name: str, given: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(given) - set(required) - set(optional):
            raise bad_request(f"{name}: field {min(unknown)!r} is unknown or not emulated by the sandbox")
        if missing := set(required) - set(given):
            raise bad_request(f"can't parse {name}: can't find field {min(missing)!r}")
        return {key: (required.get(key) or optional[key])(key, value) for key, value in given.items()}

    return read


def list_of(each: Reader, shortest: int = 0, longest: int = 100) -> Reader:
    """A JSON array of values of one kind."""

    def read(name: str, raw: Any) -> list[Any]:
        given = load_json(name, raw, list, "array")
        if not shortest <= len(given) <= longest:
            raise bad_request(f"{name} must have {shortest} to {longest} elements")
        return [each(name, value) for value in given]

    return read


def one_of(*allowed: str, problem: str = "") -> Reader:
    def read(name: str, raw: Any) -> str:
        if raw not in allowed:
            raise bad_request(problem or f"wrong {name} {raw!r} specified")
        return str(raw)

    return read


def parse_mode(_name: str, raw: Any) -> str:
    if str(raw).lower() != "html":
        raise bad_request("unsupported parse_mode (the sandbox emulates HTML only)")
    return "HTML"
