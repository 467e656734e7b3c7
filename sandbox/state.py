"""The sandbox's whole state and its running tasks; the providers' rules live elsewhere."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.call_log import CallLog
from sandbox.change_feed import ChangeFeed
from sandbox.emulated_clock import Clock
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.people import People, Person, add_desk_people, add_first_customers
from sandbox.telegram.state import Telegram
from sandbox.whatsapp.ready import default_templates
from sandbox.whatsapp.state import WhatsApp


@dataclass
class Settings:
    """What can change while it runs; durations in seconds, limits None for no limit."""

    target: str = ""
    public_url: str = ""
    whatsapp_webhook: str = ""
    whatsapp_fallback: str = ""
    whatsapp_timeout: float = 15.0
    telegram_timeout: float = 60.0
    receipt_delay: float = 0.15
    group_posts_per_minute: int | None = None
    chat_posts_per_second: int | None = None


class SandboxState:
    """One sandbox: people, both providers, faults, the log, and the clock they share."""

    def __init__(self, settings: Settings, base_url: str = "", has_first_customers: bool = False) -> None:
        self.settings = settings
        self.base_url = base_url
        self.has_first_customers = has_first_customers
        self.clock = Clock()
        self.changes = ChangeFeed()
        self.calls = CallLog()
        self.http: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self.forget()

    def forget(self) -> None:
        """Reset: only the desk's people, no messages or faults, real time."""
        self.cancel_tasks()
        self.clock.reset()
        self.people = People()
        self.files = Files()
        self.faults = Faults()
        self.whatsapp = WhatsApp(templates=default_templates())
        self.telegram = Telegram.registered(self.settings.target)
        self.draining = set[str]()
        self.calls.clear()
        add_desk_people(self.people)
        if self.has_first_customers:
            add_first_customers(self.people)
        self.changes.tell("state")

    def changed(self, person: Person | None = None, topic: str = "state") -> None:
        self.changes.tell(f"person:{person.id}" if person else topic)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run in the background of the request that started it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def cancel_tasks(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()

    async def settle(self, at_most: float) -> bool:
        """Wait until nothing is pending, for at most that many real seconds; False if something still is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + at_most
        while self._tasks and loop.time() < end:
            await asyncio.wait(tuple(self._tasks), timeout=end - loop.time())
            await asyncio.sleep(0)
        return not self._tasks


STATE: web.AppKey[SandboxState] = web.AppKey("state", SandboxState)
LOGGED_REQUEST: web.RequestKey[Any] = web.RequestKey("asked", object)


def state_of(request: web.Request) -> SandboxState:
    return request.app[STATE]
