"""How a desk uses WhatsApp: templates made at Twilio beforehand, and how many of them a day may be paid for."""

from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from bot.policy.field_types import Section, validation_error

MAX_BUTTONS, MAX_LIST_ROWS = 3, 10
"""In a conversation WhatsApp takes so many buttons or list entries (twilio.com/docs/content)."""

_SID = "HX and 32 of 0-9, a-f, as Twilio’s Content Template Builder shows it"


def _content_sid(given: object) -> str:
    is_sid = isinstance(given, str) and len(given) == 34 and given.startswith("HX")
    if not is_sid or not set(str(given)[2:].lower()) <= set("0123456789abcdef"):
        raise validation_error("is not the SID of a content template", _SID)
    return str(given)


ContentSid = Annotated[str, PlainValidator(_content_sid)]
"""Twilio's name for a content template."""


class ContentSids(Section):
    """One template in each language."""

    en: ContentSid = Field(description="For customers who read English.")
    fr: ContentSid = Field(description="For customers who read French.")
    es: ContentSid = Field(description="For customers who read Spanish.")

    def in_(self, locale: str) -> str:
        """The template for that language; English where it is none of ours."""
        return {"fr": self.fr, "es": self.es}.get(locale, self.en)


class ChoiceTemplate(Section):
    """Buttons or a list of exactly so many choices, instead of numbered lines."""

    kind: Literal["buttons", "list"] = Field(description="Up to 3 buttons, or a list of up to 10.")
    options: int = Field(
        strict=True, ge=1, le=MAX_LIST_ROWS, description="How many choices the template has."
    )
    content_sid: ContentSids = Field(description="The templates; see below for their variables.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.kind == "buttons" and self.options > MAX_BUTTONS:
            raise validation_error(
                f"{self.options} buttons are too many", f"at most {MAX_BUTTONS}, or a list"
            )
        return self


class WhatsAppSettings(Section):
    """What is particular to WhatsApp."""

    answer_waiting: ContentSids | None = Field(
        default=None,
        description="Sent when an answer is held because the customer last wrote over 24 hours ago.",
    )
    alert_waiting: ContentSids | None = Field(
        default=None, description="The same for a manager who is alerted on WhatsApp."
    )
    most_templates_a_day: int = Field(
        default=250,
        strict=True,
        ge=0,
        description="Templates cost money; past so many a day the desk sends none until the next.",
    )
    choices: tuple[ChoiceTemplate, ...] = Field(
        default=(), description="Buttons and lists made at Twilio; without them choices are numbered lines."
    )
    is_typing_shown: bool = Field(
        default=False,
        strict=True,
        description="Show “typing…” while an answer is prepared; WhatsApp then marks the message as read.",
    )

    def choice_template(self, options: int, locale: str) -> tuple[str, str] | None:
        """Kind and SID of the template for so many choices; buttons before a list; None without one."""
        fitting = [each for each in self.choices if each.options == options]
        fitting.sort(key=lambda each: each.kind != "buttons")
        return (fitting[0].kind, fitting[0].content_sid.in_(locale)) if fitting else None
