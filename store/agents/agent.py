"""An agent as a value, and as JSON. `store.agents.agents` stores them."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class Role(StrEnum):
    """Managers can also see the overview and get alerts."""

    AGENT = "agent"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent or manager. `login` is their sign-in name, in lower case."""

    agent_id: str
    name: str
    login: str
    role: Role = Role.AGENT
    locale: str = ""  # "": the browser's
    alerts_to: str = ""  # the address for their alerts: telegram:42, whatsapp:+351…, mailto:…
    password_hash: str = ""  # "" if they only sign in by link
    epoch: int = 0  # sessions with a lower one are invalid
    created_at: datetime | None = None
    disabled_at: datetime | None = None
    telegram_id: int = 0  # their Telegram user id in the agents' group; 0 if not linked

    @property
    def is_manager(self) -> bool:
        """Whether they can see the overview."""
        return self.role is Role.MANAGER

    @property
    def is_disabled(self) -> bool:
        """Whether they can't sign in any more."""
        return self.disabled_at is not None

    @property
    def initials(self) -> str:
        """One or two letters for where there's no room for the name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def evolve(self, **changes: Any) -> Self:
        """A copy with these fields changed."""
        return replace(self, **changes)

    def to_json(self) -> str:
        """One line of JSON, with times in ISO format."""
        return json.dumps(asdict(self), default=datetime.isoformat, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Agent":
        """The agent from the output of `to_json`."""
        data = json.loads(text)
        data["role"] = Role(data["role"])
        for name in ("created_at", "disabled_at"):
            data[name] = data[name] and datetime.fromisoformat(data[name])
        return cls(**data)
