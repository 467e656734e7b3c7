"""Trouble on demand: which fault strikes which call, how often; carrying it out is not done here.

Kinds that strike a call of the desk to a provider:
`rate_limit` (429; every call before `retry_after` seconds have passed is refused too and noted as early),
`error` (`status`, `code`, `text` in the provider's error shape), `html` (a 502 page of HTML),
`hang` (`seconds` without an answer, then the connection closes), `reset` (connection reset, nothing done),
`drop` (done, then the connection is reset before the answer).

Kinds that strike what a provider tells the desk:
`duplicate_webhook` (`times` copies), `reorder_webhook` (held until the next one has gone out; WhatsApp only),
`webhook_down` (the desk cannot be reached), `duplicate_receipt`, `reorder_receipt`, `lose_receipt`,
`fail_receipt` (the message ends `undelivered` with `code`).
"""

import random
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

CALL_KINDS = frozenset({"rate_limit", "error", "html", "hang", "reset", "drop"})
WEBHOOK_KINDS = frozenset({"duplicate_webhook", "reorder_webhook", "webhook_down"})
RECEIPT_KINDS = frozenset({"duplicate_receipt", "reorder_receipt", "lose_receipt", "fail_receipt"})
KINDS = CALL_KINDS | WEBHOOK_KINDS | RECEIPT_KINDS


@dataclass
class Fault:
    """One order of trouble; `count` is how many calls it still strikes (None: until removed)."""

    kind: str
    id: int = 0
    channel: str = ""
    method: str = ""
    count: int | None = 1
    probability: float = 1.0
    status: int = 500
    code: int = 63012
    text: str = "Internal server error"
    retry_after: int = 3
    seconds: float = 30.0
    times: int = 2
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of fault {self.kind!r}; known: {', '.join(sorted(KINDS))}")
        if not 0 < self.probability <= 1:
            raise ValueError("probability is above 0 and at most 1")

    def strikes(self, kinds: frozenset[str], channel: str, method: str) -> bool:
        return (
            self.kind in kinds
            and self.channel in ("", channel)
            and self.method in ("", method)
            and random.random() < self.probability  # noqa: S311
        )


@dataclass
class Faults:
    """The faults in force and the rate_limits (429) that are still running."""

    active: list[Fault] = field(default_factory=list)
    rate_limits: dict[tuple[str, str], datetime] = field(default_factory=dict)
    last_id: int = 0

    def add(self, order: dict[str, Any]) -> Fault:
        """Put a fault in force; ValueError or TypeError says what the order got wrong."""
        self.last_id += 1
        fault = Fault(**{**order, "id": self.last_id})
        self.active.append(fault)
        return fault

    def remove(self, fault_id: int) -> None:
        self.active = [fault for fault in self.active if fault.id != fault_id]

    def clear(self) -> None:
        self.active.clear()
        self.rate_limits.clear()

    def take(self, kinds: frozenset[str], channel: str, method: str) -> Fault | None:
        """The first fault that strikes this call, its count lowered; None if the call is spared."""
        struck = next((each for each in self.active if each.strikes(kinds, channel, method)), None)
        if struck is None:
            return None
        struck.struck += 1
        if struck.count is not None:
            struck.count -= 1
            if struck.count <= 0:
                self.remove(struck.id)
        return struck

    def start_rate_limit(self, fault: Fault, channel: str, now: datetime) -> None:
        self.rate_limits[channel, fault.method] = now + timedelta(seconds=fault.retry_after)

    def rate_limit_left(self, channel: str, method: str, now: datetime) -> float:
        """Seconds during which calls to this method are still refused; 0 when there is no flood."""
        ends = [
            self.rate_limits[key] for key in ((channel, ""), (channel, method)) if key in self.rate_limits
        ]
        return max((end - now).total_seconds() for end in ends) if ends else 0.0

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.active]
