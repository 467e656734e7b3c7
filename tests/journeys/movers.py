"""A customer with both apps, for the journeys from one to the other."""

import re

from bot.messages.inbound import Address
from bot.messages.thread import Author
from bot.model.ticket_events import TicketEventKind
from sandbox.control_client import Phone
from store.agents.agent import Role
from tests.journeys.customers import COUNTRIES, HELLO, NAMES
from tests.journeys.house import House

ASK = {
    "en": ("I would like to continue on Telegram", "can we go on in WhatsApp please"),
    "fr": ("je préfère Telegram", "on peut continuer sur WhatsApp s’il vous plaît"),
    "es": ("prefiero continuar en Telegram", "quisiera seguir por WhatsApp por favor"),
}
WE_GO_ON = {"en": "We go on here.", "fr": "Nous continuons ici.", "es": "Seguimos aquí."}
AIM = {"en": "Next answer aimed for", "fr": "Prochaine réponse visée", "es": "Próxima respuesta prevista"}
OVER = {
    "en": "used before, or has expired",
    "fr": "a déjà servi, ou a expiré",
    "es": "ya se usó o ha caducado",
}
LANGUAGES = list(ASK)


class Person:
    """One customer with both apps, and the agent who answers them."""

    def __init__(self, house: House, locale: str = "en") -> None:
        self.house, self.locale = house, locale
        self.whatsapp: Phone = house.customer("whatsapp", NAMES[locale], country=COUNTRIES[locale])
        self.telegram: Phone = house.customer("telegram", NAMES[locale], language_code="en")
        self.telegram.change(has_started=True)
        self.ana = house.wiring.agents.add("Ana Costa", f"ana-{locale}", Role.AGENT).agent_id

    @property
    def chat(self) -> Address:
        return Address("telegram", str(self.telegram.person["telegram_id"]))

    def open(self, phone: Phone) -> str:
        """A request from that phone; its id."""
        self.house.say(phone, HELLO[self.locale])
        self.house.say(phone, "/human")
        [row] = self.house.wiring.queries.rows("open")
        return str(row.ticket_id)

    def link(self) -> str:
        """What opening the link on Telegram sends."""
        told = "\n".join(self.house.say(self.whatsapp, "/telegram"))
        found = re.search(r"https://t\.me/guichet_sandbox_bot\?start=(move-[\w-]+)", told)
        assert found, told
        return f"/start {found[1]}"

    def code(self) -> str:
        return code_in("\n".join(self.house.say(self.telegram, "/whatsapp")))

    def reply(self, ticket_id: str, text: str) -> None:
        self.house.wiring.desk.reply(ticket_id, self.ana, text)
        self.house.run_jobs()

    def heard(self, phone: Phone) -> list[str]:
        return [m["text"] for m in phone.messages() if m["from"] == "desk"]

    def thread(self, ticket_id: str) -> list[tuple[str, str]]:
        """What was written by people, and where."""
        entries = self.house.wiring.queries.ticket(ticket_id).entries
        return [(e.channel, e.text) for e in entries if e.author in (Author.CUSTOMER, Author.AGENT)]

    def moves(self, ticket_id: str) -> list[str]:
        facts = self.house.wiring.queries.ticket(ticket_id).ticket.facts
        return [fact.data["to"] for fact in facts if fact.kind is TicketEventKind.MOVED]


def code_in(text: str) -> str:
    found = re.search(r"\bM[A-Z0-9]{4}-[A-Z0-9]{5}\b", text)
    assert found, text
    return found[0]
