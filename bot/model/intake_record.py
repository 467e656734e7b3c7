"""How far one request got before it was sent, or left: a record for statistics, without any words of the customer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.conversation import Conversation

SENT, PERSON, CANCELLED, KNOWN_ANSWER_HELPED = "sent", "person", "cancelled", "helped"
ENDS = (SENT, PERSON, CANCELLED, KNOWN_ANSWER_HELPED)
SUMMARY = "summary"

LEFT_AFTER = timedelta(hours=24)
"""Silence after which a request that isn't sent counts as left."""

_NO_STEPS = ("begun_at", "draft_id", "start")


@dataclass(frozen=True, slots=True)
class IntakeRecord:
    """One request: `steps` are the keys of the questions asked, `summary`, and how it ended, each with its time."""

    channel: str
    locale: str
    begun_at: datetime
    steps: Mapping[str, datetime]

    @property
    def end(self) -> str:
        """How it ended; "" if it's in progress or left."""
        return next((end for end in ENDS if end in self.steps), "")

    @property
    def last_step(self) -> str:
        """The step they reached last; "" if nothing was asked yet."""
        asked = {step: at for step, at in self.steps.items() if step not in ENDS}
        return max(asked, key=lambda step: asked[step], default="")

    def is_left(self, now: datetime) -> bool:
        """Whether they stopped half-way."""
        return not self.end and now - max(self.steps.values(), default=self.begun_at) >= LEFT_AFTER


def intake_of(conversation: Conversation) -> tuple[str, IntakeRecord] | None:
    """The newest request's draft id and record; None if there was none."""
    funnel = conversation.funnel
    if "begun_at" not in funnel or "draft_id" not in funnel:
        return None
    steps = {step: datetime.fromisoformat(at) for step, at in funnel.items() if step not in _NO_STEPS}
    begun_at = datetime.fromisoformat(funnel["begun_at"])
    channel, locale = conversation.address.channel, conversation.locale
    return funnel["draft_id"], IntakeRecord(channel, locale, begun_at, steps)
