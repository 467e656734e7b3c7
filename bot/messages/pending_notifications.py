"""Ticket changes that the customer was last told of, and those still waiting to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.messages.outgoing import Translatable

QUIET_FOR = timedelta(minutes=1)
"""Who was told of a change hears nothing of further ones for so long, unless the desk has something else to say."""


class StatusChange(StrEnum):
    """A change of status that may wait."""

    NONE = ""
    ACCEPTED = "accepted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """One ticket's news; all but the first two fields are what its customer does not know yet."""

    ticket_id: str
    at: datetime  # when they were last told of a change
    step: StatusChange = StatusChange.NONE
    agent: str = ""  # the first name of whoever has accepted it
    old_priority: str = ""  # the priority that they believe it has
    lines: tuple[Translatable, ...] = ()  # all of it in words

    @property
    def quiet_until(self) -> datetime:
        """When what waits is told at the latest."""
        return self.at + QUIET_FOR

    def marked_sent(self, at: datetime) -> Self:
        """The same, once what waits has been told."""
        return type(self)(self.ticket_id, at) if self.lines else self
