"""Every form of REDIS_URL makes a client; for Sentinel, the parts of the client are checked."""

import pytest
from redis import ConnectionError as StoreAway
from redis import Redis
from redis.sentinel import SentinelConnectionPool

from runtime.redis_url import connect, validate_redis_url


def test_a_plain_url_reaches_the_store(redis_url: str) -> None:
    with connect(redis_url) as client:
        assert client.ping()


def test_an_unreachable_store_raises_instead_of_waiting() -> None:
    with connect("redis://127.0.0.1:1/0", timeout=0.2) as client, pytest.raises(StoreAway):
        client.ping()


def test_a_sentinel_url_names_hosts_service_login_and_database() -> None:
    client = connect("redis+sentinel://desk:p%40ss@one:26380,two/main/3")
    pool = client.connection_pool
    assert isinstance(pool, SentinelConnectionPool)
    assert pool.service_name == "main"
    assert pool.connection_kwargs["db"] == 3
    assert (pool.connection_kwargs["username"], pool.connection_kwargs["password"]) == ("desk", "p@ss")
    asked = [sentinel.connection_pool.connection_kwargs for sentinel in pool.sentinel_manager.sentinels]
    assert [(each["host"], each["port"]) for each in asked] == [("one", 26380), ("two", 26379)]


@pytest.mark.parametrize(
    "url", ["redis://h:6379/0", "rediss://h", "unix:///run/redis.sock", "redis+sentinel://a/b"]
)
def test_the_four_forms_are_accepted(url: str) -> None:
    assert validate_redis_url(url) == url
    assert isinstance(connect(url), Redis)


@pytest.mark.parametrize("url", ["", "h:6379", "redis+sentinel://a", "redis+sentinel://a:b:c/d", "mysql://h"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be redis://"):
        validate_redis_url(url)
