"""The state of the reconciliation with Twilio's message log, and its results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import keys
from store.redis_client import Client


@dataclass(frozen=True, slots=True)
class ReconciliationState:
    """The results so far. `until`: every message sent before is here; `full_at`: when two days were last compared."""

    began_at: datetime
    until: datetime
    full_at: datetime
    at: datetime
    compared: int = 0
    recovered: int = 0  # missed messages that were fetched
    set_aside: int = 0  # couldn't be processed, and are kept for the operator
    lost: int = 0  # in Twilio's log and still not here


class Reconciliation:
    """Reads and writes the state."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def state(self) -> ReconciliationState | None:
        """The state; None before the first comparison."""
        raw = {
            name.decode(): value.decode()
            for name, value in self._redis.hgetall(keys.TWILIO_RECONCILIATION).items()
        }
        if not raw:
            return None
        began_at, until, full_at, at = (
            datetime.fromisoformat(raw[name]) for name in ("began_at", "until", "full_at", "at")
        )
        compared, recovered, set_aside, lost = (
            int(raw.get(name, 0)) for name in ("compared", "recovered", "set_aside", "lost")
        )
        return ReconciliationState(began_at, until, full_at, at, compared, recovered, set_aside, lost)

    def save(self, comparison: ReconciliationState) -> None:
        """Store the state."""
        fields = {name: getattr(comparison, name) for name in ReconciliationState.__slots__}
        self._redis.hset(
            keys.TWILIO_RECONCILIATION,
            mapping={n: v.isoformat() if isinstance(v, datetime) else v for n, v in fields.items()},
        )

    def missing(self, channel: str, external_ids: Sequence[str]) -> list[str]:
        """Those that never reached us."""
        pipe = self._redis.pipeline(transaction=False)
        for external_id in external_ids:
            pipe.exists(keys.seen(channel, external_id))
        found = pipe.execute() if external_ids else []
        return [each for each, is_known in zip(external_ids, found, strict=True) if not is_known]

    def ignore(self, channel: str, external_id: str) -> None:
        """Don't fetch this one again: it was set aside."""
        self._redis.set(keys.seen(channel, external_id), 1, ex=keys.SEEN_FOR)
