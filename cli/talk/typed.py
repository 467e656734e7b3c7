"""Checks the types and keys of JSON that was given."""

from collections.abc import Collection, Mapping

from cli.talk.errors import InputError


def only(given: object, what: str, keys: Collection[str]) -> Mapping[str, object]:
    """The object, which has no other keys."""
    if not isinstance(given, dict):
        raise InputError(f"{what} must be a JSON object")
    unknown = [key for key in given if key not in keys]
    if unknown:
        raise InputError(f"{what} can't have “{unknown[0]}”; allowed: {', '.join(keys)}")
    return given


def text_of(given: Mapping[str, object], key: str) -> str:
    """The text under that key; "" if there is none."""
    value = given.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{key} must be a text")
    return value


def texts_of(given: Mapping[str, object], key: str) -> Mapping[str, str]:
    """The object of texts under that key; empty if there is none."""
    value = given.get(key) or {}
    if not isinstance(value, dict):
        raise InputError(f"{key} must be a JSON object")
    return {name: text_of(value, name) for name in value}


def is_true(given: Mapping[str, object], key: str) -> None:
    """Check that the key is `true`, the only value it can have."""
    if given[key] is not True:
        raise InputError(f"{key} must be true")
