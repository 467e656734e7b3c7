"""Keeps the processes of one machine running: starts them, starts again what dies, stops them all.

What a process does is its own business. No thread and no clock here: `tick` is called a few times a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runtime.child_processes import Child, await_end

_FIRST_DELAY = 0.25  # seconds before a process that died is started again; doubles each time …
_LONGEST_DELAY = 5.0  # … up to this, so that everything is back within ten seconds
_STEADY_AFTER = 30.0  # a process that lived this long has recovered: the delay begins anew


@dataclass(frozen=True, slots=True)
class Service:
    """One process to keep running."""

    name: str
    spawn: Callable[[], Child]
    is_foundation: bool = False  # the others need it: stopped after them
    last_words: Callable[[], str] = str  # what it said as it ended of itself


class Supervisor:
    """The services, each with its live process or the instant of its next start."""

    def __init__(
        self, services: Sequence[Service], *, now: Callable[[], float], tell: Callable[[str], None]
    ) -> None:
        """`now`: seconds of a clock that only moves forward; `tell` gets one line for people a restart."""
        self._now = now
        self._processes = [_ServiceProcess(service, now, tell) for service in services]

    def tick(self) -> None:
        """Start what has not been started, and what died and is due; returns at once."""
        for watch in self._processes:
            watch.tick()

    def pid(self, name: str) -> int | None:
        """The process id of a service that lives."""
        return next((watch.pid for watch in self._processes if watch.service.name == name), None)

    def stop(self, within: float) -> None:
        """Ask all to stop and see that they do; what has not after `within` seconds is killed."""
        self._stop([watch for watch in self._processes if not watch.service.is_foundation], within * 0.7)
        self._stop([watch for watch in self._processes if watch.service.is_foundation], within * 0.3)

    def _stop(self, watches: "list[_ServiceProcess]", within: float) -> None:
        give_up_at = self._now() + within
        for watch in watches:
            watch.ask_to_stop()
        for watch in watches:
            watch.await_stop(max(0.0, give_up_at - self._now()))


class _ServiceProcess:
    """One service over its lives."""

    def __init__(self, service: Service, now: Callable[[], float], tell: Callable[[str], None]) -> None:
        self.service = service
        self._now = now
        self._tell = tell
        self._child: Child | None = None
        self._start_at = now()
        self._started_at = 0.0
        self._delay = _FIRST_DELAY

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self._child.poll() is None else None

    def tick(self) -> None:
        if self._child and self._child.poll() is not None:
            self._on_exit(self._child)
        if not self._child and self._now() >= self._start_at:
            self._start()

    def ask_to_stop(self) -> None:
        if self._child and self._child.poll() is None:
            self._child.terminate()

    def await_stop(self, within: float) -> None:
        if self._child:
            await_end(self._child, within)
            self._child = None

    def _start(self) -> None:
        try:
            self._child = self.service.spawn()
            self._started_at = self._now()
        except Exception as error:  # the one loop that must survive
            self._start_later(f"cannot be started: {error}")

    def _on_exit(self, child: Child) -> None:
        await_end(child, within=0)  # what it started must not live on beside its successor
        self._child = None
        if self._now() - self._started_at >= _STEADY_AFTER:
            self._delay = _FIRST_DELAY
        self._start_later(self._why(child.poll() or 0))

    def _why(self, code: int) -> str:
        if code < 0:
            return f"was killed by signal {-code}"
        said = self.service.last_words()
        return f"ended with code {code} ({said})" if said else f"ended with code {code}"

    def _start_later(self, why: str) -> None:
        self._tell(f"{self.service.name} {why}; starting it again in {self._delay:g} s")
        self._start_at = self._now() + self._delay
        self._delay = min(self._delay * 2, _LONGEST_DELAY)
