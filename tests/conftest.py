"""What every test may ask for: a real Valkey of its own process, empty at the start of each test."""

import os
from collections.abc import Iterator

import pytest
from redis import Redis

from jobs.embedded import EmbeddedServer, EmbeddedServerError


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real Valkey; each test process has its own, so tests may run side by side."""
    server = EmbeddedServer(tmp_path_factory.mktemp("valkey"))
    try:
        url = server.start()
    except EmbeddedServerError as error:
        url = _given_url(error)
    yield url
    server.stop()


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """A client of an empty store, in bytes as the product uses it."""
    with Redis.from_url(redis_url) as client:
        client.flushall()
        yield client


def _given_url(error: EmbeddedServerError) -> str:
    """REDIS_URL, where no server can be started; the tests empty it, so it must be empty already."""
    url = os.environ.get("REDIS_URL")
    if not url:
        pytest.fail(f"the tests need a real Valkey or Redis: {error}", pytrace=False)
    with Redis.from_url(url) as client:
        if client.dbsize():
            pytest.fail("REDIS_URL is not empty and the tests empty it; give them another", pytrace=False)
    return url
