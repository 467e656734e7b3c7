"""Notifies pages and tests of changes, by topic only; they fetch the details themselves."""

import asyncio
from collections.abc import AsyncIterator


class ChangeFeed:
    """Gives every listener a queue of the topics it hasn't seen yet."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str]] = set()

    def tell(self, topic: str) -> None:
        """Tell every listener that the topic (`person:7`, `forum`, `calls`, `state`) changed."""
        for listener in self._listeners:
            listener.put_nowait(topic)

    def listen(self) -> asyncio.Queue[str]:
        listener: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: asyncio.Queue[str]) -> None:
        self._listeners.discard(listener)

    async def until(self, listener: asyncio.Queue[str], seconds: float) -> AsyncIterator[None]:
        """Yield now and after every change, for that many real seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while True:
            yield
            left = end - loop.time()
            if left <= 0:
                return
            try:
                await asyncio.wait_for(listener.get(), left)
            except TimeoutError:
                return
