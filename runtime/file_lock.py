"""A lock on this machine that its holder's death gives back. Never for several machines."""

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """An exclusive lock on one file; a child process that inherits `handle` holds it too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = -1

    def acquire(self, within: float = 0.0) -> bool:
        """Whether we hold it now, having waited up to `within` seconds; OSError when it cannot be a file."""
        give_up_at = time.monotonic() + within
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _is_locked(handle):
            if time.monotonic() >= give_up_at:
                os.close(handle)
                return False
            time.sleep(0.02)
        self.handle = handle
        return True

    def release(self) -> None:
        """Let go; a child that inherited the handle keeps holding it."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
