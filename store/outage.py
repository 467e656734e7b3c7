"""Tells an outage of the store from a command of ours that it refuses: only the first mends itself."""

from redis import exceptions

_OUTAGES = (
    exceptions.BusyLoadingError,
    exceptions.ClusterDownError,
    exceptions.ConnectionError,
    exceptions.OutOfMemoryError,
    exceptions.ReadOnlyError,
    exceptions.TimeoutError,
    exceptions.TryAgainError,
    exceptions.WatchError,  # the connection broke while keys were watched
)
_OUTAGE_CODES = ("BUSY", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "UNBLOCKED")
"""The first words of the errors for which redis-py has no class."""


def is_outage(error: BaseException) -> bool:
    """Whether the store is away, full, read-only or busy; a wrong command, for example, is our own fault."""
    if not isinstance(error, exceptions.RedisError):
        return False
    return isinstance(error, _OUTAGES) or str(error).partition(" ")[0] in _OUTAGE_CODES
