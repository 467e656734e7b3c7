"""The `[privacy]` of a policy: when the data of a customer who asked for it is erased."""

from typing import Annotated

from pydantic import Field

from bot.policy.field_types import Count, Section


class PrivacySettings(Section):
    """What happens when customers ask us to delete their data."""

    erase_after_days: Annotated[Count, Field(ge=1, le=30)] = Field(
        default=7,
        description="Days in which customers can change their mind before their data is erased (1–30).",
    )
