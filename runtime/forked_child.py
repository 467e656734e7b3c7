"""A forked child process, with the same methods as `subprocess.Popen` where the supervisor uses them.

Loading aiogram and pydantic takes 150 MB per process; forked children share that memory.
"""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable

from runtime.child_processes import die_with_parent

log = logging.getLogger(__name__)


class ForkedChild:
    """Runs a function in a forked process."""

    def __init__(self, run: Callable[[], int]) -> None:
        parent = os.getpid()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _run_child(run, parent)

    def poll(self) -> int | None:
        """Its exit code (negative: the signal that killed it); None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Its exit code; subprocess.TimeoutExpired if it still runs after `timeout` seconds."""
        give_up_at = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > give_up_at:
                raise subprocess.TimeoutExpired("forked child", timeout)
            time.sleep(0.02)
        return self.returncode or 0

    def terminate(self) -> None:
        """Send SIGTERM."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _run_child(run: Callable[[], int], parent: int) -> None:
    """Run the child and exit: it must never return into the parent's code."""
    code = 1
    try:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        die_with_parent(parent)
        code = run()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        log.exception("a worker process crashed")
    finally:
        logging.shutdown()
        os._exit(code)
