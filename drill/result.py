"""The result of one scenario: figures and problems."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from drill.actors import DeliveryCount

Figure = int | float | str


@dataclass
class Result:
    """The scenario passed if there are no problems."""

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def is_passed(self) -> bool:
        return not self.problems

    def note(self, **figures: Figure) -> None:
        """Add figures to show."""
        self.figures |= figures

    def expect(self, is_so: bool, otherwise: str) -> None:
        """Add the problem `otherwise` unless the condition holds."""
        if not is_so:
            self.problems.append(otherwise)

    def counted(self, what: str, count: DeliveryCount, *, max_duplicates: int = 0) -> None:
        """Expect nothing lost or out of order, and at most `max_duplicates` duplicates, all visible to an agent."""
        self.figures[what] = f"{count.arrived} of {count.said}"
        self.figures["lost"] = int(self.figures.get("lost", 0)) + len(count.lost)
        self.figures["doubled"] = int(self.figures.get("doubled", 0)) + len(count.doubled)
        if count.told:
            self.figures["told to agents"] = len(count.told)
        self.expect(not count.lost, f"{what} lost: {_some(count.lost)}")
        self.expect(not count.out_of_order, f"{what} out of order for {count.out_of_order} people")
        unseen = [text for text in count.doubled if text not in count.told]
        excess = count.doubled[max_duplicates:] or unseen
        self.expect(not excess, f"{what} doubled: {_some(excess)}")

    def as_json(self) -> Mapping[str, object]:
        return {
            "is_passed": self.is_passed,
            "figures": self.figures,
            "problems": self.problems,
        }


Finish = Callable[[], Result]
"""The second half of a slow scenario: checks the results of what was started."""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
