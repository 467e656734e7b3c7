"""A desk and an app that uses its API."""

from pathlib import Path

import pytest
from redis import Redis

from tests.fixtures.api_client import ApiClient
from tests.fixtures.store_desk import StoreDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk with nobody and nothing in it."""
    return StoreDesk(redis, tmp_path)


@pytest.fixture
def app(desk: StoreDesk) -> ApiClient:
    """An app with an agent's token."""
    return ApiClient(desk)
