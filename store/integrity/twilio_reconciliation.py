"""How far Twilio's record of messages was compared with ours, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import keys
from store.redis_client import Client


@dataclass(frozen=True, slots=True)
class ReconciliationState:
    """All comparisons so far. `until`: everything sent before is here; `full_at`: the last one of two days."""

    began_at: datetime
    until: datetime
    full_at: datetime
    at: datetime
    compared: int = 0
    recovered: int = 0  # had not reached us, and were fetched
    set_aside: int = 0  # could not be taken, kept for the operator
    lost: int = 0  # listed by Twilio and still not here


class Reconciliation:
    """Reads and writes the account of it."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def state(self) -> ReconciliationState | None:
        """What was compared; None before the first time."""
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
        """Write it down."""
        fields = {name: getattr(comparison, name) for name in ReconciliationState.__slots__}
        self._redis.hset(
            keys.TWILIO_RECONCILIATION,
            mapping={n: v.isoformat() if isinstance(v, datetime) else v for n, v in fields.items()},
        )

    def missing(self, channel: str, external_ids: Sequence[str]) -> list[str]:
        """Those of them that never reached us."""
        pipe = self._redis.pipeline(transaction=False)
        for external_id in external_ids:
            pipe.exists(keys.seen(channel, external_id))
        found = pipe.execute() if external_ids else []
        return [each for each, is_known in zip(external_ids, found, strict=True) if not is_known]

    def ignore(self, channel: str, external_id: str) -> None:
        """Never ask for this one again: it was set aside."""
        self._redis.set(keys.seen(channel, external_id), 1, ex=keys.SEEN_FOR)
