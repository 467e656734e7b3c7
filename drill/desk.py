"""A temporary desk for one drill, with its own store, processes and providers on this machine.

It touches no real customer, no real provider and none of the operator's data.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from redis import Redis

from jobs.wiring import Wiring, build
from runtime.child_processes import Child, processes_in_session, start_child
from runtime.embedded_valkey import EmbeddedValkey
from runtime.redis_url import JOB_RETRY_FOR, connect
from runtime.settings import Settings
from runtime.supervisor import Service, Supervisor
from sandbox import server
from sandbox.control_client import Sandbox

START_TIMEOUT = 60.0
STOP_TIMEOUT = 8.0
_POLL_INTERVAL = 0.05


class DrillError(Exception):
    """The drill couldn't run; the message says why in one line."""


class DrillDesk:
    """A context manager. Its methods that wait also restart processes that were killed."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        """`environ`: all settings but addresses, which are chosen here."""
        self._stack, self._folder, self.told = ExitStack(), folder, list[str]()
        self._store = EmbeddedValkey(folder / "valkey")
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environ = {**environ, "PORT": str(self.port), "PUBLIC_URL": self.url}

    def __enter__(self) -> "DrillDesk":
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self) -> None:
        self._environ["REDIS_URL"] = self._store.start()
        self._stack.callback(self._store.stop)
        sandbox = self._stack.enter_context(server.start(target=self.url, public_url=self.url))
        self.sandbox = Sandbox(sandbox.url)
        self.sandbox.configure(
            whatsapp_webhook=f"{self.url}/webhooks/whatsapp#rc=5&rp=all", group_posts_per_minute=20
        )
        self._environ |= {"TWILIO_API_URL": sandbox.url, "TELEGRAM_API_URL": sandbox.url}
        self.redis: Redis = connect(self._environ["REDIS_URL"], retry_for=JOB_RETRY_FOR)
        self._stack.callback(self.redis.close)
        self.wiring: Wiring = build(Settings.from_environment(self._environ), redis=self.redis)
        self._supervisor = Supervisor(self._services(), now=time.monotonic, report=self.told.append)
        self._stack.callback(lambda: self._supervisor.stop(STOP_TIMEOUT))
        self.wait_until(lambda: self.is_answering("/readyz"), START_TIMEOUT, "the web process did not start")
        self.wait_until(self._is_clock_beating, START_TIMEOUT, "the clock did not start")

    def _services(self) -> list[Service]:
        first = iter([self._store.child])
        services = [Service("store", lambda: next(first, None) or self._store.spawn(), stops_last=True)]
        services.append(Service("web", self._guichet("web", "--threads", "4")))
        services += [Service(name, self._guichet(name)) for name in ("worker", "clock")]
        return [*services, Service("second clock", self._guichet("clock"))]

    def _guichet(self, *words: str) -> Callable[[], Child]:
        def spawn() -> Child:
            log = (self._folder / f"{words[0]}.log").open("ab")
            self._stack.callback(log.close)
            return start_child(
                [sys.executable, "-P", "-m", "cli.main", *words], environ=self._environ, output=log
            )

        return spawn

    def _is_clock_beating(self) -> bool:
        return bool(self.redis.exists("clock-beat"))

    def tick(self) -> None:
        """Restart processes that have died."""
        self._supervisor.tick()

    def until(self, is_so: Callable[[], bool], within: float) -> bool:
        """Wait for the condition, `within` seconds at most; whether it was met."""
        give_up_at = time.monotonic() + within
        while time.monotonic() < give_up_at:
            self.tick()
            if is_so():
                return True
            time.sleep(_POLL_INTERVAL)
        return is_so()

    def let_time_pass(self, seconds: float) -> None:
        """Wait this long."""
        self.until(lambda: False, seconds)

    def wait_until(self, is_so: Callable[[], bool], within: float, otherwise: str) -> None:
        """Wait for the condition; DrillError if it isn't met in time."""
        if not self.until(is_so, within):
            raise DrillError(f"{otherwise} within {within:g} s; see the logs in {self._folder}")

    def is_answering(self, path: str) -> bool:
        """Whether the page responds with 200."""
        return self.asked(path)[0] == 200

    def asked(self, path: str, within: float = 5.0) -> tuple[int, float]:
        """The status of a page (0: no response), and how many seconds it took."""
        started = time.monotonic()
        try:
            with urlopen(f"{self.url}{path}", timeout=within) as answer:  # noqa: S310 - our own address
                status = int(answer.status)
        except HTTPError as refused:
            refused.close()
            status = refused.code
        except (URLError, OSError):
            status = 0
        return status, time.monotonic() - started

    def kill(self, name: str) -> None:
        """kill -9 a process and all its children."""
        pid = self._supervisor.pid(name)
        for each in {pid, *processes_in_session(pid)} if pid else ():
            _signal(each, signal.SIGKILL)

    def kill_child(self, name: str) -> None:
        """kill -9 one of its child processes, where the system lists them; otherwise the process itself."""
        if pid := self._supervisor.pid(name):
            children = [each for each in processes_in_session(pid) if each != pid]
            _signal(children[0] if children else pid, signal.SIGKILL)

    def hang(self, name: str) -> Callable[[], None]:
        """Freeze a process; the returned function resumes it."""
        pid = self._supervisor.pid(name)
        _signal(pid, signal.SIGSTOP)
        return lambda: _signal(pid, signal.SIGCONT)


def _signal(pid: int | None, number: signal.Signals) -> None:
    if pid:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
