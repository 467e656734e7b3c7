"""Errors of a session."""


class InputError(ValueError):
    """The input can't be taken as it is; the message says why, and the session goes on."""
