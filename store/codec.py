"""Values to JSON and back, by their types: the only place that knows how our values are written down.

Defaults are left out and unknown fields ignored, so that a record written by another version still loads.
"""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def dump(value: Any) -> bytes:
    """`value`, a frozen dataclass of ours, as compact JSON."""
    return _adapter(type(value)).dump_json(value, exclude_defaults=True)


def load(kind: type[T], raw: bytes) -> T:
    """The value of type `kind` that `raw` holds; pydantic's ValidationError when it holds none."""
    value: T = _adapter(kind).validate_json(raw)
    return value


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
