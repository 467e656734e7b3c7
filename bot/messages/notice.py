"""An alert for one destination, before we know whether it goes out alone or in a digest."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.outgoing import Line, Outgoing


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody at the desk who gets alerts, and in which language."""

    address: Address
    locale: str

    @property
    def lane(self) -> str:
        """The lane of this destination."""
        return make_contact_id(self.address)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert: the whole message, and the line that stands for it in a digest."""

    outgoing: Outgoing
    line: Line


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice for somebody at the desk. `line` is its line in a digest.

    A notice that `is_pressing` never waits and never goes into a digest: emergencies, and answers to their
    requests.
    """

    notice_id: str  # the outbox id if it goes out alone
    to: Address
    locale: str
    thread_id: str
    at: datetime
    outgoing: Outgoing
    line: Line = ""
    is_pressing: bool = False
    is_answer: bool = False  # they asked for it, so it doesn't count as an alert

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a notice needs an aware instant")

    @property
    def lane(self) -> str:
        """The lane of its destination."""
        return make_contact_id(self.to)
