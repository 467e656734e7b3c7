"""One customer and an agent who changes a request, without a store: what the customer is told, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.actions.agent_actions import Action, as_use_case
from bot.actions.receive_message import receive
from bot.alerts.alert_text import AlertRecipients
from bot.alerts.deadline_check import check_deadlines
from bot.messages.inbound import Address, Inbound, SwitchLink
from bot.messages.thread import Author, ThreadEntry
from bot.model.account import CodeLookup
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEventKind
from bot.model.unit_of_work import Changes, Records
from bot.policy.policy import Policy, load_policy
from bot.sla.outlook import outlook
from i18n.render import render_outgoing
from store.codec import dump, load

DESK = load_policy(Path(__file__).parents[2] / "policies" / "demo.toml")
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ADDRESS = Address("telegram", "42")
NOBODY = AlertRecipients((), (), (), lambda _: None, lambda _: "", lambda _: "", {})


class OneDesk:
    """One policy for all."""

    current = DESK

    def of(self, ticket: Ticket) -> Policy:
        return DESK


class NoCodes:
    """Nobody has a code."""

    def find_by_code(self, contact_id: str, code: str) -> CodeLookup:
        return CodeLookup()

    def count_request(self, owner_id: str, month: str, ticket_id: str) -> int:
        return 1


class NoWays:
    """The desk is on one channel."""

    places: Mapping[str, str] = {}

    def offer(self, passage: SwitchLink, at: datetime) -> None:
        raise AssertionError("there is no way")


@dataclass
class Story:
    """One customer with two requests; every change is written down and read back, as the store does."""

    now: datetime = MONDAY
    tickets: dict[str, Ticket] = field(default_factory=dict)
    thread: list[ThreadEntry] = field(default_factory=list)
    version: int = 0

    def __post_init__(self) -> None:
        for n, number in ((1, "K4-217"), (2, "K4-218")):
            ticket = Ticket(
                f"c-{n}", "c", number, ADDRESS, "en", DESK.version, self.now, "The till", "fault", "medium"
            ).with_event(TicketEventKind.OPENED, self.now, priority="medium")
            self.tickets[ticket.ticket_id] = ticket
        heads = tuple(ticket.summary for ticket in self.tickets.values())
        who = Conversation("c", ADDRESS, (ADDRESS,), "en", tickets=heads, ticket_id="c-1")
        self.who = who.evolve(last_inbound_at=self.now)

    def do(self, *actions: Action, ticket_id: str = "c-1") -> list[str]:
        """What the customer is told while these are done, a second apart."""
        return [words for action in actions for words in self._step(self._on(ticket_id, action))]

    def wait(self, seconds: float) -> list[str]:
        """Time passes; what is told when the clock looks at whatever asks for it."""
        self.now += timedelta(seconds=seconds)
        told = []
        for ticket in list(self.tickets.values()):
            wake = outlook(ticket, DESK, self.who).wake_at
            if wake and wake <= self.now:
                told += self.look(ticket.ticket_id)
        return told

    def look(self, ticket_id: str) -> list[str]:
        """What is told when a job looks at that ticket."""
        return self._written(check_deadlines(ticket_id, OneDesk(), NOBODY, self.now))

    def hear(self, text: str) -> list[str]:
        """What the desk answers to these words of the customer."""
        inbound = Inbound(f"m{self.version}", ADDRESS, self.now, text=text)
        return self._step(
            lambda records: receive(records, inbound, OneDesk(), self.now, NoCodes(), NoWays(), lambda _: "")
        )

    def _on(self, ticket_id: str, action: Action) -> Callable[[Records], Changes | None]:
        return as_use_case(ticket_id, OneDesk(), self.now, action)

    def _step(self, decide: Callable[[Records], Changes | None]) -> list[str]:
        told = self._written(decide)
        self.now += timedelta(seconds=1)
        return told

    def _written(self, decide: Callable[[Records], Changes | None]) -> list[str]:
        self.version += 1
        changes = decide(Records("c", self.version, self.who, self.tickets, "K4-219")) or Changes()
        self.who = load(Conversation, dump(changes.conversation or self.who))
        self.tickets |= {ticket.ticket_id: ticket for ticket in changes.tickets}
        self.thread += changes.entries
        own = [entry for entry in changes.entries if entry.author in (Author.BOT, Author.AGENT)]
        assert [e.entry_id for e in own] == [e.entry_id for e in changes.outbox]
        return [self._words(entry.outgoing) for entry in changes.outbox]

    def _words(self, outgoing: object) -> str:
        shown = render_outgoing(outgoing, "en", DESK.calendar.zone, self.now)  # type: ignore[arg-type]
        return "\n".join(str(line) for line in shown.lines)
