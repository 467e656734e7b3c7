"""Errors of commands."""


class CommandError(Exception):
    """Each line of the message is printed on standard error, and the command exits with 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines
