"""From REDIS_URL to a client; the one place that knows Sentinel's form of it."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from redis import ConnectionError as StoreLost
from redis import ConnectionPool, Redis, Sentinel
from redis.backoff import ConstantBackoff
from redis.retry import Retry

REDIS_URL_FORMS = (
    "redis://host:port/0, rediss://…, unix:///path or redis+sentinel://host:port,host:port/service"
)
_SENTINEL = "redis+sentinel"
_PAUSE = 0.25  # seconds between two tries of a patient client

REQUEST_TIMEOUT = 0.9
"""Seconds after which a store that does not answer is away for whoever waits for a page or a webhook: 503.

Twice that where a connection has been idle, which is tried first and then made anew; 2 s must do.
"""

JOB_RETRY_FOR = 8.0
"""Seconds for which a job tries to write down what it has just done; shorter than the lease under which it did."""


def validate_redis_url(text: str) -> str:
    """The text, when it can be a REDIS_URL; ValueError says what may be written, never what was."""
    try:
        if urlsplit(text).scheme == _SENTINEL:
            _sentinel_parts(text)
        else:
            ConnectionPool.from_url(text)
    except ValueError:
        raise ValueError(f"must be {REDIS_URL_FORMS}") from None
    return text


def connect(url: str, *, timeout: float = 3.0, patience: float = 0.0) -> Redis:
    """A client, in bytes, that connects when it is first used.

    `timeout`: seconds for each answer. `patience`: seconds for which a broken connection is tried again; what
    is sent then may arrive twice. A watched transaction is never sent again.
    """
    options: dict[str, Any] = {"socket_timeout": timeout, "retry": _retry(patience)}
    if not url.startswith("unix:"):
        options |= {"socket_connect_timeout": timeout, "health_check_interval": 15}
    if urlsplit(url).scheme != _SENTINEL:
        return Redis.from_url(url, **options)
    hosts, service, login, database = _sentinel_parts(url)
    sentinel = Sentinel(hosts, sentinel_kwargs={**options, **login})  # type: ignore[no-untyped-call]
    client: Redis = sentinel.master_for(service, db=database, **options, **login)  # type: ignore[no-untyped-call]
    return client


def _retry(patience: float) -> Retry:
    return Retry(ConstantBackoff(_PAUSE), int(patience / _PAUSE), supported_errors=(StoreLost,))


def _sentinel_parts(url: str) -> tuple[list[tuple[str, int]], str, dict[str, str], int]:
    """The sentinels, the service, the login (used for both) and the database of a Sentinel URL."""
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    path = re.fullmatch(r"/([^/]+)(?:/(\d+))?", parts.path)
    if not path:
        raise ValueError("a Sentinel URL needs a service")
    user, _, password = login.rpartition(":") if ":" in login else ("", "", login)
    pairs = {"username": unquote(user), "password": unquote(password)}
    return (
        [_host(host) for host in hosts.split(",")],
        path[1],
        {key: value for key, value in pairs.items() if value},
        int(path[2] or 0),
    )


def _host(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\[\]]+)(?::(\d{1,5}))?", text)
    if not found:
        raise ValueError("not a host")
    return found[1].strip("[]"), int(found[2] or 26379)
