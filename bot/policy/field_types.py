"""The types of values in a policy file: texts in three languages, keys, durations, time zones."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from bot.calendar.durations import EXAMPLES, Duration
from bot.messages.localized import LocalizedText
from bot.policy.checks import Context, Mistake, refers_to, report, validation_error

TARGETS = ("review", "first_response", "next_response", "resolution")
"""What a desk can promise for a ticket."""


class Section(BaseModel):
    """A section of a policy: frozen, without unknown keys, and checked as a whole when it's read from a file."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def mistakes(self, read: Context) -> Iterable[Mistake]:
        """What is wrong with it as a whole, or beside the sections read before it."""
        return ()

    @model_validator(mode="after")
    def _check(self, info: ValidationInfo) -> Self:
        report(self.mistakes, info)
        return self


_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class _Lines(Section):
    en: _Line
    fr: _Line
    es: _Line


def _localized(given: Any) -> LocalizedText:
    if isinstance(given, LocalizedText):
        return given
    if not isinstance(given, dict):
        raise validation_error("is needed in each language", "a table with en, fr and es")
    return LocalizedText(**dict(_Lines.model_validate(given)))


def parsed_by(parse: Callable[[str], Any], allowed: str) -> PlainValidator:
    """The validator that reads a text with a function that raises ValueError for others."""

    def validate(given: Any) -> Any:
        try:
            return parse(str(given))
        except ValueError as error:
            raise validation_error(f"{given!s}: {error}", allowed) from error

    return PlainValidator(validate)


def _above_zero(duration: Duration) -> Duration:
    if duration.is_zero:
        raise validation_error("must be longer than zero", EXAMPLES)
    return duration


def _zone(given: Any) -> ZoneInfo:
    known, name = available_timezones(), str(given)
    if name in known:
        return ZoneInfo(name)
    near = ", ".join(get_close_matches(name, sorted(known), n=3, cutoff=0.5))
    raise validation_error(f"there is no time zone {name!r}", near or "an IANA name such as Europe/Paris")


Text = Annotated[LocalizedText, PlainValidator(_localized), PlainSerializer(asdict)]
"""The same text in English, French and Spanish."""

Delay = Annotated[Duration, parsed_by(Duration.parse, EXAMPLES), PlainSerializer(str)]
"""A duration, which can be zero."""

Target = Annotated[Delay, AfterValidator(_above_zero)]
"""A duration above zero."""

Zone = Annotated[ZoneInfo, PlainValidator(_zone), PlainSerializer(str)]
"""An IANA time zone such as `Europe/Paris`."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""A short lower-case name. Tickets store it, so it must never change."""

CategoryKey = Annotated[Key, refers_to("categories", "category")]
PriorityKey = Annotated[Key, refers_to("priorities", "priority")]
PlanKey = Annotated[Key, refers_to("plans", "plan")]
Language = Literal["en", "fr", "es"]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]
