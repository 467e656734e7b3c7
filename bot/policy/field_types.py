"""How the values in a policy file are written and checked: texts in three languages, keys, amounts of time.

Each type refuses with a message for the policy's author and says what is allowed.
"""

from difflib import get_close_matches
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bot.calendar.durations import EXAMPLES, Duration
from bot.messages.localized import LOCALES, LocalizedText

TARGETS = ("review", "first_response", "next_response", "resolution")
"""The promises that a desk may make about a ticket."""


class Section(BaseModel):
    """A section of a policy: frozen, and with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def validation_error(message: str, allowed: str = "") -> PydanticCustomError:
    """An error that keeps what is allowed beside what is wrong."""
    return PydanticCustomError("policy", "{message}", {"message": message, "allowed": allowed})


_Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    en: _Word
    fr: _Word
    es: _Word


class _InThreeLanguages:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = handler.generate_schema(_Words)
        as_table = core_schema.plain_serializer_function_ser_schema(_as_table)
        return core_schema.no_info_wrap_validator_function(_label, words, serialization=as_table)


def _label(given: Any, read: ValidatorFunctionWrapHandler) -> LocalizedText:
    if isinstance(given, LocalizedText):
        return given
    if not isinstance(given, dict):
        raise validation_error("this text is needed in each language", "a table with en, fr and es")
    words = read(given)
    return LocalizedText(words.en, words.fr, words.es)


def _as_table(label: LocalizedText) -> dict[str, str]:
    return {locale: label.in_(locale) for locale in LOCALES}


Text = Annotated[LocalizedText, _InThreeLanguages]
"""One text in English, French and Spanish, all three given."""


def _allowance(given: Any) -> Duration:
    if isinstance(given, Duration):
        return given
    if not isinstance(given, str):
        raise validation_error(f"not an amount of time: {given!r}", EXAMPLES)
    try:
        return Duration.parse(given)
    except ValueError as error:
        raise validation_error(str(error), EXAMPLES) from error


def _more_than_zero(given: Any) -> Duration:
    allowance = _allowance(given)
    if allowance.is_zero:
        raise validation_error("a target of no time at all cannot be kept", EXAMPLES)
    return allowance


Delay = Annotated[Duration, PlainValidator(_allowance), PlainSerializer(str)]
"""An amount of time, “0 minutes” included."""

Target = Annotated[Duration, PlainValidator(_more_than_zero), PlainSerializer(str)]
"""An amount of time that is more than none."""


def _zone(given: Any) -> ZoneInfo:
    if isinstance(given, ZoneInfo):
        return given
    known = available_timezones()
    if given in known:
        return ZoneInfo(given)
    near = get_close_matches(str(given), sorted(known), n=3, cutoff=0.5)
    allowed = ", ".join(near) if near else "an IANA name such as Europe/Paris"
    raise validation_error(f"there is no time zone {given!r}", allowed)


Zone = Annotated[ZoneInfo, PlainValidator(_zone), PlainSerializer(str)]
"""An IANA time zone such as `Europe/Paris`."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""A short name in lower case that stays the same for ever; tickets keep it."""
