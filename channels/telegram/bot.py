"""A blocking Bot API client: aiogram on this process's event loop, fork-safe, with a time limit on each call."""

from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods.base import TelegramMethod
from aiohttp import ClientSession

from channels.event_loop import CALL_TIMEOUT, TIMEOUTS, loop

Result = TypeVar("Result")


class BotApiClient:
    """Calls the Bot API from synchronous code. Nothing connects before the first call."""

    def __init__(self, token: str, api_url: str) -> None:
        self._bot = Bot(token, session=_Session(api_url))

    def __call__(self, method: TelegramMethod[Result]) -> Result:
        """Make one call. Raises aiogram's errors, and TimeoutError."""
        return loop().run(self._bot(method), timeout=CALL_TIMEOUT + 1)


class _Session(AiohttpSession):
    """Uses the connections of this process's loop, so that a forked worker never inherits one."""

    def __init__(self, api_url: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api_url.rstrip("/")), timeout=CALL_TIMEOUT)
        limits: Any = TIMEOUTS  # aiogram passes it to aiohttp unchanged
        self.timeout = limits

    async def create_session(self) -> ClientSession:
        return await loop().session()

    async def close(self) -> None:
        """The loop closes its connections."""
