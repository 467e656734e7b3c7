"""An alert as the rules decide it: for one destination, before it is known whether it comes alone or folded."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Line, Outgoing


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody of the desk who is told, and in which language."""

    address: Address
    locale: str

    @property
    def lane(self) -> str:
        """The lane of this destination."""
        return make_contact_id(self.address)


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told: the whole message, and the one line that stands for it in a digest."""

    outgoing: Outgoing
    line: Line


@dataclass(frozen=True, slots=True)
class Notice:
    """Something for somebody of the desk. `line` is what a digest says of it.

    One that is `is_pressing` never waits and is never folded: emergencies, and answers to what they asked.
    """

    notice_id: str  # the outbox id under which it goes out alone
    to: Address
    locale: str
    thread_id: str
    at: datetime
    outgoing: Outgoing
    line: Line = ""
    is_pressing: bool = False
    is_answer: bool = False  # they asked for it: it does not count among the alerts

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a notice needs an aware instant")

    @property
    def lane(self) -> str:
        """The lane of its destination."""
        return make_contact_id(self.to)
