"""Tells an outage of the store from a command of ours that it refuses: only the first mends itself."""

import re

from redis import exceptions

_OUTAGES = (
    exceptions.BusyLoadingError,
    exceptions.ClusterDownError,
    exceptions.ConnectionError,
    exceptions.NoPermissionError,
    exceptions.OutOfMemoryError,
    exceptions.ReadOnlyError,
    exceptions.TimeoutError,
    exceptions.TryAgainError,
    exceptions.WatchError,  # the connection broke while keys were watched
)
_SCRIPT = re.compile(r"^.*@user_script:\s*\d+:\s*-?")
"""Before Redis 7, an error in a script begins with where it happened."""

_OUTAGE_CODES = ("BUSY", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "UNBLOCKED")
"""The first words of the errors for which redis-py has no class."""


def is_outage(error: BaseException) -> bool:
    """Whether the store is away, full, read-only or busy; a wrong command, for example, is our own fault."""
    if not isinstance(error, exceptions.RedisError):
        return False
    words = _SCRIPT.sub("", str(error)).partition(" ")[0]
    return isinstance(error, _OUTAGES) or words in _OUTAGE_CODES
