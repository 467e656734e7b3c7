"""The sandbox's clock: it can run faster than real time and jump forward; only a reset sets it back."""

import asyncio
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time that runs `scale` times as fast as real time."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """Return to real time and speed."""
        self.scale = 1.0
        self._real = self._emulated = datetime.now(UTC)

    def now(self) -> datetime:
        return self._emulated + (datetime.now(UTC) - self._real) * self.scale

    def set(self, scale: float | None = None, advance_seconds: float = 0) -> None:
        """Change the speed, jump forward, or both; sleepers whose time has come wake at once."""
        if advance_seconds < 0 or (scale is not None and scale <= 0):
            raise ValueError("the clock only runs forward")
        emulated = self.now() + timedelta(seconds=advance_seconds)
        self._real, self._emulated = datetime.now(UTC), emulated
        self.scale = self.scale if scale is None else scale
        self._changed.set()
        self._changed = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Sleep that many emulated seconds."""
        wake_at = self.now() + timedelta(seconds=seconds)
        while (left := (wake_at - self.now()).total_seconds()) > 0:
            try:
                await asyncio.wait_for(self._changed.wait(), left / self.scale)
            except TimeoutError:
                continue
