"""A lock between processes of one machine; the system releases it when its holder dies."""

import fcntl
import os
import time
from pathlib import Path


class FileLock:
    """An exclusive lock on a file; a child process that inherits `handle` holds it too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = -1

    def acquire(self, timeout: float = 0.0) -> bool:
        """Try for up to `timeout` seconds; whether we hold the lock. OSError if the file can't be opened."""
        give_up_at = time.monotonic() + timeout
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _is_locked(handle):
            if time.monotonic() >= give_up_at:
                os.close(handle)
                return False
            time.sleep(0.02)
        self.handle = handle
        return True

    def release(self) -> None:
        """Release it; a child that inherited the handle still holds it."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


def _is_locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
