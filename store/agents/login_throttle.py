"""Limits sign-in attempts and wrong tokens. Knows nothing of passwords or sessions."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis import Redis

from store.agents import keys


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """At most `count` attempts in any period of length `within`."""

    kind: str
    count: int
    within: timedelta


PER_ACCOUNT = AttemptLimit("account", 10, timedelta(minutes=15))
PER_IP = AttemptLimit("place", 100, timedelta(hours=1))  # one IP address
WRONG_TOKENS_PER_IP = AttemptLimit("token", 20, timedelta(minutes=1))  # wrong tokens from one IP address


class TooManyAttempts(Exception):
    """Refused without checking the password."""


class LoginThrottle:
    """Counts attempts in sliding windows. Refused attempts don't count, so no one is locked out forever."""

    def __init__(self, redis: "Redis", clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock

    def record_attempt(self, login: str, place: str) -> str:
        """Record an attempt and return its id; TooManyAttempts for this account or from this place."""
        guess = secrets.token_hex(8)
        for limit, of in ((PER_IP, place), (PER_ACCOUNT, login)):
            if not self._is_allowed(limit, of, guess):
                raise TooManyAttempts
        return guess

    def record_wrong_token(self, place: str) -> None:
        """Record a wrong token; TooManyAttempts from this place."""
        if not self._is_allowed(WRONG_TOKENS_PER_IP, place, secrets.token_hex(8)):
            raise TooManyAttempts

    def clear_attempt(self, login: str, guess: str) -> None:
        """The attempt succeeded: it no longer counts against the account."""
        self._redis.zrem(keys.login_attempts(PER_ACCOUNT.kind, login), guess)

    def _is_allowed(self, limit: AttemptLimit, of: str, guess: str) -> bool:
        key, now = keys.login_attempts(limit.kind, of), self._clock()
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(key, "-inf", (now - limit.within).timestamp())
            pipe.zadd(key, {guess: now.timestamp()})
            pipe.zcard(key)
            pipe.expire(key, limit.within)
            count = pipe.execute()[2]
        if count > limit.count:
            self._redis.zrem(key, guess)
        return bool(count <= limit.count)
