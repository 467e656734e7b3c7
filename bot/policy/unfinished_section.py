"""The `[unfinished]` of a policy: requests that customers begin and don't send."""

from pydantic import Field

from bot.calendar.durations import Duration
from bot.policy.field_types import Section, Target


class UnfinishedSettings(Section):
    """When a customer who stopped half-way is asked about it."""

    ask_after: Target = Field(
        default=Duration.parse("3 hours"),
        description="How long they must be silent before they're asked, once; never outside WhatsApp's 24 hours.",
    )
