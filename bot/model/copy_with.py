"""Fast copies of frozen dataclasses with some fields changed.

`dataclasses.replace` passes every field through `__init__`, too slow for values that change many times per message.
"""

from typing import Any, TypeVar

T = TypeVar("T")


def copy_with(value: T, **changes: Any) -> T:
    """A copy of a dataclass without slots; TypeError for an unknown field."""
    copy = object.__new__(type(value))
    fields = copy.__dict__
    fields.update(value.__dict__)
    count = len(fields)
    fields.update(changes)
    if len(fields) != count:
        strange = next(name for name in changes if name not in value.__dict__)
        raise TypeError(f"{type(value).__name__} has no {strange}")
    return copy
