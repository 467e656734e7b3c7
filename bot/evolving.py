"""Copies of frozen values with some fields changed, for those that change many times a message.

`dataclasses.replace` would pass each of their many fields through `__init__`.
"""

from typing import Any, TypeVar

T = TypeVar("T")


def evolved(value: T, **changes: Any) -> T:
    """A copy of a dataclass without slots; TypeError for a field that it has not."""
    fields = value.__dataclass_fields__  # type: ignore[attr-defined]
    for name in changes:
        if name not in fields:
            raise TypeError(f"{type(value).__name__} has no {name}")
    copy = object.__new__(type(value))
    copy.__dict__.update(value.__dict__, **changes)
    return copy
