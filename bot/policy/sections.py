"""The sections about requests: questions, categories, known answers, priorities, plans, the emergency line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from bot.calendar.durations import Duration
from bot.messages.localized import LOCALES, LocalizedText
from bot.policy.checks import Context, Mistake, checked, each_once, mistake, repeated_words
from bot.policy.field_types import (
    CategoryKey,
    Count,
    Flag,
    Key,
    Language,
    PlanKey,
    PriorityKey,
    Section,
    Target,
    Text,
)

MAX_BUTTON_LENGTH = 20  # characters

TargetKey = Literal["review", "first_response", "next_response", "resolution"]
QuestionKind = Literal["text", "choice", "category", "priority", "attachments", "code"]
Scope = Literal["support", "quote", "out_of_scope", "emergency"]

Targets = Mapping[TargetKey, Target]
Synonym = Annotated[str, Field(min_length=1, max_length=60)]
Example = Annotated[str, Field(min_length=1, max_length=300)]

_KNOWN_QUESTIONS = dict.fromkeys(("name", "company", "affected", "description"), "text") | {
    "support_code": "code", "category": "category", "priority": "priority", "attachments": "attachments",
}  # fmt: skip
"""The kind of each question that the bot knows by its key."""

_NEEDED_BY_ALL = {"description", "category", "priority", "code"}


def _too_long_for_a_button(text: LocalizedText, _: Context) -> Iterator[Mistake]:
    for locale in LOCALES:
        label = text.in_(locale)
        if len(label) > MAX_BUTTON_LENGTH:
            message = f"{label!r} has {len(label)} characters, too many for a button"
            yield mistake((locale,), message, f"at most {MAX_BUTTON_LENGTH}")


_Item = TypeVar("_Item")
Worded = Annotated[tuple[_Item, ...], checked(repeated_words), each_once("key")]
"""A list of items that customers can name: no two have the same key or word."""

ButtonText = Annotated[Text, checked(_too_long_for_a_button)]
"""Text for a button."""


class Choice(Section):
    """One of the answers a customer can choose."""

    key: Key = Field(description="Its name in tickets and reports.")
    label: ButtonText = Field(description="The text on its button: at most 20 characters per language.")
    description: Text | None = Field(default=None, description="A second line that explains it.")
    words: tuple[Synonym, ...] = Field(default=(), description="What people call it, in any language.")


class Question(Section):
    """One detail that a ticket needs."""

    key: Key = Field(
        description=(
            "Any name. The bot has its own wording for `name`, `company`, `support_code`, `category`, `affected`, "
            "`description`, `priority` and `attachments`."
        )
    )
    kind: QuestionKind = Field(default="text", description="The kind of answer.")
    label: Text = Field(description="Its short name in the summary and in the inbox.")
    ask: Text | None = Field(default=None, description="The question as the customer reads it.")
    example: Text | None = Field(default=None, description="Shown if an answer is too short.")
    min_words: Count = Field(default=0, le=50, description="With fewer, the bot asks once more.")
    is_required: Flag = Field(default=True, description="Whether customers must answer it.")
    is_remembered: Flag = Field(default=False, description="Asked only once per contact.")
    categories: tuple[CategoryKey, ...] = Field(default=(), description="Asked for these; empty: for all.")
    options: Worded[Choice] = Field(default=(), description='The choices, for `kind = "choice"`.')


def _bad_questions(questions: Sequence[Question], read: Context) -> Iterator[Mistake]:
    for n, question in enumerate(questions):
        kind = _KNOWN_QUESTIONS.get(question.key, question.kind)
        if question.kind != kind:
            message = f"the question {question.key!r} has a different kind"
            yield mistake((n, "kind"), message, f'kind = "{kind}"')
        if question.kind == "choice" and not question.options:
            yield mistake((n, "kind"), "a choice needs options", "[[questions.options]]")
        if question.kind != "choice" and question.options:
            yield mistake((n, "options"), "only a choice has options", 'kind = "choice"')
        needed = _NEEDED_BY_ALL & {question.key, question.kind}
        if question.categories and needed:
            yield mistake((n, "categories"), f"every request needs its {min(needed)}", "no categories here")


def _incomplete_ticket(questions: Sequence[Question], read: Context) -> Iterator[Mistake]:
    kinds = [question.kind for question in questions]
    if not any(question.key == "description" for question in questions):
        yield mistake((), "a ticket needs a description", 'a question with key = "description"')
    if ("category" in kinds) != bool(read["keys"].get("categories")):
        needed = 'a question with kind = "category" and [[categories]], or neither'
        yield mistake((), "categories and the question about them need each other", needed)
    for kind in ("category", "priority", "attachments"):
        if kinds.count(kind) > 1:
            yield mistake((), f"two questions have the kind {kind!r}", "one")


Questions = Annotated[tuple[Question, ...], checked(_bad_questions, _incomplete_ticket), each_once("key")]


class Category(Choice):
    """What a request is about, and how the desk handles it."""

    scope: Scope = Field(
        default="support",
        description=(
            "`quote`: a technical service, answered with a personal quote and without a clock. "
            "`out_of_scope`: customers are told before they write a long story. "
            "`emergency`: counted around the clock for the plans and languages under `[emergency]`."
        ),
    )
    notice: Text | None = Field(default=None, description="Sent when a customer chooses the category.")


class Article(Section):
    """A known answer, offered before a request is opened."""

    key: Key = Field(description="A short name for it.")
    label: Text = Field(description="Its title, as the customer reads it.")
    text: Text = Field(description="The answer in a few sentences, or where to find it.")
    words: tuple[Synonym, ...] = Field(min_length=1, description="Words in requests that it answers.")


class Priority(Section):
    """How urgent a request is, and what the desk promises for it. List the lowest first."""

    key: Key = Field(description="Its name in tickets and reports.")
    label: ButtonText = Field(description="The text on its button: at most 20 characters per language.")
    criteria: Text | None = Field(default=None, description="When to choose it, as the customer reads it.")
    words: tuple[Synonym, ...] = Field(default=(), description="What people call it, in any language.")
    targets: Targets = Field(min_length=1, description="What the desk promises: one or more.")


class Emergency(Section):
    """Who can use the emergency line, in which languages, and what it promises around the clock."""

    plans: tuple[PlanKey, ...] = Field(default=(), description="Plans that include it; empty: everyone.")
    languages: tuple[Language, ...] = Field(
        default=("en", "fr", "es"), min_length=1, description="Languages that the people on call speak."
    )
    targets: Targets = Field(description="Promises, counted around the clock.")
    notice: Text | None = Field(default=None, description="Sent when an emergency is opened.")
    language_notice: Text | None = Field(default=None, description="Sent to readers of other languages.")

    def covers(self, plan_key: str, locale: str) -> bool:
        """Whether customers with that plan and language can use the line."""
        return locale in self.languages and (not self.plans or plan_key in self.plans)


class Plan(Section):
    """What a customer's account includes."""

    key: Key = Field(description="Its name in the accounts file.")
    label: Text = Field(description="Its name as customers know it.")
    rank: Count = Field(description="Accounts can only move to a plan of higher rank.")
    monthly_quota: Count | None = Field(default=None, description="Requests per month; more are marked.")
    priorities: tuple[PriorityKey, ...] = Field(default=(), description="Included priorities; empty: all.")
    is_premium: Flag = Field(default=False, description="Includes a VIP code, help by phone, and experts.")
    min_term_months: Count = Field(default=0, le=120, description="The minimum term.")
    update_every: Target | None = Field(
        default=None, description="After each reply, an update is owed within this time, even unasked."
    )
    targets: Mapping[PriorityKey, Targets] = Field(
        default_factory=dict, description="By priority: what this plan promises instead."
    )

    def allows(self, priority_key: str) -> bool:
        """Whether the plan includes that priority."""
        return not self.priorities or priority_key in self.priorities

    def target(self, priority_key: str, target: TargetKey) -> Duration | None:
        """The plan's own promise; None if the priority's promise applies."""
        return self.targets.get(priority_key, {}).get(target)


Plans = Annotated[tuple[Plan, ...], each_once("key", "rank")]
