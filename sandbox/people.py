"""The people who hold the phones; each channel keeps its own messages."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from sandbox import credentials

Channel = Literal["whatsapp", "telegram"]
Role = Literal["customer", "manager", "agent"]

DIALLING_CODES = {
    "PT": "351", "FR": "33", "ES": "34", "GB": "44", "CH": "41", "US": "1",
    "MX": "52", "BE": "32", "CA": "1", "DE": "49", "BR": "55", "AR": "54",
}  # fmt: skip


@dataclass
class Person:
    """A phone and its holder. `number` is E.164 on WhatsApp; `telegram_id` is the user id on Telegram."""

    id: int
    channel: Channel
    name: str
    role: Role = "customer"
    country: str = "PT"
    language_code: str = "en"
    number: str = ""
    business_scoped_id: str = ""
    has_hidden_number: bool = False
    telegram_id: int = 0
    username: str = ""
    has_started: bool = False
    has_blocked: bool = False
    is_deactivated: bool = False
    has_opted_out: bool = False
    is_reachable: bool = True
    has_signal: bool = True
    is_open: bool = False
    last_wrote_at: str = ""
    window_closed: bool = False
    typing_until: str = ""

    @property
    def address(self) -> str:
        """The person's WhatsApp address as Twilio writes it."""
        if self.has_hidden_number:
            return f"whatsapp:{self.business_scoped_id}"
        return f"whatsapp:{self.number}"

    @property
    def whatsapp_id(self) -> str:
        """The value of `WaId`: the number without its plus, or the business-scoped id."""
        return self.business_scoped_id if self.has_hidden_number else self.number.lstrip("+")

    def telegram_user(self) -> dict[str, Any]:
        """The Bot API's User object of this person."""
        user = {"id": self.telegram_id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def is_typing_seen(self, now: datetime) -> bool:
        return bool(self.typing_until) and datetime.fromisoformat(self.typing_until) > now


@dataclass
class People:
    """Everyone by id; ids are never reused."""

    everybody: dict[int, Person] = field(default_factory=dict)
    last_id: int = 0

    def add(self, channel: Channel, name: str, **details: Any) -> Person:
        """Add a phone; a missing number, id or address is made up."""
        self.last_id += 1
        person = Person(self.last_id, channel, name, **details)
        if channel == "whatsapp":
            person.number = person.number or made_up_number(person)
            person.business_scoped_id = person.business_scoped_id or f"{person.country}.1{person.id:015d}"
        else:
            person.telegram_id = person.telegram_id or 700_300 + person.id
        self.everybody[person.id] = person
        return person

    def with_telegram_id(self, telegram_id: int) -> Person | None:
        return next((each for each in self.everybody.values() if each.telegram_id == telegram_id), None)

    def with_address(self, address: str) -> Person | None:
        known = self.everybody.values()
        return next(
            (
                each
                for each in known
                if each.channel == "whatsapp"
                and address in (f"whatsapp:{each.number}", f"whatsapp:{each.business_scoped_id}")
            ),
            None,
        )

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(person) for person in self.everybody.values()]


def made_up_number(person: Person) -> str:
    return f"+{DIALLING_CODES.get(person.country, '999')}60055{person.id:04d}"


def add_desk_people(people: People) -> None:
    """The manager who reads the alerts and the agents of the forum group, all on Telegram."""
    people.add(
        "telegram", "Morgan", role="manager", telegram_id=credentials.TELEGRAM_MANAGER_CHAT, has_started=True
    )
    for telegram_id, name, username in credentials.TELEGRAM_AGENTS:
        people.add(
            "telegram", name, role="agent", telegram_id=telegram_id, username=username, has_started=True
        )


def add_first_customers(people: People) -> None:
    """Two customers, so that a newcomer can write at once."""
    people.add("whatsapp", "Camille", country="FR", language_code="fr")
    people.add("telegram", "Diego", country="ES", language_code="es", username="diego_es")
