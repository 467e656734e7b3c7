"""From REDIS_URL to a client; the one place that knows Sentinel's form of it."""

import re
from urllib.parse import unquote, urlsplit

from redis import ConnectionPool, Redis, Sentinel

_SENTINEL = "redis+sentinel"
_SECONDS = 3.0  # a store that does not answer within this is away: webhooks say 503


def redis_url(text: str) -> str:
    """The text, when it can be a REDIS_URL; ValueError says what may be written, never what was."""
    try:
        if urlsplit(text).scheme == _SENTINEL:
            _sentinel_parts(text)
        else:
            ConnectionPool.from_url(text)
    except ValueError:
        raise ValueError(
            "must be redis://host:port/0, rediss://…, unix:///path or redis+sentinel://host:port,host:port/service"
        ) from None
    return text


def connect(url: str, *, timeout: float = _SECONDS) -> Redis:
    """A client, in bytes, that connects when it is first used. `timeout`: seconds for each answer."""
    options = {"socket_timeout": timeout, "socket_connect_timeout": timeout, "health_check_interval": 15}
    if urlsplit(url).scheme != _SENTINEL:
        return Redis.from_url(url, **({"socket_timeout": timeout} if url.startswith("unix:") else options))
    hosts, service, login, database = _sentinel_parts(url)
    sentinel = Sentinel(hosts, sentinel_kwargs={**options, **login})  # type: ignore[no-untyped-call]
    client: Redis = sentinel.master_for(service, db=database, **options, **login)  # type: ignore[no-untyped-call]
    return client


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
