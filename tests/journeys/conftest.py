"""A running house for each journey, and the sandbox that they share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from sandbox.control_client import Sandbox
from sandbox.server import start
from tests.fixtures.forum_desk import ForumHouse
from tests.fixtures.paths import POLICIES
from tests.fixtures.sandbox_desk import House


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    running = start()
    yield running.url
    running.stop()


@pytest.fixture
def house(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[House]:
    sandbox = Sandbox(sandbox_url)
    house = House(redis, redis_url, sandbox, POLICIES / "demo.toml", tmp_path)
    yield house
    house.close()


@pytest.fixture
def forum(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[ForumHouse]:
    sandbox = Sandbox(sandbox_url)
    house = ForumHouse(redis, redis_url, sandbox, POLICIES / "demo.toml", tmp_path)
    yield house
    sandbox.configure(group_posts_per_minute=None)
    house.close()
