"""The policy of one desk: its promises, hours, questions and plans, as read from a TOML file.

`load_policy` is the only function here that reads a file; nothing writes one.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from bot.calendar.business_calendar import BusinessCalendar
from bot.calendar.durations import Duration
from bot.policy.alert_settings import AccessSettings, AlertSettings, NotificationSettings
from bot.policy.automation_section import Rules
from bot.policy.checks import Context, Mistake, mistake
from bot.policy.field_types import CategoryKey, Count, Flag, Key, PlanKey, PriorityKey, Section, Text
from bot.policy.hours_section import Hours
from bot.policy.policy_errors import PolicyError, Problem
from bot.policy.privacy_section import PrivacySettings
from bot.policy.sections import (
    Article,
    Category,
    Emergency,
    Example,
    Plan,
    Plans,
    Priority,
    Question,
    Questions,
    TargetKey,
    Worded,
)
from bot.policy.toml_lines import parse_toml
from bot.policy.unfinished_section import UnfinishedSettings
from bot.policy.validation_errors import problems_of
from bot.policy.whatsapp_section import WhatsAppSettings

MAX_BYTES = 1_000_000

_Keyed = TypeVar("_Keyed", Category, Plan, Priority, Question)


class Policy(Section):
    """What the desk promises and asks.

    A check sees the fields above its own, so their order matters. Equal content has an equal `version`.
    """

    model_config = ConfigDict(validate_default=True)  # so that checks see sections that are left out, too

    key: Key = Field(description="A short name for the policy.")
    title: Text = Field(description="The desk's name, as customers and agents read it.")
    hours: Hours = Field(description="When the desk is open.")
    priorities: Worded[Priority] = Field(min_length=1, description="From the lowest to the highest.")
    default_priority: PriorityKey | None = Field(
        default=None, description="If the customer chose none; left out, the lowest."
    )
    categories: Worded[Category] = Field(default=(), description="What requests are about.")
    questions: Questions = Field(min_length=1, description="In the order the bot asks them.")
    plans: Plans = Field(default=(), description="What accounts include; without plans, there are no limits.")
    default_plan: PlanKey | None = Field(default=None, description="The plan of contacts without an account.")
    alerts: AlertSettings = Field(default=AlertSettings(), description="Who gets alerts, and when.")
    tells: NotificationSettings = Field(
        default=NotificationSettings(), description="Which changes customers are told about."
    )
    emergency: Emergency | None = Field(default=None, description="The emergency line, if there is one.")
    access: AccessSettings | None = Field(default=None, description="Temporary access, if offered.")
    whatsapp: WhatsAppSettings = Field(
        default=WhatsAppSettings(), description="WhatsApp templates and their limit."
    )
    archive_after: Count = Field(
        default=90, gt=7, le=3650, description="Days until an inactive closed ticket is archived (over 7)."
    )
    unfinished: UnfinishedSettings = Field(
        default=UnfinishedSettings(), description="Requests that aren't sent."
    )
    privacy: PrivacySettings = Field(default=PrivacySettings(), description="When customers’ data is erased.")
    is_knowledge_first: Flag = Field(default=False, description="Offers known answers before a ticket.")
    articles: Worded[Article] = Field(default=(), description="The known answers.")
    costs: Text | None = Field(default=None, description="What support costs, for customers who ask.")
    examples: Mapping[CategoryKey, tuple[Example, ...]] = Field(
        default_factory=dict, description="By category: what customers write who mean it, in any language."
    )
    rules: Rules = Field(default=(), description="What the desk does automatically, in this order.")

    @field_validator("*")
    @classmethod
    def _share(cls, section: Any, info: ValidationInfo) -> Any:
        """Keep the section for the checks of those that come after it."""
        if info.context is not None:
            info.context[info.field_name] = section
        return section

    def mistakes(self, read: Context) -> Iterator[Mistake]:
        """Sections without the one that they need."""
        places = [n for n, category in enumerate(self.categories) if category.scope == "emergency"]
        if bool(places) != bool(self.emergency):
            path = ("categories", places[0], "scope") if places else ("emergency",)
            needed = '[emergency] and a category with scope = "emergency", or neither'
            yield mistake(path, "half of the emergency line is missing", needed)
        if self.is_knowledge_first and not self.articles:
            yield mistake(("is_knowledge_first",), "there are no known answers to offer", "[[articles]]")
        if self.articles and not self.is_knowledge_first:
            yield mistake(("articles",), "these answers are never offered", "is_knowledge_first = true")

    def __hash__(self) -> int:
        return hash(self.version)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that identify the content; a ticket keeps the version it was opened under."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return sha256(content.encode()).hexdigest()[:12]

    @property
    def calendar(self) -> BusinessCalendar:
        """The calendar on which targets are counted."""
        return self.hours.calendar

    def priority(self, key: str) -> Priority:
        """The priority with that key; KeyError if there is none."""
        return _by_key(self.priorities, key)

    def category(self, key: str) -> Category:
        """The category with that key; KeyError if there is none."""
        return _by_key(self.categories, key)

    def question(self, key: str) -> Question:
        """The question with that key; KeyError if there is none."""
        return _by_key(self.questions, key)

    def plan(self, key: str) -> Plan:
        """The plan with that key; KeyError if there is none."""
        return _by_key(self.plans, key)

    @property
    def usual_priority(self) -> Priority:
        """The priority of a request if the customer chose none."""
        return self.priority(self.default_priority) if self.default_priority else self.priorities[0]

    def target(self, target: TargetKey, priority_key: str, plan_key: str = "") -> Duration | None:
        """The plan's promise, or else the priority's; None if neither makes one."""
        plan = next((plan for plan in self.plans if plan.key == plan_key), None)
        own = plan.target(priority_key, target) if plan else None
        return own or self.priority(priority_key).targets.get(target)

    def to_json(self) -> str:
        """The whole policy; `from_json` makes an equal one with the same version."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The policy that `to_json` wrote; PolicyError if its shape is different."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise PolicyError(problems_of(error, {}, cls)) from error

    @classmethod
    def from_toml(cls, text: str, source: str = "") -> Self:
        """The policy that an author wrote; PolicyError with all its mistakes, each with its line."""
        content, lines = parse_toml(text, source)
        try:
            return cls.model_validate(content, context={"keys": {}})
        except ValidationError as error:
            raise PolicyError(problems_of(error, lines, cls), source) from error


def load_policy(path: str | Path) -> Policy:
    """The policy in that file; PolicyError if it can't be read, or with all its mistakes."""
    source = str(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise PolicyError((Problem("", None, f"cannot be read: {error.strerror}"),), source) from error
    return Policy.from_toml(_decoded(content, source), source)


def _decoded(content: bytes, source: str) -> str:
    if len(content) > MAX_BYTES:
        raise PolicyError((Problem("", None, "too large for a policy", "at most 1 MB"),), source)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem("", line, "not text in UTF-8", "a file saved as UTF-8")
        raise PolicyError((problem,), source) from error


def _by_key(parts: tuple[_Keyed, ...], key: str) -> _Keyed:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
