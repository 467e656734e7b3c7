"""A desk and an app that uses its API."""

from pathlib import Path

import pytest
from redis import Redis

from tests.fixtures.api_client import App
from tests.fixtures.store_desk import House, house


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> House:
    """A desk with nobody and nothing in it."""
    return house(redis, tmp_path / "media")


@pytest.fixture
def app(desk: House) -> App:
    """An app with an agent's token."""
    return App(desk)
