"""A house whose agents also work in a Telegram group, and what tests look at there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address, Inbound, MessageKind
from bot.model.conversation import Conversation
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from store import keys
from store.agents.agent import Agent
from store.codec import load
from store.forum import keys as forum_keys
from tests.journeys.house import House

ANSWERS = {"name": "Marie Dubois", "company": "Acme", "category": "fault", "affected": "the app"}


class ForumHouse(House):
    """The house, its group and the two agents in it."""

    def __init__(
        self, redis: Redis, redis_url: str, sandbox: Sandbox, policy: Path, folder: Path, **variables: str
    ) -> None:
        chat = str(credentials.TELEGRAM_INBOX_CHAT)
        super().__init__(redis, redis_url, sandbox, policy, folder, TELEGRAM_INBOX_CHAT=chat, **variables)
        self.count = 0
        self.ana, self.bruno = sandbox.agents()

    def agent(self, phone: Phone, name: str) -> Agent:
        """Somebody of the group who also works in the inbox, and has said so."""
        agents = self.wiring.agents
        agent = agents.add(name, name)
        code = self.wiring.codes.issue(agent.agent_id)
        linked = self.wiring.codes.link(code, phone.person["telegram_id"])
        assert linked
        return linked

    def ticket(self, address: str = "telegram:42", words: str = "The app does not work", **more: str) -> str:
        """A customer's request, taken in conversation and opened; the ticket's id."""
        answers = (
            ANSWERS | {"priority": "high", "description": "It fails each time I press the button"} | more
        )
        self.write(address, "English please")
        self.write(address, words)
        for _ in range(12):
            conversation = self._conversation(address)
            if conversation.tickets:
                return conversation.tickets[-1].ticket_id
            if conversation.stage == "reviewing":
                self.choose(address, "send")
            elif conversation.asking in ("category", "priority"):
                self.choose(address, f"{conversation.asking}={answers[conversation.asking]}")
            elif conversation.asking == "attachments":
                self.choose(address, "done")
            else:
                self.write(address, answers[conversation.asking])
        raise AssertionError(f"no ticket: the desk still asks {conversation.asking!r}")

    def ticket_of(self, phone: Phone, words: str = "The app does not work", **more: str) -> str:
        """The same, of somebody with a phone in the sandbox."""
        phone.say("Hello")
        return self.ticket(self.address(phone), words, **more)

    def address(self, phone: Phone) -> str:
        if phone.person["channel"] == "telegram":
            return f"telegram:{phone.person['telegram_id']}"
        return f"whatsapp:{phone.person['number']}"

    def write(self, address: str, text: str, **more: Any) -> None:
        """A customer writes, straight to the desk."""
        self.count += 1
        where = Address.parse(address)
        self.wiring.desk.receive(Inbound(f"m{self.count}", where, self.clock(), text=text, **more))

    def choose(self, address: str, choice: str) -> None:
        self.write(address, "", kind=MessageKind.CHOICE, choice=choice)

    def topics(self) -> list[dict[str, Any]]:
        """The group's topics but for General, as agents see them."""
        return [topic for topic in self.sandbox.forum()["topics"] if topic["id"] != 1]

    def topic_of(self, ticket_id: str) -> dict[str, Any]:
        number = self.wiring.queries.ticket(ticket_id).ticket.number
        [found] = [topic for topic in self.topics() if number in topic["name"]]
        return found

    def posts(self, ticket_id: str) -> list[dict[str, Any]]:
        """What stands in its topic, without what Telegram itself reports."""
        thread = self.topic_of(ticket_id)["id"]
        return [post for post in self.sandbox.topic(thread) if not post["service"]]

    def texts(self, ticket_id: str) -> list[str]:
        return [post["text"] for post in self.posts(ticket_id)]

    def card(self, ticket_id: str) -> dict[str, Any]:
        return self.posts(ticket_id)[0]

    def speak(self, phone: Phone, ticket_id: str, text: str = "", **more: Any) -> str:
        """An agent writes in a ticket's topic; the message's number, once the desk has done its part."""
        thread = self.topic_of(ticket_id)["id"]
        [*_, number] = phone.say(text, chat="forum", thread_id=thread, **more)
        self.settle()
        return number

    def press(self, phone: Phone, ticket_id: str, button: str) -> str:
        """An agent presses a button under the card; what it answers."""
        phone.press(self.card(ticket_id)["id"], button, chat="forum")
        self.settle()
        return self.toast(phone)

    def toast(self, phone: Phone) -> str:
        shown = phone.screen()["alert"]
        return shown["text"] if shown else ""

    def settle(self, minutes: float = 0) -> None:
        """Run jobs until nothing moves; with `minutes`, both clocks go on so far and the group is shown all."""
        self.sandbox.settle(5)
        self.run_jobs()
        self.run_jobs()
        if minutes:
            self.go_on(minutes * 60)
            self.until_shown()

    def go_on(self, seconds: float, step: float = 5.0) -> None:
        """Time passes, for the desk and for Telegram alike."""
        for _ in range(round(seconds / step)):
            self.clock.turn(seconds=step)
            self.sandbox.set_clock(advance_seconds=step)
            self.run_jobs()

    def waiting(self) -> int:
        """How many topics are not up to date."""
        return int(self.redis.zcard(forum_keys.WAITING)) + int(self.redis.llen(forum_keys.NOTICES))

    def show(self) -> None:
        """What the group's job does, and nobody else."""
        rooms = self.wiring.rooms
        assert rooms
        rooms.mirror.run()

    def until_shown(self, at_most: timedelta = timedelta(minutes=30)) -> timedelta:
        """Let time pass until the group shows everything; how much that took."""
        began = self.clock()
        self.show()
        while self.waiting():
            assert self.clock() - began < at_most, "the group is not shown everything"
            self._pass(max(self._next_at() - self.clock().timestamp(), 0.0) + 0.01)
            self.show()
        return self.clock() - began

    def pass_by(self, seconds: float) -> None:
        """Time passes and the group is shown what it can be shown, and nobody else works."""
        ends = self.clock() + timedelta(seconds=seconds)
        while (left := (ends - self.clock()).total_seconds()) > 0:
            self._pass(min(left, 2.0))
            self.show()

    def _pass(self, seconds: float) -> None:
        self.clock.turn(seconds=seconds)
        self.sandbox.set_clock(advance_seconds=seconds)

    def _next_at(self) -> float:
        """When there is next something to show."""
        rest = float(self.redis.get(forum_keys.REST) or 0)  # type: ignore[arg-type]
        first = self.redis.zrange(forum_keys.WAITING, 0, 0, withscores=True)
        return max(rest, first[0][1] if first else 0.0)

    def _has_waited(self) -> bool:
        before = self.clock.ahead
        has_waited = super()._has_waited()
        self.sandbox.set_clock(advance_seconds=(self.clock.ahead - before).total_seconds())
        return has_waited

    def _conversation(self, address: str) -> Conversation:
        address_id = make_contact_id(Address.parse(address))
        alias = self.redis.get(keys.alias(address_id))
        raw = self.redis.hget(keys.contact(alias.decode() if isinstance(alias, bytes) else address_id), "c")
        assert isinstance(raw, bytes)
        return load(Conversation, raw)
