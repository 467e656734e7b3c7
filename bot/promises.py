"""What a ticket promises at this moment, told from its facts: its deadlines, and when to look at it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot import window
from bot.conversation import Conversation, Status
from bot.facts import Happened
from bot.policy import Policy
from bot.targets import Clocked, ClockEvent, Deadline, deadlines
from bot.ticket import Ticket

CLOSES_AFTER = timedelta(days=7)
"""A resolved ticket is closed so much later; until then a message reopens it."""

_ANSWERS = ("first_response", "next_response")


class Policies(Protocol):
    """The policy of each ticket, and the one for new tickets."""

    @property
    def current(self) -> Policy: ...

    def of(self, ticket: Ticket) -> Policy:
        """The policy under which that ticket was promised."""


@dataclass(frozen=True)
class Outlook:
    """The deadlines of one ticket, and what follows from them."""

    deadlines: tuple[Deadline, ...]
    first: Deadline | None  # of those that run, the one that falls due first
    promised: Deadline | None  # of those that run, the one that customers are told
    wake_at: datetime | None  # when there is next something to do


def outlook(ticket: Ticket, policy: Policy, conversation: Conversation | None = None) -> Outlook:
    """All that `ticket` promises under `policy`; with the conversation, WhatsApp's window counts too."""
    clocked = Clocked(ticket.opened_at, _events(ticket), ticket.priority, ticket.plan, ticket.has_clock)
    found = deadlines(clocked, policy, _window(ticket, conversation))
    running = sorted(_running(found), key=lambda d: d.due_at)  # type: ignore[arg-type, return-value]
    answers = [d for d in running if d.target in _ANSWERS]
    return Outlook(
        deadlines=found,
        first=running[0] if running else None,
        promised=(answers or running or [None])[0],  # type: ignore[list-item]
        wake_at=_wake_at(ticket, running),
    )


def happened(ticket: Ticket, kind: Happened, deadline: Deadline) -> bool:
    """Whether that was already done about this very deadline."""
    return any(
        fact.kind is kind and fact.data.get("target") == deadline.target and fact.data.get("turn") == str(deadline.turn)
        for fact in ticket.facts
    )
