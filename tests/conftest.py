"""What every test may ask for: a real Valkey of its own process, empty at its start, and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from redis import Redis

from channels.event_loop import close_loop
from runtime.embedded_valkey import EmbeddedServerError, EmbeddedValkey

pytest.register_assert_rewrite("tests.fixtures")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE = 60_000
"""Milliseconds that a busy machine gets to show something; a page that is ready sooner isn't waited for."""


@pytest.fixture(scope="session", autouse=True)
def no_connection_is_left_open() -> Iterator[None]:
    """What the SDKs opened is closed when all is over."""
    yield
    close_loop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real Valkey; each test process has its own, so tests may run side by side."""
    server = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    try:
        url = server.start()
        with Redis.from_url(url) as client:  # tests of what outlives a kill start servers of their own
            client.config_set("appendfsync", "no")
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, as Debian packages it; without it these tests are skipped at home and fail in CI.

    Of the module, not of the session: while Playwright runs, nothing else in its thread can run a loop.
    """
    if not CHROMIUM.exists():
        words = f"no Chromium at {CHROMIUM}: the pages were not looked at (apt install chromium)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(words)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS, timeout=PATIENCE)
        yield browser
        browser.close()


def _given_url(error: EmbeddedServerError) -> str:
    """REDIS_URL, where no server can be started; the tests empty it, so it must be empty already."""
    url = os.environ.get("REDIS_URL")
    if not url:
        pytest.fail(f"the tests need a real Valkey or Redis: {error}", pytrace=False)
    with Redis.from_url(url) as client:
        if client.dbsize():
            pytest.fail("REDIS_URL is not empty and the tests empty it; give them another", pytrace=False)
    return url
