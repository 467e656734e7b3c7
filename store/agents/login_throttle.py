"""How often somebody tried to sign in, and when it is enough. Knows nothing of passwords or sessions."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis import Redis

from store.agents import keys


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` tries within any stretch of time this long."""

    kind: str
    count: int
    within: timedelta


ACCOUNT = Limit("account", 10, timedelta(minutes=15))
PLACE = Limit("place", 100, timedelta(hours=1))  # one address on the network
TOKEN = Limit("token", 20, timedelta(minutes=1))  # wrong tokens from one address on the network


class TooManyGuesses(Exception):
    """Refused without looking at the password."""


class Guesses:
    """Counts tries in sliding windows; a refused try does not count: nobody is locked out for ever."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def count(self, login: str, place: str) -> str:
        """Record one try and return its name; TooManyGuesses when the account or the place had its share."""
        guess = secrets.token_hex(8)
        for limit, of in ((PLACE, place), (ACCOUNT, login)):
            if not self._is_allowed(limit, of, guess):
                raise TooManyGuesses
        return guess

    def count_at(self, place: str) -> None:
        """Record one wrong token; TooManyGuesses when that place had its share."""
        if not self._is_allowed(TOKEN, place, secrets.token_hex(8)):
            raise TooManyGuesses

    def forgive(self, login: str, guess: str) -> None:
        """The try was right: it no longer counts against its account."""
        self._redis.zrem(keys.guesses(ACCOUNT.kind, login), guess)

    def _is_allowed(self, limit: Limit, of: str, guess: str) -> bool:
        key, now = keys.guesses(limit.kind, of), self._clock()
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(key, "-inf", (now - limit.within).timestamp())
            pipe.zadd(key, {guess: now.timestamp()})
            pipe.zcard(key)
            pipe.expire(key, limit.within)
            count = pipe.execute()[2]
        if count > limit.count:
            self._redis.zrem(key, guess)
        return bool(count <= limit.count)
