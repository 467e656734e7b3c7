"""Bearer tokens for the API: issued, found, revoked. Only their hashes are stored.

A token is `guichet_<id>_<secret>`: the id finds the record in one lookup, and the secret (256 bits) is compared
in constant time. It can't be guessed, so wrong tokens are rate-limited but never block a right one.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.messages.errors import GuichetError, NotFound
from store.agents import keys
from store.agents.agent import Role
from store.agents.login_throttle import LoginThrottle
from store.codec import dump, load
from store.redis_client import Client

_SHAPE = re.compile(r"guichet_(t[0-9a-f]{10})_([A-Za-z0-9_-]{43})")
_ID = re.compile(r"t[0-9a-f]{10}")
_SEEN_EVERY = timedelta(minutes=1)  # precision of the last use; saves a write per request


class TokenNameTaken(GuichetError):
    """Another active token has that name."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """The token of one app. Threads show `name` as the author of what the app does."""

    token_id: str
    name: str
    role: Role
    digest: str
    created_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None  # within a minute; None: never

    @property
    def is_manager(self) -> bool:
        """Whether the overview is open to it."""
        return self.role is Role.MANAGER


class ApiTokens:
    """All tokens."""

    def __init__(self, redis: Client, clock: Callable[[], datetime]) -> None:
        self._redis, self._clock = redis, clock
        self._throttle = LoginThrottle(redis, clock)

    def add(self, name: str, role: Role = Role.AGENT) -> tuple[ApiToken, str]:
        """A new token, and its text, which can't be shown again; TokenNameTaken."""
        token_id, secret = f"t{secrets.token_hex(5)}", secrets.token_urlsafe(32)
        token = ApiToken(token_id, name, role, _digest(secret), self._clock())
        if not self._redis.hsetnx(keys.NAMES_OF_TOKENS, _plain(name), token_id):
            raise TokenNameTaken(f"a token named {name} already exists")
        self._redis.hset(keys.TOKENS, token_id, dump(token))
        return token, f"guichet_{token_id}_{secret}"

    def all(self) -> list[ApiToken]:
        """Every token, oldest first, with the revoked ones."""
        used = self._redis.hgetall(keys.TOKENS_LAST_USED)
        tokens = [load(ApiToken, raw) for raw in self._redis.hvals(keys.TOKENS)]
        found = [replace(t, used_at=_instant(used.get(t.token_id.encode()))) for t in tokens]
        return sorted(found, key=lambda token: token.created_at)

    def revoke(self, name: str) -> ApiToken:
        """Revoke the token with that name at once; the name can be used again. NotFound."""
        raw = self._redis.hget(keys.NAMES_OF_TOKENS, _plain(name))
        token = self._load(raw.decode()) if raw else None
        if token is None:
            raise NotFound(f"there is no active token named {name}")
        token = replace(token, revoked_at=self._clock())
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.TOKENS, token.token_id, dump(token))
            pipe.hdel(keys.NAMES_OF_TOKENS, _plain(name))
            pipe.execute()
        return token

    def find(self, text: str) -> ApiToken | None:
        """The token with this text; None if it's unknown or revoked."""
        shape = _SHAPE.fullmatch(text)
        token_id, secret = shape.groups() if shape else ("", "")
        token, used_at = self._look_up(token_id)
        is_right = hmac.compare_digest(token.digest if token else _digest("nobody's"), _digest(secret))
        if token is None or not is_right or token.revoked_at:
            return None
        return self._used(replace(token, used_at=used_at))

    def throttle_wrong_token(self, place: str) -> None:
        """Record a wrong token from `place`; TooManyAttempts after too many."""
        self._throttle.record_wrong_token(place)

    def name_of(self, token_id: str) -> str:
        """The name of the token with that id; "" if there is none."""
        token = self._load(token_id)
        return token.name if token else ""

    def _look_up(self, token_id: str) -> tuple[ApiToken | None, datetime | None]:
        pipe = self._redis.pipeline(transaction=False)
        pipe.hget(keys.TOKENS, token_id)
        pipe.hget(keys.TOKENS_LAST_USED, token_id)
        raw, used = pipe.execute()
        return load(ApiToken, raw) if raw else None, _instant(used)

    def _load(self, token_id: str) -> ApiToken | None:
        return self._look_up(token_id)[0]

    def _used(self, token: ApiToken) -> ApiToken:
        now = self._clock()
        if token.used_at is None or now - token.used_at >= _SEEN_EVERY:
            self._redis.hset(keys.TOKENS_LAST_USED, token.token_id, now.isoformat())
        return token


def is_token_id(text: str) -> bool:
    """Whether this has the form of a token's id, and not of an agent's."""
    return _ID.fullmatch(text) is not None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _plain(name: str) -> str:
    return name.strip().casefold()


def _instant(raw: bytes | None) -> datetime | None:
    return datetime.fromisoformat(raw.decode()) if raw else None
