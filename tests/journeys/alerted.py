"""A desk whose managers read their alerts on phones: what they see, press and write, and what came of it."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, DetectedLanguage, Inbound, MessageKind
from bot.model.conversation import Conversation
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from store import keys
from store.agents.agent import Role
from store.codec import load
from tests.journeys.house import House

POLICIES = Path(__file__).parents[2] / "policies"
LANGUAGES = {"en": "English please", "fr": "en français", "es": "en español"}


@dataclass
class Alerted:
    """One house, its managers' phones, and requests that nobody answers."""

    house: House
    count: int = 0
    seen: dict[str, set[str]] = field(default_factory=dict)

    def ticket(self, locale: str = "en", priority: str = "high", channel: str = "telegram") -> str:
        """A request, taken in conversation; returns the ticket's id. Half of it is not said over HTTP."""
        self.count += 1
        name = f"4200{self.count}" if channel == "telegram" else f"+35191000{self.count:04}"
        address = Address(channel, name)
        heard = DetectedLanguage(locale, is_sure=True)
        answers = {"name": "Marie Dubois", "company": "Acme", "affected": "the till"}
        answers |= {"category": "category=fault", "priority": f"priority={priority}", "attachments": "done"}
        self._write(address, LANGUAGES[locale], heard)
        self._write(address, "The screen stays white since this morning when I press pay", heard)
        for _ in range(12):
            conversation = self._conversation(address)
            if conversation.tickets:
                return conversation.tickets[-1].ticket_id
            if conversation.stage == "reviewing":
                self._write(address, "", heard, choice="send")
            else:
                said = answers.get(conversation.asking, "It stays white when I press the pay button")
                is_choice = conversation.asking in ("category", "priority", "attachments")
                self._write(address, "" if is_choice else said, heard, choice=said if is_choice else "")
        raise AssertionError(f"no ticket: the desk still asks {conversation.asking!r}")

    def overdue(self, locale: str = "en", **more: str) -> Ticket:
        """A request whose first answer has just been missed, of which everybody was told."""
        ticket_id = self.ticket(locale, **more)
        self.later(minutes=4, seconds=1)
        return self.now(ticket_id)

    def later(self, **length: float) -> None:
        """Time passes, in steps of the sweep as far as anybody can tell."""
        self.house.run_jobs()
        end = self.house.clock.ahead + timedelta(**length)
        while self.house.clock.ahead < end:
            step = min(timedelta(seconds=20), end - self.house.clock.ahead)
            self.house.clock.ahead += step
            self.house.run_jobs()

    def now(self, ticket_id: str) -> Ticket:
        return self.house.wiring.queries.ticket(ticket_id).ticket

    def facts(
        self, ticket_id: str, kind: TicketEventKind, target: str = "first_response"
    ) -> list[TicketEvent]:
        return [f for f in self.now(ticket_id).facts if f.kind is kind and f.data.get("target") == target]

    def manager(self) -> Phone:
        """The manager's phone on Telegram."""
        return self.house.sandbox.phone("manager")

    def whatsapp_manager(self, number: str = "+351961000000") -> Phone:
        """A manager's phone on WhatsApp, which has written once, so that WhatsApp lets us write."""
        phone = self.house.sandbox.add("whatsapp", "Paula", number=number)
        phone.say("hello")
        self.house.run_jobs()
        self.new(phone)
        return phone

    def new(self, phone: Phone) -> list[dict[str, object]]:
        """The desk's messages on that phone since it was last asked."""
        self.house.run_jobs()
        seen = self.seen.setdefault(phone.id, set())
        found = [m for m in phone.messages() if m["from"] == "desk" and m["id"] not in seen]
        seen |= {str(m["id"]) for m in found}
        return found

    def say(self, phone: Phone, text: str, **more: object) -> list[dict[str, object]]:
        """They write; what the desk answers."""
        self.new(phone)
        phone.say(text, **more)
        return self.new(phone)

    def press(self, phone: Phone, message: dict[str, object], button: str) -> list[dict[str, object]]:
        """They press the button of that label; what the desk answers."""
        self.new(phone)
        phone.press(str(message["id"]), button)
        self.house.sandbox.settle(5)
        return self.new(phone)

    def _write(self, address: Address, text: str, heard: DetectedLanguage, choice: str = "") -> None:
        self.count += 1
        kind = MessageKind.CHOICE if choice else MessageKind.TEXT
        at = self.house.clock()
        inbound = Inbound(f"a{self.count}", address, at, kind, text=text, choice=choice, heard=heard)
        self.house.wiring.desk.receive(inbound)

    def _conversation(self, address: Address) -> Conversation:
        return load(Conversation, self.house.redis.hget(keys.contact(make_contact_id(address)), "c"))


def alerted(
    redis: Redis, url: str, sandbox: Sandbox, folder: Path, policy: str = "demo.toml", **more: str
) -> Alerted:
    """A house with such settings."""
    found = Alerted(House(redis, url, sandbox, POLICIES / policy, folder, **more))
    found.house.wiring.agents.add("Morgan", "morgan", Role.MANAGER, "en")
    found.house.run_jobs()
    return found


MANAGER = f"telegram:{credentials.TELEGRAM_MANAGER_CHAT}"
