"""Injected faults: which fault affects which call, and how often. Other modules carry them out.

Kinds that affect the desk's calls to a provider: `rate_limit` (429; calls before `retry_after` seconds have passed
are refused too, and logged as early), `error` (`status`, `code`, `text` in the provider's error format), `html` (a
502 page of HTML), `empty` (200 without a body), `slow` (done after `seconds`), `hang` (`seconds` without an answer,
then the connection closes), `reset` (connection reset, nothing done), `drop` (done, then the connection is reset
before the answer).

Kinds that affect the provider's calls to the desk: `duplicate_webhook` (`times` copies), `reorder_webhook` (held
until the next one has gone out; WhatsApp only), `webhook_down` (the desk can't be reached), `duplicate_receipt`,
`reorder_receipt`, `lose_receipt`, `fail_receipt` (the message ends `undelivered` with `code`).
"""

import random
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

CALL_KINDS = frozenset({"rate_limit", "error", "html", "empty", "slow", "hang", "reset", "drop"})
WEBHOOK_KINDS = frozenset({"duplicate_webhook", "reorder_webhook", "webhook_down"})
RECEIPT_KINDS = frozenset({"duplicate_receipt", "reorder_receipt", "lose_receipt", "fail_receipt"})
KINDS = CALL_KINDS | WEBHOOK_KINDS | RECEIPT_KINDS


@dataclass
class Fault:
    """One injected fault; `count` is how many more calls it affects (None: until removed)."""

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
    """The active faults, and the rate limits (429) still running."""

    active: list[Fault] = field(default_factory=list)
    rate_limits: dict[tuple[str, str], datetime] = field(default_factory=dict)
    last_id: int = 0

    def add(self, order: dict[str, Any]) -> Fault:
        """Activate a fault; ValueError or TypeError says what is wrong with the order."""
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
        """The first fault that affects this call, with its count lowered, or None."""
        fault = next((each for each in self.active if each.strikes(kinds, channel, method)), None)
        if fault is None:
            return None
        fault.struck += 1
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self.remove(fault.id)
        return fault

    def start_rate_limit(self, fault: Fault, channel: str, now: datetime) -> None:
        self.rate_limits[channel, fault.method] = now + timedelta(seconds=fault.retry_after)

    def rate_limit_left(self, channel: str, method: str, now: datetime) -> float:
        """How many more seconds calls to this method are refused; 0 if no rate limit is running."""
        ends = [
            self.rate_limits[key] for key in ((channel, ""), (channel, method)) if key in self.rate_limits
        ]
        return max((end - now).total_seconds() for end in ends) if ends else 0.0

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.active]
