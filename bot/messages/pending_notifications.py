"""Ticket changes that the customer was last told of, and those still waiting to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.messages.outgoing import Translatable

QUIET_FOR = timedelta(minutes=1)
"""How long further changes wait after the customer was told of one, unless the desk writes anyway."""


class StatusChange(StrEnum):
    """A status change that may wait."""

    NONE = ""
    ACCEPTED = "accepted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """One ticket's changes; all but the first two fields are what the customer doesn't know yet."""

    ticket_id: str
    at: datetime  # when they were last told of a change
    step: StatusChange = StatusChange.NONE
    agent: str = ""  # the first name of the agent who claimed it
    old_priority: str = ""  # the priority that the customer was last told
    lines: tuple[Translatable, ...] = ()  # the changes as text

    @property
    def quiet_until(self) -> datetime:
        """When waiting changes go out at the latest."""
        return self.at + QUIET_FOR

    def marked_sent(self, at: datetime) -> Self:
        """The same, after the waiting changes were sent."""
        return type(self)(self.ticket_id, at) if self.lines else self
