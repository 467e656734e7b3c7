"""Figures of calls to providers, for operators: how long they take, how they end, how many are in the air."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from store import keys
from store.redis_client import Client

_IS_CURRENT_FOR = timedelta(seconds=10)
"""How long a process's number of calls in the air counts; it's written every few seconds."""


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """The calls of one channel since ever: `counts` by name, `seconds` in all."""

    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    in_air: int = 0


class CallFigures:
    """Adds and reads figures."""

    def __init__(self, redis: Client) -> None:
        self._redis = redis

    def add(self, channel: str, counts: Mapping[str, int], seconds: float) -> None:
        """Add calls that have ended."""
        pipe = self._redis.pipeline(transaction=True)
        for name, count in counts.items():
            pipe.hincrby(keys.provider_calls(channel), name, count)
        pipe.hincrbyfloat(keys.provider_calls(channel), "seconds", round(seconds, 3))
        pipe.execute()

    def set_in_air(self, channel: str, process: str, count: int, now: datetime) -> None:
        """A process has so many calls in the air now."""
        self._redis.hset(keys.calls_in_air(channel), process, f"{count} {now.timestamp():.0f}")

    def read(self, channel: str, now: datetime) -> ChannelFigures:
        """The figures of all processes; forgets those that are gone."""
        stored = {
            k.decode(): v.decode() for k, v in self._redis.hgetall(keys.provider_calls(channel)).items()
        }
        seconds = float(stored.pop("seconds", 0))
        in_air, since = 0, (now - _IS_CURRENT_FOR).timestamp()
        for process, value in self._redis.hgetall(keys.calls_in_air(channel)).items():
            count, _, at = value.decode().partition(" ")
            if float(at) < since:
                self._redis.hdel(keys.calls_in_air(channel), process)
            else:
                in_air += int(count)
        return ChannelFigures({name: int(count) for name, count in stored.items()}, seconds, in_air)
