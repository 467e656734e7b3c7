"""Writes the reference part of `policy.md` from the policy's own models, so that it cannot be out of date.

Run it from the project's root after a change of the models: `python docs/policy_reference.py`.
"""

from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.policy.alert_settings import AccessSettings, AlertSettings, EscalationStep, NotificationSettings
from bot.policy.automation_section import (
    AssigneeName,
    Channels,
    Condition,
    Keys,
    Languages,
    Note,
    Phrases,
    Rule,
    Tags,
    Then,
    Triggers,
    When,
)
from bot.policy.field_types import Delay, Key, Target, Text, Zone
from bot.policy.hours_section import Hours, Intervals, Region, SpecialDate, SpecialDay, Week
from bot.policy.policy import Policy
from bot.policy.sections import Article, Category, Choice, Emergency, Plan, Priority, Question
from bot.policy.whatsapp_section import ChoiceTemplate, ContentSid, ContentSids, WhatsAppSettings

PAGE = Path(__file__).with_name("policy.md")
BEGIN, END = "<!-- reference: made by docs/policy_reference.py -->", "<!-- end of reference -->"

SECTIONS: dict[str, type[BaseModel]] = {
    "the top of the file": Policy,
    "[hours]": Hours,
    "[hours.week]": Week,
    "[[hours.dates]]": SpecialDay,
    "[[priorities]]": Priority,
    "[[categories]]": Category,
    "[[questions]]": Question,
    "[[questions.options]]": Choice,
    "[[plans]]": Plan,
    "[[articles]]": Article,
    "[[rules]]": Rule,
    "[rules.when]": When,
    "[rules.then]": Then,
    "[alerts]": AlertSettings,
    "[[alerts.ladder]]": EscalationStep,
    "[tells]": NotificationSettings,
    "[emergency]": Emergency,
    "[access]": AccessSettings,
    "[whatsapp]": WhatsAppSettings,
    "[[whatsapp.choices]]": ChoiceTemplate,
    "[whatsapp.answer_waiting] and its like": ContentSids,
}
KNOWN = [
    (Text, "text in `en`, `fr`, `es`"),
    (Key, "key"),
    (Target, "amount of time, more than none"),
    (Delay, "amount of time"),
    (Zone, "time zone"),
    (ContentSid, "SID, `HX…`"),
    (Intervals, 'list of `"09:00-18:00"`'),
    (SpecialDate, "date"),
    (Region, "region"),
    (Triggers, "one or a list of `opened`, `customer_wrote`, `reopened`"),
    (Keys, "key or list of keys"),
    (Languages, "one or a list of `en`, `fr`, `es`"),
    (Channels, "one or a list of `whatsapp`, `telegram`, `portal`"),
    (Phrases, "text or list of texts"),
    (Tags, "text or list of texts"),
    (Note, "text, or text in `en`, `fr`, `es`"),
    (AssigneeName, "text"),
    (tuple[Condition, ...], "list of tables"),
    (bool, "true or false"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
]


def reference() -> str:
    """The whole reference: a table for each section of a policy file."""
    return "\n".join(_section(name, model) for name, model in SECTIONS.items())


def with_reference(page: str) -> str:
    """The page with its reference part made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _section(name: str, model: type[BaseModel]) -> str:
    hints = get_type_hints(model, include_extras=True)
    rows = [_row(key, hints[key], field) for key, field in model.model_fields.items()]
    title = f"### `{name}`" if name.startswith("[") else f"### {name.capitalize()}"
    head = [title, "", (model.__doc__ or "").strip().splitlines()[0], ""]
    return "\n".join(
        [*head, "| key | what is written | if left out | meaning |", "|---|---|---|---|", *rows, ""]
    )


def _row(key: str, hint: Any, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{key}` | {_written(hint)} | {_left_out(field)} | {meaning} |"


def _written(hint: Any) -> str:
    known = next((words for known, words in KNOWN if hint == known), None)
    return known or _put_together(hint, get_origin(hint), get_args(hint))


def _put_together(hint: Any, origin: Any, inner: tuple[Any, ...]) -> str:
    if origin is Annotated:
        return _written(inner[0])
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin in (Union, UnionType):
        return " or ".join(_written(part) for part in inner if part is not NoneType)
    if origin is tuple:
        return f"list of {_written(inner[0])}"
    if origin is None:
        return "tables of their own, below"
    return f"table: {_written(inner[0])} = {_written(inner[1])}"


def _left_out(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, bool):
        return "`true`" if default else "`false`"
    if default in (None, (), {}):
        return "none"
    if isinstance(default, BaseModel):
        return "as below"
    if isinstance(default, tuple):
        return ", ".join(f"`{_short(value)}`" for value in default)
    return f"`{_short(default)}`"


def _short(value: Any) -> str:
    return f"{value.to} after {value.after}" if isinstance(value, EscalationStep) else str(value)


if __name__ == "__main__":
    PAGE.write_text(with_reference(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
