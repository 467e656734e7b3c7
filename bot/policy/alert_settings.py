"""The sections about alerts, notifications to customers, and temporary access."""

from typing import Annotated, Literal

from pydantic import Field

from bot.calendar.durations import Duration
from bot.policy.checks import each_once
from bot.policy.field_types import Count, Delay, Flag, PlanKey, Section, Target

EscalationTarget = Literal["assignee", "team", "managers", "head"]
Share = Annotated[float, Field(gt=0, lt=1)]


class EscalationStep(Section):
    """Who gets the alert next if nobody has acknowledged it."""

    to: EscalationTarget = Field(description="Who gets the alert.")
    after: Delay = Field(description="How long after the missed deadline.")


_AT_ONCE, _AN_HOUR_LATER = Duration.parse("0 minutes"), Duration.parse("1 hour")
_ESCALATION = (
    EscalationStep(to="assignee", after=_AT_ONCE),
    EscalationStep(to="team", after=_AT_ONCE),
    EscalationStep(to="managers", after=_AT_ONCE),
    EscalationStep(to="head", after=_AN_HOUR_LATER),
)


class AlertSettings(Section):
    """What happens before and after a missed deadline."""

    warn_share: Share = Field(default=0.75, description="Share of the time after which agents are warned.")
    ladder: Annotated[tuple[EscalationStep, ...], each_once("to")] = Field(
        default=_ESCALATION,
        min_length=1,
        description="In order; a step that reaches nobody is skipped at once.",
    )
    digest_over: Count = Field(default=5, ge=1, description="More alerts than this become one digest …")
    digest_within: Target = Field(
        default=Duration.parse("10 calendar minutes"), description="… if they come within this time."
    )
    snooze_for: Target = Field(
        default=Duration.parse("30 minutes"), description="When a snoozed alert comes back."
    )
    apology_share: Share = Field(
        default=0.9, description="Share of the time for a first answer after which customers hear of a delay."
    )
    new_aim_share: float = Field(
        default=0.5, gt=0, le=2, description="How much later the new aim is, as a share of the promised time."
    )
    is_quiet_when_closed: Flag = Field(default=True, description="Alerts only for emergencies while closed.")


class NotificationSettings(Section):
    """Which changes to their ticket customers are told about."""

    status: Flag = Field(default=True, description="Opened, accepted, solved, closed.")
    priority: Flag = Field(default=True, description="An agent changed the priority.")
    returned: Flag = Field(default=True, description="An agent needs more information.")
    delay: Flag = Field(default=True, description="The first answer will be late: sent once, with a new aim.")


class AccessSettings(Section):
    """Temporary access to their services that customers can grant the team, and withdraw."""

    plans: tuple[PlanKey, ...] = Field(default=(), description="Plans that include it; empty: everyone.")
    lengths: tuple[Target, ...] = Field(min_length=1, description="How long customers can grant it for.")
