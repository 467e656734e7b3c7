"""A child that shares what its parent has loaded: forked, with the handle that the supervisor knows.

Loading aiogram and pydantic costs 150 MB a process; forked children share it.
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
    """One forked child: the part of `subprocess.Popen` that the supervisor uses."""

    def __init__(self, run: Callable[[], int]) -> None:
        parent = os.getpid()
        self.returncode: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            _run_child(run, parent)

    def poll(self) -> int | None:
        """Its exit code once it has ended (negative: the signal), else None."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for its end; subprocess.TimeoutExpired after `timeout` seconds."""
        give_up_at = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > give_up_at:
                raise subprocess.TimeoutExpired("forked child", timeout)
            time.sleep(0.02)
        return self.returncode or 0

    def terminate(self) -> None:
        """Ask it to stop."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _run_child(run: Callable[[], int], parent: int) -> None:
    """The child's life: it never returns into the parent's code."""
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
        log.exception("a worker process ended")
    finally:
        logging.shutdown()
        os._exit(code)
