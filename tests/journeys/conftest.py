"""A running desk for each journey, and the sandbox that they share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from sandbox.control_client import Sandbox
from sandbox.server import start
from tests.fixtures.forum_desk import ForumDesk
from tests.fixtures.sandbox_desk import SandboxDesk


@pytest.fixture(scope="session")
def sandbox_url() -> Iterator[str]:
    running = start()
    yield running.url
    running.stop()


@pytest.fixture
def desk(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[SandboxDesk]:
    sandbox = Sandbox(sandbox_url)
    desk = SandboxDesk(redis, redis_url, sandbox, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def forum(redis: Redis, redis_url: str, sandbox_url: str, tmp_path: Path) -> Iterator[ForumDesk]:
    sandbox = Sandbox(sandbox_url)
    desk = ForumDesk(redis, redis_url, sandbox, tmp_path)
    yield desk
    sandbox.configure(group_posts_per_minute=None)
    desk.close()
