"""Acts: what a customer does with a message. One message may hold several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ActKind(StrEnum):
    """The kinds of acts. Their names are part of `guichet talk --json`."""

    ANSWER = "answer"  # answers a question, the open one or another: `Act.field`, `Act.value`
    STORY = "story"  # tells what the request is about
    CHANGE = "change"  # corrects a detail given before
    SEND = "send"  # says yes to the summary
    HOLD = "hold"  # doesn't want it sent yet
    DONE = "done"  # has nothing to add
    CANCEL = "cancel"
    PERSON = "person"  # wants a human
    WHY = "why"
    HOW_LONG = "how_long"
    COST = "cost"
    BOT = "bot"  # asks whether this is a machine
    HOURS = "hours"
    REPEAT = "repeat"  # didn't understand the question
    RECAP = "recap"  # asks what we have noted so far
    BACK = "back"
    LANGUAGE = "language"
    REFUSE = "refuse"  # doesn't want to tell
    NONE = "none"  # has none: no company, no code
    UNSURE = "unsure"  # doesn't know, or lets us choose
    STATUS = "status"
    CLOSE = "close"
    REOPEN = "reopen"
    THANKS = "thanks"
    HELLO = "hello"
    NEW = "new"
    MY_DATA = "my_data"
    ERASE = "erase"
    ANGER = "anger"


DIGRESSIONS = frozenset(
    {ActKind.WHY, ActKind.HOW_LONG, ActKind.COST, ActKind.BOT, ActKind.HOURS, ActKind.REPEAT, ActKind.RECAP}
)
"""Questions back: they're answered, then ours is asked again."""


URGENCY_LABELS = ("urgency_0", "urgency_1", "urgency_2", "urgency_3")
"""The labels of how urgent it is, from “whenever” to “we can't work”. They're no acts: a priority follows from them."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act, with how sure we are of it: 0 to 1."""

    kind: ActKind
    confidence: float = 1.0
    text: str = ""  # the words that say it
    field: str = ""  # of ANSWER and CHANGE: the question's key; "" if it isn't named
    value: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the message, and how likely each label is for it."""

    text: str
    size: str  # whole, sentence, clause, or contrast: what follows a “but”
    likely: Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """Everything that a message says."""

    text: str = ""
    acts: tuple[Act, ...] = ()
    parts: Sequence[Part] = ()  # the whole message first

    def find(self, *kinds: ActKind) -> Act | None:
        """The surest act of these kinds."""
        found = [act for act in self.acts if act.kind in kinds]
        return max(found, key=lambda act: act.confidence, default=None)

    def has(self, *kinds: ActKind) -> bool:
        """Whether the message holds an act of these kinds."""
        return self.find(*kinds) is not None

    def likely(self, label: str) -> float:
        """How likely the label is for the whole message."""
        return self.parts[0].likely.get(label, 0.0) if self.parts else 0.0


NOTHING = Reading()
