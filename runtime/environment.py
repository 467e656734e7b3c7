"""Reading an environment strictly: `X` or the file named by `X_FILE`, and every problem found, not the first.

Knows nothing of which settings there are. A value is never repeated in a problem: it may be a secret.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Environment:
    """A mapping of variables that is read once and remembers what was wrong with it."""

    def __init__(self, variables: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        self._variables = variables
        self._defaults = defaults
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        """The value, its default, or "" when there is neither; an empty variable counts as not set."""
        given = self._variables.get(name, "").strip()
        path = self._variables.get(f"{name}_FILE", "").strip()
        if given and path:
            self.add_problem(name, f"is set twice, here and by {name}_FILE; keep one")
        elif path:
            given = self._from_file(name, Path(path))
        return given or self._defaults.get(name, "")

    def read(self, name: str, parse: Callable[[str], T]) -> T | None:
        """The value as `parse` understands it; None when it is not set or was refused with ValueError."""
        text = self.text(name)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.add_problem(name, str(error))
            return None

    def require(self, name: str, parse: Callable[[str], T], why: str) -> T | None:
        """Like `read`, but a missing value is a problem too; `why` says what to do."""
        if not self.text(name):
            self.add_problem(name, why)
            return None
        return self.read(name, parse)

    def add_problem(self, name: str, problem: str) -> None:
        """Keep one problem, once, to be reported with the others."""
        line = f"{name} {problem}"
        if line not in self.problems:
            self.problems.append(line)

    def _from_file(self, name: str, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            self.add_problem(f"{name}_FILE", f"cannot be read: {path}: {error.strerror}")
        except UnicodeDecodeError:
            self.add_problem(f"{name}_FILE", f"is not text: {path}")
        return ""
