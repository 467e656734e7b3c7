"""What a policy does by itself: on which occasion, under which conditions, and then what. Shapes and defaults only.

Whether a rule names only what exists and can ever hold is `bot.policy.automation_checks`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from bot.messages.localized import LocalizedText
from bot.policy.field_types import Key, Section, Text, validation_error
from bot.policy.sections import Synonym

Trigger = Literal["opened", "customer_wrote", "reopened"]

MAX_TAG_LENGTH = 32  # characters


def _as_list(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


def _in_every_language(given: Any) -> Any:
    return LocalizedText(given.strip(), given.strip(), given.strip()) if _is_text(given) else given


def _without_comma(tag: str) -> str:
    if "," in tag:
        raise validation_error(f"{tag!r} holds a comma", "one tag, or several in [ ]")
    return tag


def _is_text(given: Any) -> bool:
    return isinstance(given, str) and 0 < len(given.strip()) <= 1000


Triggers = Annotated[tuple[Trigger, ...], BeforeValidator(_as_list), Field(min_length=1)]
Keys = Annotated[tuple[Key, ...], BeforeValidator(_as_list), Field(min_length=1)]
Languages = Annotated[tuple[Literal["en", "fr", "es"], ...], BeforeValidator(_as_list), Field(min_length=1)]
Channels = Annotated[
    tuple[Literal["whatsapp", "telegram", "portal"], ...], BeforeValidator(_as_list), Field(min_length=1)
]
Phrases = Annotated[tuple[Synonym, ...], BeforeValidator(_as_list), Field(min_length=1)]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=MAX_TAG_LENGTH),
    AfterValidator(_without_comma),
]
Tags = Annotated[tuple[Tag, ...], BeforeValidator(_as_list), Field(min_length=1)]
Note = Annotated[Text, BeforeValidator(_in_every_language)]
"""A text in three languages, or one text for all of them."""
AssigneeName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Condition(Section):
    """What must hold; of several keys each one, of several values of a key any."""

    category: Keys | None = Field(default=None, description="What the request is about.")
    priority: Keys | None = Field(default=None, description="Its priority as the customer left it.")
    plan: Keys | None = Field(default=None, description="The plan that the customer has.")
    language: Languages | None = Field(default=None, description="The language in which we write to them.")
    channel: Channels | None = Field(
        default=None, description="Where they wrote; `portal` is an app of yours, by the API."
    )
    hours: Literal["open", "closed"] | None = Field(default=None, description="Whether the desk is open.")
    answers: Mapping[Key, Phrases] | None = Field(
        default=None,
        min_length=1,
        description=(
            "By the key of a question: for `choice` the keys of options, for `text` words that the answer holds."
        ),
    )
    words: Phrases | None = Field(
        default=None,
        description=(
            "Words, one or several in a row, in the description of a new request or in the message just written. "
            "Case and accents do not matter; a word is found whole."
        ),
    )


class When(Condition):
    """When it holds. Of several keys each one must hold, of several values of a key any one."""

    all: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="More tables with the keys above; each must hold too."
    )
    any: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="More tables with the keys above; one of them must hold too."
    )


class Then(Section):
    """What is done. What was done already, or is not possible, is left out; the rest happens."""

    tags: Tags | None = Field(default=None, description="Tags that are added.")
    priority: Key | None = Field(
        default=None,
        description=(
            "It is raised to this, never lowered; where the plan does not include it, to the next lower one that it "
            "does. The customer is told."
        ),
    )
    assign: AssigneeName | None = Field(
        default=None,
        description=(
            "Name or sign-in name of whom it is given to, if nobody has it yet. It stays new until they take it up."
        ),
    )
    note: Note | None = Field(
        default=None, description="A note among agents; once for each request, however often the rule holds."
    )
    stop: bool = Field(default=False, strict=True, description="No later rule is looked at on this occasion.")


class Rule(Section):
    """Something that the desk does by itself. Rules are looked at in their order, each once for an occasion."""

    key: Key = Field(description="A short name for it.")
    label: Text = Field(description="Its name as agents read it in the thread.")
    on: Triggers = Field(
        description=(
            "One or several. `opened`: a request is complete, in a chat or by the API. `customer_wrote`: more on a "
            "request that is not solved; mere thanks do not count. `reopened`: a message opened a solved one again."
        )
    )
    when: When | None = Field(default=None, description="Its conditions; left out: always.")
    then: Then = Field(description="What is done.")
