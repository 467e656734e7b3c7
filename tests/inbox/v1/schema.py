"""Whether a value is what a JSON Schema of our document says. A keyword that it does not know fails the test."""

import re
from datetime import datetime
from typing import Any

SAYS_NOTHING = {"title", "description", "default", "examples", "$defs"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "$") -> list[str]:
    """Everything about the value that the schema does not allow."""
    found = []
    for keyword, said in schema.items():
        if keyword in SAYS_NOTHING:
            continue
        check = CHECKS[keyword]
        if isinstance(value, OF.get(keyword, object)):
            found += check(value, said, schema, document, at)
    return found


def _ref(value: Any, said: str, _: Any, document: dict[str, Any], at: str) -> list[str]:
    target: Any = document
    for part in said.removeprefix("#/").split("/"):
        target = target[part]
    return faults(value, target, document, at)


def _type(value: Any, said: str, *more: Any) -> list[str]:
    is_right = isinstance(value, TYPES[said]) and (said == "boolean" or not isinstance(value, bool))
    return [] if is_right else [f"{more[-1]}: {value!r} is no {said}"]


def _properties(value: Any, said: dict[str, Any], _: Any, document: dict[str, Any], at: str) -> list[str]:
    known = [(name, each) for name, each in said.items() if name in value]
    return [f for name, each in known for f in faults(value[name], each, document, f"{at}.{name}")]


def _additional(value: Any, said: Any, schema: Any, document: dict[str, Any], at: str) -> list[str]:
    others = set(value) - set(schema.get("properties", ()))
    if said is False:
        return [f"{at}: {name} is not told of" for name in others]
    return [f for name in others for f in faults(value[name], said, document, f"{at}.{name}")]


def _required(value: Any, said: list[str], _: Any, __: Any, at: str) -> list[str]:
    return [f"{at}: {name} is missing" for name in said if name not in value]


def _items(value: Any, said: Any, _: Any, document: dict[str, Any], at: str) -> list[str]:
    return [f for n, each in enumerate(value) for f in faults(each, said, document, f"{at}[{n}]")]


def _any_of(value: Any, said: list[Any], _: Any, document: dict[str, Any], at: str) -> list[str]:
    tried = [faults(value, each, document, at) for each in said]
    return [] if any(not each for each in tried) else [f"{at}: none of {tried}"]


def _enum(value: Any, said: list[Any], _: Any, __: Any, at: str) -> list[str]:
    return [] if value in said else [f"{at}: {value!r} is none of {said}"]


def _const(value: Any, said: Any, _: Any, __: Any, at: str) -> list[str]:
    return [] if value == said else [f"{at}: {value!r} is not {said!r}"]


def _format(value: Any, said: str, _: Any, __: Any, at: str) -> list[str]:
    assert said == "date-time", said
    return [] if datetime.fromisoformat(value).tzinfo else [f"{at}: {value!r} has no zone"]


def _property_names(value: Any, said: Any, _: Any, document: dict[str, Any], at: str) -> list[str]:
    return [f for name in value for f in faults(name, said, document, f"{at}: the name {name}")]


def _max_properties(value: Any, said: int, _: Any, __: Any, at: str) -> list[str]:
    return [] if len(value) <= said else [f"{at}: too many"]


def _min_length(value: Any, said: int, _: Any, __: Any, at: str) -> list[str]:
    return [] if len(value) >= said else [f"{at}: too short"]


def _max_length(value: Any, said: int, _: Any, __: Any, at: str) -> list[str]:
    return [] if len(value) <= said else [f"{at}: too long"]


def _pattern(value: Any, said: str, _: Any, __: Any, at: str) -> list[str]:
    return [] if re.search(said, value) else [f"{at}: {value!r} does not fit"]


OF: dict[str, type] = {
    "properties": dict, "additionalProperties": dict, "required": dict, "propertyNames": dict,
    "maxProperties": dict, "items": list, "format": str, "minLength": str, "maxLength": str, "pattern": str,
}  # fmt: skip
"""A keyword says nothing about values of other types."""

CHECKS: dict[str, Any] = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "items": _items,
    "anyOf": _any_of,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "propertyNames": _property_names,
    "maxProperties": _max_properties,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
}
