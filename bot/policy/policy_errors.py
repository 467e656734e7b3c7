"""What's wrong with a policy file: every mistake with its key, its line and what is allowed."""

from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""A key and the tables and lists around it, as pydantic's `loc`; places in lists count from 0."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `key_path` is written for authors: `priorities[2].targets.first_response`, [1] is the first."""

    key_path: str
    line: int | None
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        """One line for a terminal: “line 12: zone: … (allowed: …)”."""
        place = f"line {self.line}: " if self.line else ""
        key = f"{self.key_path}: " if self.key_path else ""
        allowed = f" (allowed: {self.allowed})" if self.allowed else ""
        return f"{place}{key}{self.message}{allowed}"


class PolicyError(ValueError):
    """The policy can't be used; `problems` lists every mistake, in file order."""

    def __init__(self, problems: tuple[Problem, ...], source: str = "") -> None:
        self.problems = problems
        self.source = source
        super().__init__("\n".join(f"{source}: {p}" if source else str(p) for p in problems))
