"""The web over a desk that only remembers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.provider_requests import Files, RememberingDesk, TelegramPosts, TwilioPosts, Wiring
from webhooks.app import create_app


@pytest.fixture
def wiring(tmp_path: Path) -> Wiring:
    return Wiring(Files(tmp_path))


@pytest.fixture
def desk(wiring: Wiring) -> RememberingDesk:
    return wiring.desk


@pytest.fixture
def app(wiring: Wiring) -> Flask:
    return create_app(wiring)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def twilio(client: FlaskClient) -> TwilioPosts:
    return TwilioPosts(client)


@pytest.fixture
def telegram(client: FlaskClient) -> TelegramPosts:
    return TelegramPosts(client)
