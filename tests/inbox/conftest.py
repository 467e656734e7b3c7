"""The desk of each test, a browser for those that need one, and the web server it looks at."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from redis import Redis
from werkzeug.serving import make_server

from store.agents.agent import Agent
from tests.fixtures.browser_clock import stop_clock
from tests.fixtures.store_desk import StoreDesk


@pytest.fixture
def desk(redis: Redis, tmp_path: Path) -> StoreDesk:
    """A desk with nobody and nothing in it."""
    return StoreDesk(redis, tmp_path)


@pytest.fixture
def address(desk: StoreDesk) -> Iterator[str]:
    """Where the desk's web app answers."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, address: str, desk: StoreDesk) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `visit(agent, path, width=…)`. Scripts that fail fail the test.

    With `is_clock_stopped`, the page's timers only fire when the test moves `page.clock`.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(
        agent: Agent | None,
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        is_clock_stopped: bool = False,
        **more: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=address,
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        if agent:
            cookie = desk.wiring.agents.sessions.start(agent)
            context.add_cookies([{"name": "guichet", "value": cookie, "url": address}])
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console", lambda said: troubles.append(said.text) if "Content Security" in said.text else None
        )
        if is_clock_stopped:
            stop_clock(page)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
