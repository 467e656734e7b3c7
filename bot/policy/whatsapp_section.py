"""The `[whatsapp]` of a policy: templates created at Twilio, and how many a day the desk pays for."""

from collections.abc import Iterator
from re import fullmatch
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from bot.policy.checks import Context, Mistake, mistake, validation_error
from bot.policy.field_types import Count, Flag, Section

MAX_BUTTONS, MAX_LIST_ROWS = 3, 10
"""What WhatsApp allows in a conversation (twilio.com/docs/content)."""


def _content_sid(given: Any) -> str:
    if not fullmatch("HX[0-9a-fA-F]{32}", str(given)):
        allowed = "HX and 32 of 0-9, a-f, as shown in Twilio’s Content Template Builder"
        raise validation_error("is not the SID of a content template", allowed)
    return str(given)


ContentSid = Annotated[str, PlainValidator(_content_sid)]
"""Twilio's id for a content template."""


class ContentSids(Section):
    """One template per language."""

    en: ContentSid = Field(description="For customers who read English.")
    fr: ContentSid = Field(description="For customers who read French.")
    es: ContentSid = Field(description="For customers who read Spanish.")

    def in_(self, locale: str) -> str:
        """The template for that language; English if it isn't one of ours."""
        return {"fr": self.fr, "es": self.es}.get(locale, self.en)


class ChoiceTemplate(Section):
    """Buttons or a list for exactly this number of choices, instead of numbered lines."""

    kind: Literal["buttons", "list"] = Field(description="Up to 3 buttons, or a list of up to 10 items.")
    options: int = Field(
        strict=True, ge=1, le=MAX_LIST_ROWS, description="How many choices the template has."
    )
    content_sid: ContentSids = Field(
        description="The templates; [Going live](going-live.md#templates) explains how to create them."
    )

    def mistakes(self, read: Context) -> Iterator[Mistake]:
        """More choices than WhatsApp has buttons."""
        if self.kind == "buttons" and self.options > MAX_BUTTONS:
            yield mistake((), f"{self.options} are too many buttons", f"at most {MAX_BUTTONS}, or a list")


class WhatsAppSettings(Section):
    """Settings for WhatsApp only."""

    answer_waiting: ContentSids | None = Field(
        default=None,
        description="Sent if an answer is held because the customer last wrote over 24 hours ago.",
    )
    alert_waiting: ContentSids | None = Field(
        default=None, description="The same for managers who get alerts on WhatsApp."
    )
    most_templates_a_day: Count = Field(
        default=250, description="Templates cost money: the desk sends at most this many a day."
    )
    choices: tuple[ChoiceTemplate, ...] = Field(
        default=(),
        description="Buttons and lists created at Twilio; without them, choices are numbered lines.",
    )
    is_typing_shown: Flag = Field(
        default=False,
        description="Shows “typing…” while an answer is prepared; WhatsApp then marks the message as read.",
    )

    def choice_template(self, options: int, locale: str) -> tuple[str, str] | None:
        """Kind and SID of the template for that many choices, buttons first; None if there is no template."""
        fitting = [each for each in self.choices if each.options == options]
        fitting.sort(key=lambda each: each.kind != "buttons")
        return (fitting[0].kind, fitting[0].content_sid.in_(locale)) if fitting else None
