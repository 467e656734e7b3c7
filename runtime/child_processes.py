"""Starts and stops child processes that never outlive this one and don't receive the terminal's Ctrl-C.

The supervisor decides which processes to start and when to restart them.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_KILL_TIMEOUT = 5.0  # seconds; only a process that is stuck in the kernel takes longer
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child(Protocol):
    """A process that we started: a `subprocess.Popen`, or a `ForkedChild` with the same methods."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None:
        """Its exit code (negative: the signal that killed it); None while it runs."""

    def wait(self, timeout: float) -> int:
        """Its exit code; subprocess.TimeoutExpired if it still runs after `timeout` seconds."""

    def terminate(self) -> None: ...
    def kill(self) -> None: ...


def start_child(
    argv: Sequence[str],
    *,
    environ: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    output: IO[bytes] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `argv` in its own session; on Linux the kernel stops it when this process dies, even by SIGKILL.

    Call this from the main thread: the kernel sends the signal when the thread that forked ends.
    Raises OSError if the program can't be run.
    """
    return subprocess.Popen(  # noqa: S603 - argv is ours, no shell
        argv,
        env=None if environ is None else dict(environ),
        cwd=cwd,
        stdin=stdin,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        pass_fds=pass_fds,
        start_new_session=True,
        preexec_fn=_preexec(os.getpid()) if _LIBC else None,  # noqa: PLW1509 - one prctl call
    )


def stop_child(child: Child, timeout: float) -> None:
    """Stop the child with SIGTERM; after `timeout` seconds kill it and every process it started."""
    if child.poll() is None:
        child.terminate()
    wait_or_kill(child, timeout)


def wait_or_kill(child: Child, timeout: float) -> None:
    """Wait for a child that is stopping; after `timeout` seconds kill it and every process it started."""
    try:
        child.wait(timeout)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(_KILL_TIMEOUT)
    for pid in processes_in_session(child.pid):
        _kill(pid)


def die_with_parent(parent: int) -> None:
    """Have the kernel stop this process when `parent` dies; does nothing on systems other than Linux.

    Exits right away if the parent has died already.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _preexec(parent: int) -> Callable[[], None]:
    return lambda: die_with_parent(parent)


def processes_in_session(session: int) -> list[int]:
    """The ids of the processes that are still in a session; none on systems without /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(entry.name)) == session:
                found.append(int(entry.name))
        except (ProcessLookupError, PermissionError):
            continue
    return found


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
