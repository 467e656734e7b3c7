"""What a policy asks and offers: questions, choices, categories, priorities. Shapes and defaults only."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.calendar.durations import Duration
from bot.policy.field_types import Key, Section, Target, Text

TargetKey = Literal["review", "first_response", "next_response", "resolution"]
QuestionKind = Literal["text", "choice", "category", "priority", "attachments", "code"]
Scope = Literal["support", "quote", "out_of_scope", "emergency"]

Synonym = Annotated[str, Field(min_length=1, max_length=60)]


class Choice(Section):
    """One thing a customer may choose."""

    key: Key = Field(description="Its name in tickets and reports.")
    label: Text = Field(description="At most 20 characters a language: it is written on a button.")
    description: Text | None = Field(default=None, description="A second line that explains the choice.")
    words: tuple[Synonym, ...] = Field(
        default=(), description="Words by which people call it, in any language."
    )


class Question(Section):
    """One detail that a ticket needs."""

    key: Key = Field(
        description=(
            "Any name. `name`, `company`, `support_code`, `category`, `affected`, `description`, `priority` "
            "and `attachments` are known to the desk and have a wording of their own."
        )
    )
    kind: QuestionKind = Field(default="text", description="What sort of answer is taken.")
    label: Text = Field(description="Its short name in the summary and in the inbox.")
    ask: Text | None = Field(default=None, description="The question as the customer reads it.")
    example: Text | None = Field(default=None, description="Shown when an answer was too short.")
    min_words: int = Field(
        default=0, ge=0, le=50, strict=True, description="Fewer words are asked once more."
    )
    is_required: bool = Field(default=True, strict=True, description="Whether it may be skipped.")
    is_remembered: bool = Field(
        default=False, strict=True, description="Asked once in the life of a contact."
    )
    categories: tuple[Key, ...] = Field(
        default=(), description="Asked only for requests of these categories; none given: for all."
    )
    options: tuple[Choice, ...] = Field(default=(), description='What may be chosen, for `kind = "choice"`.')


class Category(Choice):
    """What a request is about, and whether it is support at all."""

    scope: Scope = Field(
        default="support",
        description=(
            "`quote`: technical service, answered with a personal quote and without a response clock. "
            "`out_of_scope`: the customer is told before they write a long story. "
            "`emergency`: counted around the clock for the plans and languages under `[emergency]`."
        ),
    )
    notice: Text | None = Field(default=None, description="Told when the category is chosen.")


class Article(Section):
    """A known answer, offered before a request is opened."""

    key: Key = Field(description="A short name for it.")
    label: Text = Field(description="Its title, as the customer reads it.")
    text: Text = Field(description="The answer in a few sentences, or where it stands.")
    words: tuple[Synonym, ...] = Field(
        min_length=1, description="Words of a request, in any language, to which it is the answer."
    )


class Priority(Section):
    """How urgent a request is, and what is promised for it. Written from the lowest to the highest."""

    key: Key = Field(description="Its name in tickets and reports.")
    label: Text = Field(description="At most 20 characters a language: it is written on a button.")
    criteria: Text | None = Field(default=None, description="When to choose it, as the customer reads it.")
    words: tuple[Synonym, ...] = Field(
        default=(), description="Words by which people call it, in any language."
    )
    targets: Mapping[TargetKey, Target] = Field(
        default_factory=dict,
        description="What is aimed for; one target or more.",
    )


class Emergency(Section):
    """Who may use the emergency line, in which languages, and what is aimed for around the clock."""

    plans: tuple[Key, ...] = Field(
        default=(), description="Plans that include it; none given: every customer."
    )
    languages: tuple[Literal["en", "fr", "es"], ...] = Field(
        default=("en", "fr", "es"), min_length=1, description="Languages that the people on call speak."
    )
    targets: Mapping[TargetKey, Target] = Field(description="Counted around the clock.")
    notice: Text | None = Field(default=None, description="Told when an emergency is opened.")
    language_notice: Text | None = Field(default=None, description="Told to speakers of the other languages.")

    def covers(self, plan_key: str, locale: str) -> bool:
        """Whether somebody with that plan who reads that language may use the line."""
        return locale in self.languages and (not self.plans or plan_key in self.plans)


class Plan(Section):
    """What a customer's account includes."""

    key: Key = Field(description="Its name in the file of accounts.")
    label: Text = Field(description="The plan as customers know it.")
    rank: int = Field(strict=True, ge=0, description="Plans change to a higher rank only.")
    monthly_quota: int | None = Field(
        default=None, strict=True, ge=0, description="Requests a month; past it they are recorded and marked."
    )
    priorities: tuple[Key, ...] = Field(
        default=(), description="What may be asked for; none given: all of them."
    )
    is_premium: bool = Field(
        default=False, strict=True, description="Has a VIP code, telephone help, experts."
    )
    min_term_months: int = Field(default=0, strict=True, ge=0, le=120, description="The firm term.")
    update_every: Target | None = Field(
        default=None, description="After each reply, news is owed within so much time, though nobody asked."
    )
    targets: Mapping[Key, Mapping[TargetKey, Target]] = Field(
        default_factory=dict, description="By priority: what this plan promises instead."
    )

    def allows(self, priority_key: str) -> bool:
        """Whether customers of this plan may ask for that priority."""
        return not self.priorities or priority_key in self.priorities

    def target(self, priority_key: str, target: TargetKey) -> Duration | None:
        """What this plan promises of its own; None: the priority's promise holds."""
        return self.targets.get(priority_key, {}).get(target)
