"""Somebody who works at the desk, as a value, and its JSON. Where agents are kept is `store.agents.agents`."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class Role(StrEnum):
    """What somebody may see: managers also have the overview and the alerts."""

    AGENT = "agent"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Agent:
    """One person of the desk. `login` is what they type to sign in, kept in lower case."""

    agent_id: str
    name: str
    login: str
    role: Role = Role.AGENT
    locale: str = ""  # "" until they choose: then the browser's
    alerts_to: str = ""  # the address where they are alerted: telegram:42, whatsapp:+351…, mailto:…
    password_hash: str = ""  # "" when they only sign in by link
    epoch: int = 0  # sessions begun under an earlier one are dead
    created_at: datetime | None = None
    disabled_at: datetime | None = None
    telegram_id: int = 0  # who they are in the agents' group; 0 until they said so

    @property
    def is_manager(self) -> bool:
        """Whether the overview is theirs."""
        return self.role is Role.MANAGER

    @property
    def is_disabled(self) -> bool:
        """Whether they may no longer come in."""
        return self.disabled_at is not None

    @property
    def initials(self) -> str:
        """One or two letters that stand for the name where there is no room."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)

    def to_json(self) -> str:
        """One line of JSON, instants in ISO form."""
        return json.dumps(asdict(self), default=datetime.isoformat, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Agent":
        """The agent that `to_json` wrote."""
        data = json.loads(text)
        data["role"] = Role(data["role"])
        for name in ("created_at", "disabled_at"):
            data[name] = data[name] and datetime.fromisoformat(data[name])
        return cls(**data)
