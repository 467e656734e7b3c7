"""Makes a Redis client from REDIS_URL; the only module that knows its form for Sentinel."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from redis import ConnectionError as RedisConnectionError
from redis import ConnectionPool, Redis, Sentinel
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from store.redis_client import StoreClient

REDIS_URL_FORMS = (
    "redis://host:port/0, rediss://…, unix:///path or redis+sentinel://host:port,host:port/service"
)
_SENTINEL_SCHEME = "redis+sentinel"
_RETRY_DELAY = 0.25  # seconds between two attempts

REQUEST_TIMEOUT = 0.9
"""Seconds that a page or webhook waits for the store before it answers 503.

An idle connection can take twice that, since it's checked first and then opened again; /readyz has 2 s.
"""

JOB_RETRY_FOR = 8.0
"""Seconds for which a job retries to save what it has just done; shorter than its lease."""


def validate_redis_url(text: str) -> str:
    """The text, if it's a REDIS_URL; ValueError says what's allowed, not what was given."""
    try:
        if urlsplit(text).scheme == _SENTINEL_SCHEME:
            _sentinel_parts(text)
        else:
            ConnectionPool.from_url(text)
    except ValueError:
        raise ValueError(f"must be {REDIS_URL_FORMS}") from None
    return text


def connect(url: str, *, timeout: float = 3.0, retry_for: float = 0.0) -> Redis:
    """A client that returns bytes and connects when it's first used.

    `timeout`: seconds to wait for each answer. `retry_for`: seconds to keep retrying after the connection breaks;
    commands can then arrive twice, except in a watched transaction, which is never sent again.
    """
    options: dict[str, Any] = {"socket_timeout": timeout, "retry": _retry(retry_for)}
    if not url.startswith("unix:"):
        options |= {"socket_connect_timeout": timeout, "health_check_interval": 15}
    if urlsplit(url).scheme != _SENTINEL_SCHEME:
        return StoreClient.from_url(url, **options)
    hosts, service, login, database = _sentinel_parts(url)
    sentinel = Sentinel(hosts, sentinel_kwargs={**options, **login})  # type: ignore[no-untyped-call]
    client: Redis = sentinel.master_for(  # type: ignore[no-untyped-call]
        service, redis_class=StoreClient, db=database, **options, **login
    )
    return client


def _retry(retry_for: float) -> Retry:
    return Retry(
        ConstantBackoff(_RETRY_DELAY), int(retry_for / _RETRY_DELAY), supported_errors=(RedisConnectionError,)
    )


def _sentinel_parts(url: str) -> tuple[list[tuple[str, int]], str, dict[str, str], int]:
    """The sentinels, the service, the login (for sentinels and server) and the database of a Sentinel URL."""
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    path = re.fullmatch(r"/([^/]+)(?:/(\d+))?", parts.path)
    if not path:
        raise ValueError("a Sentinel URL needs a service")
    user, _, password = login.rpartition(":") if ":" in login else ("", "", login)
    pairs = {"username": unquote(user), "password": unquote(password)}
    return (
        [_parse_host(host) for host in hosts.split(",")],
        path[1],
        {key: value for key, value in pairs.items() if value},
        int(path[2] or 0),
    )


def _parse_host(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\[\]]+)(?::(\d{1,5}))?", text)
    if not found:
        raise ValueError("not a host name")
    return found[1].strip("[]"), int(found[2] or 26379)
