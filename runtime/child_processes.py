"""Child processes that never outlive us, and that a Ctrl-C on the terminal reaches only through us.

Holds how a child is started and ended; what is started, and when again, is the supervisor's.
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
_KILLED_WITHIN = 5.0  # seconds; only a process stuck in the kernel takes longer
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child(Protocol):
    """A process that we started: a `subprocess.Popen`, or a fork with the same few methods."""

    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None:
        """Its exit code once it has ended (negative: the signal), else None."""

    def wait(self, timeout: float) -> int:
        """Its exit code; subprocess.TimeoutExpired when it lives on after `timeout` seconds."""

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
    """Start `argv` in a session of its own; on Linux it is told to stop when we die, however we die.

    Start children from the main thread: the kernel ties the death signal to the thread that forked.
    OSError when the program cannot be run.
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
        preexec_fn=_at_birth(os.getpid()) if _LIBC else None,  # noqa: PLW1509 - one prctl call
    )


def end_child(child: Child, within: float) -> None:
    """Ask the child to stop; after `within` seconds kill it and all that it started."""
    if child.poll() is None:
        child.terminate()
    await_end(child, within)


def await_end(child: Child, within: float) -> None:
    """Wait for a child that was asked to stop; after `within` seconds kill it and all that it started."""
    try:
        child.wait(within)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait(_KILLED_WITHIN)
    for pid in in_session(child.pid):
        _kill(pid)


def die_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when `parent` does, however that happens; elsewhere than on Linux
    nothing. It ends at once when the parent died in that instant."""
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _at_birth(parent: int) -> Callable[[], None]:
    """What the child runs between fork and exec."""
    return lambda: die_with_parent(parent)


def in_session(session: int) -> list[int]:
    """The processes still in a session; empty where the system has no /proc."""
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
