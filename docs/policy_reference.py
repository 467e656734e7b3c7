"""Writes the reference part of `policy.md` from the policy's models, so that it's never out of date.

Run it from the project's root after changing a model: `python docs/policy_reference.py`.
"""

from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from bot.policy.alert_settings import AccessSettings, AlertSettings, EscalationStep, NotificationSettings
from bot.policy.automation_section import Condition, Note, Rule, Then, When
from bot.policy.field_types import CategoryKey, Delay, Key, PlanKey, PriorityKey, Target, Text, Zone
from bot.policy.hours_section import Hours, Intervals, Region, SpecialDate, SpecialDay, Week
from bot.policy.policy import Policy
from bot.policy.privacy_section import PrivacySettings
from bot.policy.sections import Article, ButtonText, Category, Choice, Emergency, Plan, Priority, Question
from bot.policy.unfinished_section import UnfinishedSettings
from bot.policy.whatsapp_section import ChoiceTemplate, ContentSid, ContentSids, WhatsAppSettings

PAGE = Path(__file__).with_name("policy.md")
BEGIN, END = "<!-- reference: made by docs/policy_reference.py -->", "<!-- end of reference -->"

SECTIONS: dict[str, type[BaseModel]] = {
    "Top level": Policy,
    "`[hours]`": Hours,
    "`[hours.week]`": Week,
    "`[[hours.dates]]`": SpecialDay,
    "`[[priorities]]`": Priority,
    "`[[categories]]`": Category,
    "`[[questions]]`": Question,
    "`[[questions.options]]`": Choice,
    "`[[plans]]`": Plan,
    "`[[articles]]`": Article,
    "`[[rules]]`": Rule,
    "`[rules.when]`": When,
    "`[rules.then]`": Then,
    "`[alerts]`": AlertSettings,
    "`[[alerts.ladder]]`": EscalationStep,
    "`[tells]`": NotificationSettings,
    "`[emergency]`": Emergency,
    "`[access]`": AccessSettings,
    "`[unfinished]`": UnfinishedSettings,
    "`[privacy]`": PrivacySettings,
    "`[whatsapp]`": WhatsAppSettings,
    "`[[whatsapp.choices]]`": ChoiceTemplate,
    "`[whatsapp.answer_waiting]`, `[whatsapp.alert_waiting]`, `content_sid`": ContentSids,
}
KNOWN = [
    (Text, "text in `en`, `fr`, `es`"),
    (ButtonText, "text in `en`, `fr`, `es`"),
    (Note, "text, or text in `en`, `fr`, `es`"),
    (Key, "key"),
    (CategoryKey, "key of a category"),
    (PriorityKey, "key of a priority"),
    (PlanKey, "key of a plan"),
    (Target, "duration above zero"),
    (Delay, "duration"),
    (Zone, "time zone"),
    (ContentSid, "SID, `HX…`"),
    (Intervals, 'list of intervals: `"09:00-18:00"`'),
    (SpecialDate, "date"),
    (Region, "region"),
    (Condition, "table"),
    (bool, "true or false"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
]


def reference() -> str:
    """The whole reference: a table for each section of a policy file."""
    return "\n".join(_section(title, model) for title, model in SECTIONS.items())


def with_reference(page: str) -> str:
    """The page with an up-to-date reference part."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _section(title: str, model: type[BaseModel]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = [_row(key, hints[key], field) for key, field in model.model_fields.items()]
    head = [f"### {title}", "", (model.__doc__ or "").strip().splitlines()[0], ""]
    return "\n".join([*head, "| key | value | default | meaning |", "|---|---|---|---|", *rows, ""])


def _row(key: str, hint: Any, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{key}` | {_value(hint)} | {_default(field)} | {meaning} |"


def _value(hint: Any) -> str:
    known = next((words for known, words in KNOWN if hint == known), None)
    return known or _described(hint, get_origin(hint), get_args(hint))


def _described(hint: Any, origin: Any, inner: tuple[Any, ...]) -> str:
    if origin is Annotated:
        is_one_or_more = any(isinstance(each, BeforeValidator) for each in inner)
        return f"{_value(get_args(inner[0])[0])}, or a list" if is_one_or_more else _value(inner[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (Union, UnionType):
        return " or ".join(_value(part) for part in inner if part is not NoneType)
    if origin is tuple:
        return f"list: {_value(inner[0])}".replace("list: table", "list of tables")
    if origin is None:
        return "table, see below"
    return f"table: {_value(inner[0])} = {_value(inner[1])}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, bool):
        return "`true`" if default else "`false`"
    if default in (None, (), {}):
        return "none"
    if isinstance(default, BaseModel):
        return "see below"
    if isinstance(default, tuple):
        return ", ".join(f"`{_short(value)}`" for value in default)
    return f"`{_short(default)}`"


def _short(value: Any) -> str:
    return f"{value.to} after {value.after}" if isinstance(value, EscalationStep) else str(value)


if __name__ == "__main__":
    PAGE.write_text(with_reference(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
