"""A desk with rules and one customer, without a store: what they are told, and what the ticket and thread show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.actions import agent_actions, api_requests
from bot.actions.agent_actions import Action, as_use_case
from bot.actions.api_requests import ApiRequest
from bot.actions.automation_conditions import RequestSnapshot, matching_rules
from bot.actions.receive_message import receive
from bot.messages.inbound import PORTAL, Address, Inbound
from bot.messages.thread import Author, ThreadEntry
from bot.model.account import NO_ACCOUNTS, Account, KnownAccounts
from bot.model.conversation import Conversation, Detail
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent
from bot.model.unit_of_work import Changes, Records
from bot.policy.automation_section import Trigger
from bot.policy.policy import Policy
from bot.sla.deadlines import Deadline
from bot.sla.outlook import outlook
from i18n.render import render_outgoing
from store.codec import dump, load
from tests.bot.notified_customer import NoCodes, NoWays

BASE = (Path(__file__).parents[2] / "policies" / "field-service.toml").read_text(encoding="utf-8")
SITE = """
[[questions]]
key = "site"
kind = "choice"
label = { en = "Where", fr = "Lieu", es = "Lugar" }
is_required = false
options = [
  { key = "office", label = { en = "Office", fr = "Bureau", es = "Oficina" } },
  { key = "field", label = { en = "On site", fr = "Sur place", es = "En obra" } },
]
"""
LABEL = 'label = { en = "Rule %s", fr = "Règle %s", es = "Regla %s" }'
WROTE, BACK = '"customer_wrote"', '"reopened"'
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # 10:00 in Lisbon, which is open from nine to nine
CHAT = Address("telegram", "42")
STORY = "The till of the shop in Porto does not open any more"


def rule(then: str = 'tags = ["seen"]', when: str = "", on: str = '["opened"]', key: str = "one") -> str:
    """One rule as an author writes it."""
    when = f"when = {when}\n" if when else ""
    return f'\n[[rules]]\nkey = "{key}"\n{LABEL % ((key,) * 3)}\non = {on}\n{when}then = {{ {then} }}\n'


def policy(*rules: str) -> Policy:
    """The desk for field service, with these rules and a question with choices."""
    return Policy.from_toml(BASE + SITE + "".join(rules))


def holds(when: str, **seen: object) -> bool:
    """Whether a rule under that condition holds for such a request."""
    desk = policy(rule(when=when))
    values: dict[str, object] = {
        "on": "opened", "policy": desk, "at": MONDAY, "category": "fault", "priority": "medium",
        "plan": "professional", "language": "fr", "channel": "whatsapp", "text": STORY,
        "details": {"affected": Detail("Toutes les équipes"), "site": Detail("office")},
    }  # fmt: skip
    return bool(list(matching_rules(RequestSnapshot(**(values | seen)))))  # type: ignore[arg-type]


@dataclass
class Desk:
    """One policy, the agents by name, and a customer; every change is written down and read back."""

    current: Policy
    agents: dict[str, str] = field(default_factory=dict)
    now: datetime = MONDAY
    who: Conversation | None = None
    known: KnownAccounts = NO_ACCOUNTS
    tickets: dict[str, Ticket] = field(default_factory=dict)
    thread: list[ThreadEntry] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    version: int = 0

    def of(self, ticket: Ticket) -> Policy:
        """As `bot.sla.outlook.Policies`."""
        return self.current

    def has_plan(self, plan: str) -> None:
        """The customer's address is that of an account with this plan."""
        self.known = KnownAccounts(listed=Account("acme", "Acme SA", plan))

    def called(self, name: str) -> str:
        self.asked.append(name)
        return self.agents.get(name, "")

    def open(self, words: str = STORY, **answers: str) -> list[str]:
        """A request by the API, at the customer's address in the chat app."""
        given = {"name": "Marie", "company": "Acme SA", "category": "fault", "affected": "the till"} | answers
        request = ApiRequest(CHAT, {"priority": "medium", "description": words} | given, locale="en")
        return self.do_on_records(
            lambda records: api_requests.open_request(
                records, request, self.current, self.now, NoCodes(), self.called
            )
        )

    def open_in_chat(self, words: str = STORY) -> list[str]:
        """A request in the chat, handed over to a person at once."""
        self.who = Conversation("c", CHAT, (CHAT,), "en", is_locale_chosen=True)
        return [*self.hear(words), *self.hear("/human")]

    def hear(self, text: str) -> list[str]:
        """What the desk answers to these words in the chat."""
        inbound = Inbound(f"m{self.version}", CHAT, self.now, text=text)
        return self.do_on_records(
            lambda records: receive(records, inbound, self, self.now, NoCodes(), NoWays(), self.called)
        )

    def write(self, text: str) -> list[str]:
        """What the customer is told once they wrote that in the portal."""
        return self.do(api_requests.add_message("t", text, self.called))

    def resolve(self) -> list[str]:
        return self.do(agent_actions.resolve("a"))

    def do(self, action: Action) -> list[str]:
        """What the customer is told of something that is done on their ticket."""
        return self.do_on_records(as_use_case(self.ticket.ticket_id, self, self.now, action))

    def do_on_records(self, decide: Callable[[Records], Changes | None]) -> list[str]:
        self.version += 1
        number = f"K4-{217 + len(self.tickets)}"
        records = Records("c", self.version, self.who, self.tickets, number, known=self.known)
        changes = decide(records) or Changes()
        assert (decide(records) or Changes()) == changes, "a unit of work may run again"
        self.who = load(Conversation, dump(changes.conversation or self.who))
        self.tickets |= {t.ticket_id: load(Ticket, dump(t)) for t in changes.tickets}
        self.thread += [load(ThreadEntry, dump(entry)) for entry in changes.entries]
        self.now += timedelta(seconds=90)
        return [self._words(load(type(e.outgoing), dump(e.outgoing)), "en") for e in changes.outbox]

    @property
    def ticket(self) -> Ticket:
        """The newest one."""
        return list(self.tickets.values())[-1]

    def by_rules(self) -> list[tuple[str, str, str]]:
        """What rules did: kind, rule, and what is new."""
        return [(fact.kind, fact.rule, _new(fact)) for fact in self.ticket.facts if fact.rule]

    def notes(self, locale: str = "en") -> list[str]:
        """The desk's notes, as an agent reads them in that language."""
        own = [entry.said for entry in self.thread if entry.author is Author.NOTE]
        return [self._words(said, locale) for said in own if said]

    def promise(self, target: str) -> Deadline:
        """The newest promise of that kind."""
        return [d for d in outlook(self.ticket, self.current).deadlines if d.target == target][-1]

    def _words(self, outgoing: object, locale: str) -> str:
        shown = render_outgoing(outgoing, locale, self.current.calendar.zone, self.now)  # type: ignore[arg-type]
        return "\n".join(str(line) for line in shown.lines)


def desk(*rules: str, **agents: str) -> Desk:
    """With these rules, and these agents by what they are called."""
    return Desk(policy(*rules), agents)


def opened(*rules: str, **agents: str) -> Desk:
    """With a request of medium priority that nobody has looked at."""
    made = desk(*rules, **agents)
    made.open()
    return made


def _new(fact: TicketEvent) -> str:
    return fact.data.get("new") or fact.data.get("to") or fact.data.get("tags", "")


OCCASIONS: tuple[Trigger, ...] = ("opened", "customer_wrote", "reopened")
CHANNELS = ("whatsapp", "telegram", PORTAL)
