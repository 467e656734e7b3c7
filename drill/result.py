"""What one row of the drill found: figures, and what was wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from drill.actors import DeliveryCount

Figure = int | float | str


@dataclass
class Result:
    """One row: it passed when no problem was noted."""

    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def is_passed(self) -> bool:
        return not self.problems

    def note(self, **figures: Figure) -> None:
        """Figures to show."""
        self.figures |= figures

    def expect(self, is_so: bool, otherwise: str) -> None:
        """A problem unless it is so."""
        if not is_so:
            self.problems.append(otherwise)

    def counted(self, what: str, count: DeliveryCount, *, max_duplicates: int = 0) -> None:
        """Nothing lost, nothing out of order; nothing doubled but what an agent can see, so many at most."""
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
"""The second half of a row that needs time: what has come of what was begun."""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
