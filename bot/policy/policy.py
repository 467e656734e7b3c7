"""The policy of one desk: its promises, hours, questions and plans, as read from a TOML file.

Data only. `load_policy` is the one function of the package that reads a file; nothing here writes one.
"""

import json
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Self, TypeVar

from pydantic import Field, ValidationError

from bot.calendar.business_calendar import BusinessCalendar, NeverOpensError
from bot.calendar.durations import Duration
from bot.policy.alert_settings import AccessSettings, AlertSettings, NotificationSettings
from bot.policy.automation_section import Rule
from bot.policy.cross_checks import cross_check
from bot.policy.field_types import Key, Section, Text
from bot.policy.hours_section import Hours
from bot.policy.policy_errors import PolicyError, Problem
from bot.policy.sections import Article, Category, Emergency, Plan, Priority, Question, TargetKey
from bot.policy.toml_lines import parse_toml
from bot.policy.validation_errors import format_key_path, line_of, problems_of
from bot.policy.whatsapp_section import WhatsAppSettings

MAX_BYTES = 1_000_000
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)

_Keyed = TypeVar("_Keyed", Category, Plan, Priority, Question)


class Policy(Section):
    """Everything that one desk promises and asks; equal content has an equal `version`."""

    key: Key = Field(description="A short name for the policy.")
    title: Text = Field(description="The desk's name, as customers and agents read it.")
    hours: Hours = Field(description="When the desk is open.")
    priorities: tuple[Priority, ...] = Field(min_length=1, description="From the lowest to the highest.")
    default_priority: Key | None = Field(
        default=None, description="When none was chosen; not given: the lowest."
    )
    categories: tuple[Category, ...] = Field(default=(), description="What requests are about.")
    questions: tuple[Question, ...] = Field(min_length=1, description="In the order in which they are asked.")
    plans: tuple[Plan, ...] = Field(
        default=(), description="What accounts may include; none given: no limits."
    )
    default_plan: Key | None = Field(default=None, description="The plan of a contact without an account.")
    alerts: AlertSettings = Field(default=AlertSettings(), description="Who hears of a deadline, and when.")
    tells: NotificationSettings = Field(
        default=NotificationSettings(), description="Which changes the customer hears of."
    )
    emergency: Emergency | None = Field(default=None, description="The emergency line, if there is one.")
    access: AccessSettings | None = Field(default=None, description="Temporary access, if it is offered.")
    whatsapp: WhatsAppSettings = Field(
        default=WhatsAppSettings(), description="Templates for WhatsApp, and their limit."
    )
    archive_after: int = Field(
        default=90,
        strict=True,
        gt=7,
        le=3650,
        description=(
            "Days that a closed ticket must have been still before it moves from the live desk to the archive. "
            "More than the 7 in which a solved one can be opened again by writing."
        ),
    )
    is_knowledge_first: bool = Field(
        default=False, strict=True, description="Known answers are offered before a ticket is opened."
    )
    articles: tuple[Article, ...] = Field(default=(), description="The known answers.")
    rules: tuple[Rule, ...] = Field(default=(), description="What the desk does by itself, in this order.")

    def __hash__(self) -> int:
        return hash(self.version)

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that name this content; a ticket keeps the version it was promised under."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return sha256(content.encode()).hexdigest()[:12]

    @cached_property
    def calendar(self) -> BusinessCalendar:
        """The calendar on which targets are counted."""
        return self.hours.calendar()

    def priority(self, key: str) -> Priority:
        """The priority of that key; KeyError when there is none."""
        return _by_key(self.priorities, key)

    def category(self, key: str) -> Category:
        """The category of that key; KeyError when there is none."""
        return _by_key(self.categories, key)

    def question(self, key: str) -> Question:
        """The question of that key; KeyError when it is not asked."""
        return _by_key(self.questions, key)

    def plan(self, key: str) -> Plan:
        """The plan of that key; KeyError when there is none."""
        return _by_key(self.plans, key)

    @property
    def usual_priority(self) -> Priority:
        """The priority of a request for which none was chosen."""
        return self.priority(self.default_priority) if self.default_priority else self.priorities[0]

    def target(self, target: TargetKey, priority_key: str, plan_key: str = "") -> Duration | None:
        """What is promised: by the plan, else to everybody with that priority; None: no such promise."""
        plan = next((plan for plan in self.plans if plan.key == plan_key), None)
        own = plan.target(priority_key, target) if plan else None
        return own or self.priority(priority_key).targets.get(target)

    def to_json(self) -> str:
        """The whole policy; `from_json` makes an equal one with the same version."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The policy that `to_json` wrote; PolicyError when it is another shape."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise PolicyError(problems_of(error, {}, cls)) from error

    @classmethod
    def from_toml(cls, text: str, source: str = "") -> Self:
        """The policy that an author wrote; PolicyError with every mistake, each with its line."""
        content, lines = parse_toml(text, source)
        problems = [
            Problem(format_key_path(found.path), line_of(found.path, lines), found.message, found.allowed)
            for found in cross_check(content)
        ]
        try:
            policy = cls.model_validate(content)
        except ValidationError as error:
            problems += problems_of(error, lines, cls)
        if problems:
            raise PolicyError(tuple(sorted(problems, key=lambda problem: problem.line or 0)), source)
        policy._must_open_sometimes(line_of(("hours",), lines), source)
        return policy

    def _must_open_sometimes(self, line: int | None, source: str) -> None:
        try:
            self.calendar.next_opening(_ANY_DAY)
        except NeverOpensError as error:
            raise PolicyError(
                (Problem("hours", line, "the desk is never open", str(error)),), source
            ) from error


def load_policy(path: str | Path) -> Policy:
    """The policy in that file; PolicyError when it cannot be read, or with every mistake in it."""
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
        raise PolicyError(
            (Problem("", line, "not text in UTF-8", "a file saved as UTF-8"),), source
        ) from error


def _by_key(parts: tuple[_Keyed, ...], key: str) -> _Keyed:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
