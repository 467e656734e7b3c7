"""Starts and stops the sandbox: in the foreground, or in a thread for tests."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from sandbox import page, persistence
from sandbox.control import forum, orders, people, phones, running, trouble, watching
from sandbox.provider_api import provider_middleware
from sandbox.state import STATE, SandboxState, Settings
from sandbox.telegram import api as telegram
from sandbox.telegram import updates
from sandbox.whatsapp import content, indicators, listing, media, messages
from sandbox.whatsapp.refusing import error_middleware

HOST = "127.0.0.1"
LARGEST_REQUEST = 64 * 2**20
MODULES = (
    messages, listing, media, content, indicators, telegram,
    people, phones, forum, trouble, watching, running, page,
)  # fmt: skip


def serve(port: int, target: str, public_url: str = "", data: Path | None = None) -> None:
    """Run until interrupted; `data` keeps chats across restarts. Raises OSError if the port is taken."""
    settings = settings_for(target, public_url)
    settings.group_posts_per_minute = 20
    state = SandboxState(settings, f"http://{HOST}:{port}", has_first_customers=True)
    if data is not None:
        persistence.load(state, data)
    listener = bind_socket(port)
    web.run_app(create_app(state, data), sock=listener, print=None, access_log=None, handle_signals=True)


@dataclass
class Running:
    """A sandbox in a thread. `url` is its address; `stop` ends it."""

    url: str
    state: SandboxState
    _loop: asyncio.AbstractEventLoop
    _thread: threading.Thread

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()


def start(
    port: int = 0, target: str | None = None, public_url: str = "", data: Path | None = None
) -> Running:
    """Run in a daemon thread and return once it responds; port 0 picks a free one."""
    listener = bind_socket(port)
    url = f"http://{HOST}:{listener.getsockname()[1]}"
    state = SandboxState(settings_for(target or "", public_url), url)
    if data is not None:
        persistence.load(state, data)
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    thread = threading.Thread(
        target=_run, args=(loop, create_app(state, data), listener, ready), name="sandbox", daemon=True
    )
    thread.start()
    ready.wait(timeout=10)
    return Running(url, state, loop, thread)


def _run(
    loop: asyncio.AbstractEventLoop, app: web.Application, listener: socket.socket, ready: threading.Event
) -> None:
    asyncio.set_event_loop(loop)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.SockSite(runner, listener).start())
    ready.set()
    loop.run_forever()
    loop.run_until_complete(runner.cleanup())
    loop.close()


def settings_for(target: str, public_url: str) -> Settings:
    target = target.rstrip("/")
    public = (public_url or target).rstrip("/")
    return Settings(target=target, public_url=public, whatsapp_webhook=f"{public}/webhooks/whatsapp")


def bind_socket(port: int) -> socket.socket:
    """A bound socket, so that a taken port shows before anything starts."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def create_app(state: SandboxState, data: Path | None) -> web.Application:
    app = web.Application(
        middlewares=[provider_middleware, error_middleware, orders.error_middleware],
        client_max_size=LARGEST_REQUEST,
    )
    app[STATE] = state
    for module in MODULES:
        app.add_routes(module.routes)
    app.cleanup_ctx.append(life(data))
    return app


def life(data: Path | None) -> Callable[[web.Application], AsyncIterator[None]]:
    """Set up and close what lives as long as the server: HTTP client, pending updates, saved chats."""

    async def alive(app: web.Application) -> AsyncIterator[None]:
        state = app[STATE]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as state.http:
            updates.resume(state)
            saving = asyncio.create_task(persistence.keep_saving(state, data)) if data else None
            yield
            state.cancel_tasks()
            if saving:
                saving.cancel()
        if data:
            persistence.save(state, data)

    return alive
