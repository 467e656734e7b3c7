"""Keeps the processes of one machine running: starts them, restarts those that die and stops them all.

Has no thread and no clock of its own: call `tick` a few times a second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from runtime.child_processes import Child, wait_or_kill

_INITIAL_DELAY = 0.25  # seconds before the first restart; doubles each time …
_MAX_DELAY = 5.0  # … up to this, so that everything runs again within ten seconds
_STABLE_AFTER = 30.0  # seconds after which a process counts as recovered, and the delay is reset


@dataclass(frozen=True, slots=True)
class Service:
    """A process to keep running."""

    name: str
    spawn: Callable[[], Child]
    stops_last: bool = False  # the other services need it
    exit_reason: Callable[[], str] = str  # why it exited, as it says itself


class Supervisor:
    """Starts, restarts and stops a set of services."""

    def __init__(
        self, services: Sequence[Service], *, now: Callable[[], float], report: Callable[[str], None]
    ) -> None:
        """`now`: a monotonic clock, in seconds; `report` gets one line per restart, for people."""
        self._now = now
        self._processes = [_ServiceProcess(service, now, report) for service in services]

    def tick(self) -> None:
        """Start what is due to start or restart; returns at once."""
        for process in self._processes:
            process.tick()

    def pid(self, name: str) -> int | None:
        """The process id of a running service."""
        return next((process.pid for process in self._processes if process.service.name == name), None)

    def stop(self, timeout: float) -> None:
        """Stop all services; kill those that still run after `timeout` seconds."""
        self._stop([process for process in self._processes if not process.service.stops_last], timeout * 0.7)
        self._stop([process for process in self._processes if process.service.stops_last], timeout * 0.3)

    def _stop(self, processes: "list[_ServiceProcess]", timeout: float) -> None:
        give_up_at = self._now() + timeout
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(max(0.0, give_up_at - self._now()))


class _ServiceProcess:
    """The process of one service, and when to start the next one."""

    def __init__(self, service: Service, now: Callable[[], float], report: Callable[[str], None]) -> None:
        self.service = service
        self._now = now
        self._report = report
        self._child: Child | None = None
        self._start_at = now()
        self._started_at = 0.0
        self._delay = _INITIAL_DELAY

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self._child.poll() is None else None

    def tick(self) -> None:
        if self._child and self._child.poll() is not None:
            self._on_exit(self._child)
        if not self._child and self._now() >= self._start_at:
            self._start()

    def terminate(self) -> None:
        if self._child and self._child.poll() is None:
            self._child.terminate()

    def wait(self, timeout: float) -> None:
        if self._child:
            wait_or_kill(self._child, timeout)
            self._child = None

    def _start(self) -> None:
        try:
            self._child = self.service.spawn()
            self._started_at = self._now()
        except Exception as error:  # the one loop that must survive
            self._restart_later(f"can't be started: {error}")

    def _on_exit(self, child: Child) -> None:
        wait_or_kill(child, timeout=0)  # kill what it started, before it's started again
        self._child = None
        if self._now() - self._started_at >= _STABLE_AFTER:
            self._delay = _INITIAL_DELAY
        self._restart_later(self._why(child.poll() or 0))

    def _why(self, code: int) -> str:
        if code < 0:
            return f"was killed by signal {-code}"
        reason = self.service.exit_reason()
        return f"exited with code {code} ({reason})" if reason else f"exited with code {code}"

    def _restart_later(self, why: str) -> None:
        self._report(f"{self.service.name} {why}; restarting in {self._delay:g} s")
        self._start_at = self._now() + self._delay
        self._delay = min(self._delay * 2, _MAX_DELAY)
