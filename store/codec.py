"""Converts values to JSON and back by their types. The only place that knows how values are stored.

Defaults are left out and unknown fields ignored, so records written by another version still load.
"""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def dump(value: Any) -> bytes:
    """`value`, a frozen dataclass, as compact JSON."""
    return _adapter(type(value)).dump_json(value, exclude_defaults=True)


def load(kind: type[T], raw: bytes) -> T:
    """The value of type `kind` in `raw`; pydantic's ValidationError if it's invalid."""
    value: T = _adapter(kind).validate_json(raw)
    return value


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
