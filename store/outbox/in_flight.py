"""What is on its way on a lane: the next waits until the channel says that this one has left, or for a while.

WhatsApp promises no order among messages that it is given at once, least of all when one brings a file.
"""

from datetime import datetime, timedelta

from store import keys
from store.redis_client import Client

_LAND = """
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
return redis.call('LLEN', KEYS[2])
"""
_KEPT = 60  # seconds


class InFlight:
    """One message in the air for each lane."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def begin(self, lane: str, external_id: str, until: datetime) -> None:
        """The channel has this one; nobody waits for it longer than `until`."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.in_flight(lane), mapping={"id": external_id, "until": until.isoformat()})
        pipe.expire(keys.in_flight(lane), _KEPT)
        pipe.execute()

    def wait_time(self, lane: str, now: datetime) -> timedelta:
        """How long the next must still wait, at most."""
        until = self._redis.hget(keys.in_flight(lane), "until")
        return max(datetime.fromisoformat(until.decode()) - now, timedelta()) if until else timedelta()

    def finish(self, lane: str, external_id: str) -> bool:
        """It has left the channel, or failed; whether the lane holds others that waited for it."""
        return bool(self._redis.eval(_LAND, 2, keys.in_flight(lane), keys.lane(lane), external_id))
