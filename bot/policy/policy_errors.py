"""What is wrong with a policy file: every mistake with its key, its line and what is allowed instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `key_path` is as an author would write it: `priorities[2].targets.first_response`."""

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
    """The policy cannot be used; `problems` lists every mistake, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...], source: str = "") -> None:
        self.problems = problems
        self.source = source
        super().__init__("\n".join(f"{source}: {p}" if source else str(p) for p in problems))
