"""Copies of frozen values with some fields changed, for those that change many times a message.

`dataclasses.replace` would pass each of their many fields through `__init__`.
"""

from typing import Any, TypeVar

T = TypeVar("T")


def copy_with(value: T, **changes: Any) -> T:
    """A copy of a dataclass without slots; TypeError for a field that it has not."""
    copy = object.__new__(type(value))
    fields = copy.__dict__
    fields.update(value.__dict__)
    count = len(fields)
    fields.update(changes)
    if len(fields) != count:
        strange = next(name for name in changes if name not in value.__dict__)
        raise TypeError(f"{type(value).__name__} has no {strange}")
    return copy
