"""Customers of the journeys with accounts: they answer whatever they are asked, in their own language."""

from dataclasses import dataclass
from pathlib import Path

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.model.account_csv import read_row
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from sandbox.control_client import Phone
from store import keys
from store.accounts.accounts import Accounts
from store.accounts.csv_import import AccountBatches
from store.codec import load
from tests.journeys.house import House

POLICIES = Path(__file__).parents[2] / "policies"
HELLO = {
    "en": "Good morning, I need your help please",
    "fr": "Bonjour, j’ai besoin de votre aide s’il vous plaît",
    "es": "Buenos días, necesito su ayuda por favor",
}
STORY = {
    "en": "Since this morning the server answers nothing at all",
    "fr": "Depuis ce matin le serveur ne répond plus du tout",
    "es": "Desde esta mañana el servidor no responde en absoluto",
}
NO = {"en": "no", "fr": "non", "es": "no"}
SEND = {"en": "send", "fr": "envoyer", "es": "enviar"}
NAMES = {"en": "Emma Stone", "fr": "Inès Martin", "es": "Lucía Gómez"}
COUNTRIES = {"en": "GB", "fr": "FR", "es": "ES"}


@dataclass
class Customer:
    """One person with a phone."""

    house: House
    locale: str
    channel: str = "whatsapp"
    code: str = ""
    agent: str = ""

    def __post_init__(self) -> None:
        key = {"whatsapp": {"country": COUNTRIES[self.locale]}, "telegram": {"language_code": self.locale}}
        self.phone: Phone = self.house.customer(self.channel, NAMES[self.locale], **key[self.channel])

    @property
    def address(self) -> str:
        person = self.phone.person
        return (
            f"whatsapp:{person['number']}"
            if self.channel == "whatsapp"
            else f"telegram:{person['telegram_id']}"
        )

    @property
    def conversation(self) -> Conversation:
        person = self.phone.person
        known_by = f"whatsapp:{person['business_scoped_id']}" if self.channel == "whatsapp" else self.address
        raw = self.house.redis.hget(keys.contact(make_contact_id(Address.parse(known_by))), "c")
        return load(Conversation, raw)

    def say(self, text: str) -> str:
        """What the desk answers to these words."""
        return "\n".join(self.house.say(self.phone, text))

    def after(self, *actions: object) -> str:
        """What this customer reads after the desk did something."""
        before = self.phone.messages()
        for action in actions:
            action()  # type: ignore[operator]
        self.house.sandbox.settle(5)
        self.house.run_jobs()
        return "\n".join(self.house.heard(self.phone, before))

    def press(self, label: str) -> str:
        """Press the newest button of that label on Telegram."""
        shown = [m for m in self.phone.messages() if any(b["label"] == label for b in _buttons(m))]
        button = next(b for b in _buttons(shown[-1]) if b["label"] == label)
        return self.after(lambda: self.phone.press(shown[-1]["id"], button["id"]))

    def ask(self, category: str, priority: str = "medium", hello: str = "") -> str:
        """Write a request until it is sent; what is read in the meantime."""
        policy = self.house.wiring.policy
        heard = [self.say(hello or HELLO[self.locale])]
        answers = {
            "name": NAMES[self.locale],
            "company": "Stone Ltd",
            "support_code": self.code or NO[self.locale],
            "category": policy.category(category).label.in_(self.locale),
            "affected": "web-07",
            "description": STORY[self.locale],
            "priority": policy.priority(priority).label.in_(self.locale),
            "attachments": NO[self.locale],
        }
        for _ in range(12):
            stage = self.conversation.stage
            if stage == "reviewing":
                return "\n".join([*heard, self.say(SEND[self.locale])])
            if stage != "asking":
                return "\n".join(heard)
            heard.append(self.say(answers[self.conversation.asking]))
        raise AssertionError(f"never came to the summary: {heard}")

    def ticket(self) -> Ticket:
        """Their newest ticket."""
        return self.house.wiring.queries.ticket(self.conversation.tickets[-1].ticket_id).ticket

    def facts(self, ticket: Ticket) -> list[str]:
        found = self.house.wiring.queries.ticket(ticket.ticket_id).ticket.facts
        return [fact.kind.value for fact in found]


def imported(house: House, *rows: dict[str, str]) -> None:
    """These accounts, as a file would bring them."""
    wiring = house.wiring
    accounts = Accounts(house.redis, wiring.settings.secret_key)
    batches = AccountBatches(house.redis, accounts, wiring.policy, "file", house.clock().date())
    taken = batches.take([read_row(number, row, wiring.policy) for number, row in enumerate(rows, 2)])
    assert [outcome.problem for outcome in taken] == [""] * len(rows)


def _buttons(message: dict[str, object]) -> list[dict[str, str]]:
    found = message.get("buttons") or []
    return [button for row in found for button in (row if isinstance(row, list) else [row])]  # type: ignore[union-attr, attr-defined]
