"""The message that is being sent on a lane: the next one waits until the channel reports it sent, or for a while.

WhatsApp doesn't keep the order of messages it gets at the same time, especially with attachments.
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
    """One message in flight for each lane."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def begin(self, lane: str, external_id: str, until: datetime) -> None:
        """The channel has accepted this message; the next waits until `until` at most."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.hset(keys.in_flight(lane), mapping={"id": external_id, "until": until.isoformat()})
        pipe.expire(keys.in_flight(lane), _KEPT)
        pipe.execute()

    def wait_time(self, lane: str, now: datetime) -> timedelta:
        """How long the next message must wait, at most."""
        until = self._redis.hget(keys.in_flight(lane), "until")
        return max(datetime.fromisoformat(until.decode()) - now, timedelta()) if until else timedelta()

    def finish(self, lane: str, external_id: str) -> bool:
        """The message was sent or has failed; whether others in the lane waited for it."""
        return bool(self._redis.eval(_LAND, 2, keys.in_flight(lane), keys.lane(lane), external_id))
