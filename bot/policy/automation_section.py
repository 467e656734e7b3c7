"""The `[[rules]]` of a policy: when each one runs, its conditions and its actions."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from bot.messages.localized import LocalizedText
from bot.policy.automation_checks import contradictions, unknown_answers, unreachable_rules, useless_priority
from bot.policy.checks import Context, Mistake, checked, each_once, mistake, validation_error
from bot.policy.field_types import CategoryKey, Flag, Key, Language, PlanKey, PriorityKey, Section, Text
from bot.policy.sections import Synonym
from bot.text.normalise import tokens

Trigger = Literal["opened", "customer_wrote", "reopened"]

MAX_TAG_LENGTH = 32  # characters


def _as_list(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


def _in_every_language(given: Any) -> Any:
    text = given.strip() if isinstance(given, str) else ""
    return LocalizedText(text, text, text) if 0 < len(text) <= 1000 else given


def _without_comma(tag: str) -> str:
    if "," in tag:
        raise validation_error(f"{tag!r} has a comma", "one tag, or several in [ ]")
    return tag


def _is_a_word(phrase: str) -> str:
    if not tokens(phrase):
        raise validation_error(
            f"{phrase!r} has no letters or digits, so it is never found", "one or more words"
        )
    return phrase


_Item = TypeVar("_Item")
OneOrMore = Annotated[tuple[_Item, ...], BeforeValidator(_as_list), Field(min_length=1)]
"""One value, or a list of them."""

Channel = Literal["whatsapp", "telegram", "portal"]
Word = Annotated[Synonym, AfterValidator(_is_a_word)]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=MAX_TAG_LENGTH),
    AfterValidator(_without_comma),
]
Note = Annotated[Text, BeforeValidator(_in_every_language)]
"""Text in three languages, or one text for all of them."""
AssigneeName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class _Effective(Section):
    def mistakes(self, read: Context) -> Iterator[Mistake]:
        """A table that sets nothing."""
        if not any(value for _, value in self):
            yield mistake((), "has no effect", f"one or more of {', '.join(type(self).model_fields)}")


class Condition(_Effective):
    """What must match: every key, and for a key with several values, any of them."""

    category: OneOrMore[CategoryKey] | None = Field(default=None, description="What the request is about.")
    priority: OneOrMore[PriorityKey] | None = Field(default=None, description="As the customer left it.")
    plan: OneOrMore[PlanKey] | None = Field(default=None, description="The customer's plan.")
    language: OneOrMore[Language] | None = Field(default=None, description="The customer's language.")
    channel: OneOrMore[Channel] | None = Field(
        default=None, description="Where they wrote; `portal` is your own app, through the API."
    )
    hours: Literal["open", "closed"] | None = Field(default=None, description="Whether the desk is open.")
    answers: Annotated[Mapping[Key, OneOrMore[Synonym]], checked(unknown_answers)] | None = Field(
        default=None,
        min_length=1,
        description="By question: keys of options for `choice`, words for `text`.",
    )
    words: OneOrMore[Word] | None = Field(
        default=None,
        description="Whole words or phrases in a new description, or in the message just written.",
    )


class When(Condition):
    """The conditions. Every key must match, and for a key with several values, any of them."""

    all: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="More tables with these keys; all of them must match too."
    )
    any: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="More tables with these keys; one of them must match too."
    )


class Then(_Effective):
    """The actions. Those already done or not possible are skipped, and the others run."""

    tags: OneOrMore[Tag] | None = Field(default=None, description="Tags to add.")
    priority: PriorityKey | None = Field(
        default=None,
        description="Raises the priority to this one, or the highest below it in the plan. The customer is told.",
    )
    assign: AssigneeName | None = Field(
        default=None,
        description="Name or login of the agent who gets it if it's unassigned. It stays new until they start.",
    )
    note: Note | None = Field(default=None, description="A note for agents, left once per request.")
    stop: Flag = Field(default=False, description="No later rule is checked for this trigger.")


class Rule(Section):
    """Something the desk does automatically. Rules are checked in file order, once per trigger."""

    key: Key = Field(description="A short name for it.")
    label: Text = Field(description="Its name as agents read it in the thread.")
    on: OneOrMore[Trigger] = Field(
        description=(
            "`opened`: a request is complete. `customer_wrote`: more than thanks, on a request that isn't solved. "
            "`reopened`: a message reopened a solved request."
        )
    )
    when: When | None = Field(default=None, description="Its conditions; left out, it always applies.")
    then: Then = Field(description="Its actions.")

    def mistakes(self, read: Context) -> Iterator[Mistake]:
        """Conditions that never match, and a priority that never takes effect."""
        yield from contradictions(self.when, read)
        yield from useless_priority(self, read)


Rules = Annotated[tuple[Rule, ...], checked(unreachable_rules), each_once("key")]
