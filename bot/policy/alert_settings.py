"""When managers and agents hear of a deadline, and the other habits of a desk that its policy sets."""

from typing import Literal

from pydantic import Field

from bot.calendar.durations import Duration
from bot.policy.field_types import Delay, Section, Target

EscalationTarget = Literal["assignee", "team", "managers", "head"]


class EscalationStep(Section):
    """One step of the ladder: who hears next when nobody has acknowledged."""

    to: EscalationTarget = Field(description="Who is told.")
    after: Delay = Field(description="How long after the deadline was missed.")


_AT_ONCE, _AN_HOUR_LATER = Duration.parse("0 minutes"), Duration.parse("1 hour")
_LADDER = (
    EscalationStep(to="assignee", after=_AT_ONCE),
    EscalationStep(to="team", after=_AT_ONCE),
    EscalationStep(to="managers", after=_AT_ONCE),
    EscalationStep(to="head", after=_AN_HOUR_LATER),
)


class AlertSettings(Section):
    """What happens before and after a deadline is missed."""

    warn_share: float = Field(
        default=0.75, gt=0, lt=1, description="Agents are warned once so much of the time has been used."
    )
    ladder: tuple[EscalationStep, ...] = Field(
        default=_LADDER,
        min_length=1,
        description="In order; a rung that reaches nobody passes on to the next at once.",
    )
    digest_over: int = Field(
        default=5, strict=True, ge=1, description="More alerts than this become one digest …"
    )
    digest_within: Target = Field(
        default=Duration.parse("10 calendar minutes"), description="… when they come within so much time."
    )
    snooze_for: Target = Field(
        default=Duration.parse("30 minutes"), description="A snoozed alert is told again so much later."
    )
    apology_share: float = Field(
        default=0.9,
        gt=0,
        lt=1,
        description="The customer is told of a delay once so much of the time for a first answer has been used.",
    )
    new_aim_share: float = Field(
        default=0.5,
        gt=0,
        le=2,
        description="The new aim lies so much of the promised time after the first one.",
    )
    is_quiet_when_closed: bool = Field(
        default=True,
        strict=True,
        description="Nobody is alerted while the desk is closed; emergencies excepted.",
    )


class NotificationSettings(Section):
    """Which changes of a ticket the customer hears of."""

    status: bool = Field(default=True, strict=True, description="Opened, accepted for work, solved, closed.")
    priority: bool = Field(default=True, strict=True, description="An agent changed the priority.")
    returned: bool = Field(
        default=True, strict=True, description="An agent returned it for more information."
    )
    delay: bool = Field(
        default=True, strict=True, description="The first answer will be late; told once, with a new aim."
    )


class AccessSettings(Section):
    """Temporary access that a customer may grant the team to their services, and take back."""

    plans: tuple[str, ...] = Field(
        default=(), description="Plans that include it; none given: every customer."
    )
    lengths: tuple[Target, ...] = Field(min_length=1, description="For how long it may be granted.")
