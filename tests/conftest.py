"""What every test may ask for: a real Valkey of its own process, empty at its start, and a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from redis import Redis

from channels.event_loop import close_loop
from runtime.embedded_valkey import EmbeddedServerError, EmbeddedValkey

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

REAL_TIME = ("tests/drill/", "tests/journeys/", "tests/cli/run/test_command.py", "tests/cli/test_drill.py")
"""They live with real seconds, of processes or of the sandbox's providers, whatever else the machine has to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at a clock that is not ours may try once more, which the summary counts; nothing else may."""
    for item in items:
        is_a_page = "browser" in getattr(item, "fixturenames", ())
        if is_a_page or item.nodeid.startswith(REAL_TIME):
            item.add_marker(pytest.mark.flaky(reruns=1))


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
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
