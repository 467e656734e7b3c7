"""Where a conversation stands after a message, as `guichet talk --json` tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class TicketState:
    """A ticket of the customer's."""

    status: str = "new"
    category: str = ""
    priority: str = ""
    is_for_person: bool = False
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, str]:
        """Every field by its key."""
        return {**self.details, "category": self.category, "priority": self.priority}

    @property
    def is_over(self) -> bool:
        return self.status in ("resolved", "closed")


@dataclass(frozen=True, slots=True)
class State:
    """What was said, what is asked next, and what is known."""

    said: tuple[str, ...] = ()
    asking: str | None = None
    language: str | None = None
    draft: Mapping[str, str] | None = None
    tickets: tuple[TicketState, ...] = ()
    acts: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, seen: Mapping[str, Any]) -> Self:
        """The state in what `cli.talk.state_json` returns."""
        tickets = tuple(
            TicketState(
                *(each[key] for key in ("status", "category", "priority", "is_for_person", "details"))
            )
            for each in seen["tickets"]
        )
        return cls(
            tuple(seen["said"]), seen["asking"], seen["language"], seen["draft"], tickets, tuple(seen["acts"])
        )
