"""A desk of its own for tests of the pages: real rules, real store, real web app; only the clock is set by hand."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound, MessageKind
from bot.messages.outgoing import Attachment
from bot.model.conversation import Conversation
from cli.run.web_app import build_app
from jobs.wiring import Wiring, build
from runtime.settings import Settings
from store import keys
from store.agents.agent import Agent, Role
from store.agents.agents import Agents
from store.agents.passwords import Passwords
from store.codec import load

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
PASSWORD = "sept ânes bleus"


@dataclass
class Clock:
    """Stands still until told to go on."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class House:
    """The desk, its web app, and those who write to it."""

    wiring: Wiring
    app: Flask
    clock: Clock
    count: int = 0
    agents: dict[str, Agent] = field(default_factory=dict)

    def agent(self, name: str, role: Role = Role.AGENT, locale: str = "en") -> Agent:
        """Somebody who works here; the same person for the same name."""
        if name not in self.agents:
            agents = self.wiring.agents
            added = agents.add(name, name.split(maxsplit=1)[0], role, locale)
            self.agents[name] = agents.set_password(added.agent_id, PASSWORD)
        return self.agents[name]

    def browser(self, agent: Agent | None = None) -> FlaskClient:
        """A browser, signed in as `agent` if one is given."""
        client = self.app.test_client()
        if agent:
            client.set_cookie("guichet", self.wiring.agents.sessions.start(agent))
        return client

    def write(self, address: str, text: str, **more: object) -> None:
        """A customer writes."""
        self.count += 1
        inbound = Inbound(f"m{self.count}", Address.parse(address), self.clock(), text=text, **more)  # type: ignore[arg-type]
        self.wiring.desk.receive(inbound)

    def attach(self, address: str, *files: Attachment) -> None:
        """A customer sends files."""
        self.write(address, "", kind=MessageKind.MEDIA, attachments=files)

    def ticket(self, address: str = "telegram:42", words: str = "The app does not work", **more: str) -> str:
        """A customer's request, taken in conversation and opened; returns the ticket's id."""
        answers = {
            "name": "Marie Dubois",
            "company": "Acme",
            "category": self.wiring.policy.categories[0].key,
            "affected": "the mobile app",
        }
        answers |= {"priority": "high", "attachments": "done", "support_code": "skip"} | more
        categories = [category.key for category in self.wiring.policy.categories]
        if answers["category"] not in categories:
            answers["category"] = categories[0]
        before = self._tickets(address)
        self.write(address, "/new" if before else answers.get("locale", "English please"))
        self.write(address, words)
        for _ in range(12):
            conversation = self._conversation(address)
            if len(conversation.tickets) > before:
                return conversation.tickets[-1].ticket_id
            if conversation.stage == "reviewing":
                self.write(address, "", kind=MessageKind.CHOICE, choice="send")
            else:
                self._answer(address, conversation.asking, answers)
        raise AssertionError(f"no ticket: the desk still asks {conversation.asking!r}")

    def _answer(self, address: str, asking: str, answers: dict[str, str]) -> None:
        if asking in ("category", "priority"):
            self.write(address, "", kind=MessageKind.CHOICE, choice=f"{asking}={answers[asking]}")
        elif asking in ("attachments", "support_code"):
            self.write(
                address, "", kind=MessageKind.CHOICE, choice="done" if asking == "attachments" else "skip"
            )
        else:
            self.write(address, answers.get(asking, "It fails each time that I press the green button"))

    def _tickets(self, address: str) -> int:
        """How many requests of theirs the desk knows."""
        is_known = self.wiring.redis.exists(keys.contact(make_contact_id(Address.parse(address))))
        return len(self._conversation(address).tickets) if is_known else 0

    def _conversation(self, address: str) -> Conversation:
        raw = self.wiring.redis.hget(keys.contact(make_contact_id(Address.parse(address))), "c")
        return load(Conversation, raw)


def house(redis: Redis, media: Path, clock: Clock | None = None, **variables: str) -> House:
    """A desk on this empty store."""
    clock = clock or Clock()
    settings = Settings.from_environment(
        {
            "REDIS_URL": "redis://127.0.0.1:1",
            "SECRET_KEY": "a key of tests, long enough to pass",
            "POLICY": str(ROOT / "policies" / "demo.toml"),
            "TELEGRAM_BOT_TOKEN": "42:token",
            "TELEGRAM_WEBHOOK_SECRET": "hook",
            "TELEGRAM_API_URL": "http://127.0.0.1:8001",
            "MEDIA_DIR": str(media),
            "ARCHIVE_URL": f"sqlite:///{media.parent}/archive.db",
            **variables,
        }
    )
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    wiring = replace(build(settings, redis=redis, clock=clock), agents=Agents(redis, clock, quick))
    return House(wiring, build_app(wiring), clock)
