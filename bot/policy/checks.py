"""Checks that pydantic runs on a policy file, where one part depends on another.

They need a validation context and don't run on stored policies: those were checked when their file was read, and
a check added later must not make them unreadable.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import (
    AfterValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from bot.policy.policy_errors import KeyPath

Mistake: TypeAlias = InitErrorDetails
Context = Mapping[str, Any]
"""The valid sections read so far; and as `keys`, the keys of the items of each list, valid or not."""


def mistake(path: KeyPath, message: str, allowed: str) -> Mistake:
    """What is wrong and what is allowed; the path starts at the checked value."""
    return Mistake(type=validation_error(message, allowed), loc=path, input=None)


def validation_error(message: str, allowed: str) -> PydanticCustomError:
    """The same for the checked value itself."""
    return PydanticCustomError("policy", "{message}", {"message": message, "allowed": allowed})


def report(mistakes: Callable[[Context], Iterable[Mistake]], info: ValidationInfo) -> None:
    """Raise all of the mistakes together."""
    found = [] if info.context is None else list(mistakes(info.context))
    if found:
        raise ValidationError.from_exception_data("policy", found)


def checked(*checks: Callable[[Any, Context], Iterable[Mistake]]) -> AfterValidator:
    """The validator that reports everything that the checks find in a value."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        report(lambda read: (found for check in checks for found in check(value, read)), info)
        return value

    return AfterValidator(validate)


def refers_to(section: str, noun: str) -> AfterValidator:
    """The key of an item in that section."""

    def check(key: str, read: Context) -> Iterator[Mistake]:
        known = read["keys"].get(section, ())
        if key not in known:
            yield mistake((), f"there is no {noun} {key!r}", ", ".join(known) or f"add a {noun} first")

    return checked(check)


def each_once(*names: str) -> WrapValidator:
    """No two tables of a list have the same value for one of these keys; reported beside the list's other errors."""

    def validate(given: Any, read: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if info.context is None:
            return read(given)
        items = enumerate(given) if isinstance(given, list) else ()
        tables = {place: item for place, item in items if isinstance(item, Mapping)}
        info.context["keys"][info.field_name] = [str(table.get("key")) for table in tables.values()]
        found = [each for name in names for each in _repeated(tables, name, info.field_name)]
        if not found:
            return read(given)
        try:
            read(given)
        except ValidationError as error:
            found += map(_as_mistake, error.errors())
        raise ValidationError.from_exception_data("policy", found)

    return WrapValidator(validate)


def _repeated(tables: Mapping[int, Any], name: str, section: str | None) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for place, table in tables.items():
        value = str(table.get(name))
        if name in table and first.setdefault(value, place) != place:
            message = f"{value!r} is already used by {section}[{first[value] + 1}]"
            yield mistake((place, name), message, "each value once")


def _as_mistake(error: Any) -> Mistake:
    kind = PydanticCustomError(error["type"], error["msg"], error.get("ctx"))
    return Mistake(type=kind, loc=error["loc"], input=error["input"])


def repeated_words(items: Sequence[Any], _: Context) -> Iterator[Mistake]:
    """Words that more than one item of a list has."""
    owners: dict[str, int] = {}
    for place, item in enumerate(items):
        for number, word in enumerate(item.words):
            owner = owners.setdefault(word.casefold(), place)
            if owner != place:
                message = f"the word {word!r} already means {items[owner].key!r}"
                yield mistake((place, "words", number), message, "each word once")
