"""The portal of each test."""

import pytest

from tests.inbox.house import House
from tests.inbox.v1.app import App


@pytest.fixture
def app(desk: House) -> App:
    """A portal with an agent's token."""
    return App(desk)
