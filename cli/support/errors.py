"""What goes wrong in a command, said to the operator. Holds no command."""


class CommandError(Exception):
    """Something is wrong: each line is said on standard error, the command ends with 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines
