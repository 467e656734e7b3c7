"""Imports aiogram's types without building a validator for each of them; import this before aiogram.

aiogram has several hundred types and builds all their validators when it's imported: that takes seconds and 100 MB,
and we need a handful. With this, pydantic builds each one when it's first used.
"""

from typing import Any, Literal, Optional, Union

from pydantic import BaseModel

_build_now: Any = vars(BaseModel)["model_rebuild"]


def _build_later(cls: type[Any], /, **options: Any) -> bool | None:
    if cls.__module__.startswith("aiogram."):
        return None
    result: bool | None = _build_now.__get__(None, cls)(**options)
    return result


def _build_when_used(cls: type[Any], /, **options: Any) -> bool | None:
    """Build one type; the names in its annotations are those that aiogram itself would use."""
    names = {**(options.pop("_types_namespace", None) or {}), **_NAMES}
    result: bool | None = _build_now.__get__(None, cls)(**options, _types_namespace=names)
    return result


setattr(BaseModel, "model_rebuild", classmethod(_build_later))  # noqa: B010 - a method can't be assigned to, says mypy
try:
    from aiogram import methods, types
    from aiogram.client.default import Default
finally:
    setattr(BaseModel, "model_rebuild", _build_now)  # noqa: B010

_NAMES = {
    "List": list,
    "Optional": Optional,
    "Union": Union,
    "Literal": Literal,
    "Default": Default,
    **{name: getattr(types, name) for name in types.__all__},
}
for _base in (types.TelegramObject, methods.TelegramMethod, methods.Response):
    setattr(_base, "model_rebuild", classmethod(_build_when_used))  # noqa: B010
