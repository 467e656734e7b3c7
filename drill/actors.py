"""The people in a drill: customers with phones and tickets, and an agent who replies to them."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from redis import RedisError

from bot.messages.thread import DeliveryStatus, OutboxEntry
from drill.desk import DrillDesk
from sandbox.control_client import Phone
from store.agents.agent import Role

EACH_CHANNEL = 3
CHANNELS = ("whatsapp", "telegram")


@dataclass(frozen=True)
class Customer:
    """A customer with a phone and a ticket."""

    phone: Phone
    channel: str
    ticket_id: str


@dataclass
class DeliveryCount:
    """Delivery results: each text must arrive once and in order, or an agent must see that it didn't."""

    said: int = 0
    arrived: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # lost or doubled, and shown as such to an agent
    out_of_order: int = 0


class Actors:
    """Customers on both channels, with their tickets."""

    def __init__(self, desk: DrillDesk) -> None:
        self.desk = desk
        agents = desk.wiring.agents
        known = [agent for agent in agents.all().values() if agent.role is Role.AGENT]
        self.agent_id = (known[0] if known else agents.add("Ana", "ana", Role.AGENT)).agent_id
        self._tickets = [row.ticket_id for row in desk.wiring.queries.rows("open")]  # of other customers
        self._used: Counter[str] = Counter()
        self.customers = [self._customer(channel, n) for channel in CHANNELS for n in range(EACH_CHANNEL)]

    def new_words(self, words: str) -> str:
        """These words, numbered if they were used before: a scenario that runs again counts its own lines only."""
        self._used[words] += 1
        times = self._used[words]
        return words if times == 1 else f"{words}, time {times}:"

    def on(self, channel: str) -> list[Customer]:
        return [customer for customer in self.customers if customer.channel == channel]

    def say(self, words: str, count: int, who: Sequence[Customer] | None = None) -> dict[str, list[str]]:
        """Each customer writes `count` lines, all customers at the same time; the lines by ticket."""
        who, words = who or self.customers, self.new_words(words)
        lines = {each.ticket_id: [f"{words} {n}" for n in range(count)] for each in who}
        with ThreadPoolExecutor(len(who)) as phones:
            writing = [phones.submit(_write, each.phone, lines[each.ticket_id]) for each in who]
            self.desk.until(lambda: all(each.done() for each in writing), 60)
        return lines

    def reply(self, words: str, count: int, who: Sequence[Customer] | None = None) -> dict[str, list[str]]:
        """The agent replies `count` times to each customer; the lines by ticket."""
        who, words = who or self.customers, self.new_words(words)
        lines = {each.ticket_id: [f"{words} {n}" for n in range(count)] for each in who}
        for n in range(count):
            for each in who:
                self._reply(each.ticket_id, lines[each.ticket_id][n])
        return lines

    def heard(self, lines: dict[str, list[str]], within: float) -> DeliveryCount:
        """Wait until every reply has arrived or has a final status, then count."""
        self.desk.until(lambda: self._is_settled(lines), within)
        self.desk.until(lambda: self.desk.sandbox.settle(0.1), 20)  # sent messages take a moment to arrive
        count = DeliveryCount()
        for customer in self._of(lines):
            shown = [m["text"] for m in customer.phone.messages() if m["from"] == "desk"]
            tally(count, lines[customer.ticket_id], shown, self._reported_failures(customer.ticket_id))
        return count

    def stored(self, lines: dict[str, list[str]], within: float) -> DeliveryCount:
        """Wait until every line is in its thread, then count."""
        self.desk.until(lambda: all(self._is_stored(t, wanted) for t, wanted in lines.items()), within)
        count = DeliveryCount()
        for ticket_id, wanted in lines.items():
            tally(count, wanted, self._texts(ticket_id), set())
        return count

    def entries(self, ticket_id: str) -> dict[str, OutboxEntry]:
        """The outbox entries of that ticket, by their text."""
        view = self.desk.wiring.queries.ticket(ticket_id)
        return {e.text: view.deliveries[e.entry_id] for e in view.entries if e.entry_id in view.deliveries}

    def _customer(self, channel: str, number: int) -> Customer:
        more: dict[str, Any] = {"country": "GB"} if channel == "whatsapp" else {"language_code": "en"}
        phone = self.desk.sandbox.add(channel, f"Drill {number + 1}", **more)
        phone.say("hello, the till does not work and I need your help")
        phone.say("/human")
        self.desk.wait_until(lambda: bool(self._new_ticket()), 20, f"no ticket came from {channel}")
        self._tickets.append(self._new_ticket())
        return Customer(phone, channel, self._tickets[-1])

    def _new_ticket(self) -> str:
        rows = self.desk.wiring.queries.rows("open")
        return next((row.ticket_id for row in rows if row.ticket_id not in self._tickets), "")

    def _reply(self, ticket_id: str, text: str) -> None:
        """Retry with the same key while the store is down, as the inbox does."""
        give_up_at = time.monotonic() + 30
        while True:
            try:
                key = f"{ticket_id}:{text}"
                self.desk.wiring.desk.act(ticket_id, "reply", self.agent_id, text=text, key=key)
                return
            except RedisError:
                if time.monotonic() > give_up_at:
                    raise
                self.desk.let_time_pass(0.2)

    def _of(self, lines: Iterable[str]) -> list[Customer]:
        wanted = set(lines)
        return [customer for customer in self.customers if customer.ticket_id in wanted]

    def _is_settled(self, lines: dict[str, list[str]]) -> bool:
        for ticket_id, wanted in lines.items():
            entries = self.entries(ticket_id)
            if any(text not in entries or not _is_final(entries[text]) for text in wanted):
                return False
        return True

    def _reported_failures(self, ticket_id: str) -> set[str]:
        """Replies that an agent sees as not delivered, uncertain, or perhaps doubled."""
        doubtful = (DeliveryStatus.FAILED, DeliveryStatus.UNCERTAIN)
        return {
            text
            for text, entry in self.entries(ticket_id).items()
            if entry.status in doubtful or entry.reason == "possibly_twice"
        }

    def _is_stored(self, ticket_id: str, wanted: list[str]) -> bool:
        return not Counter(wanted) - Counter(self._texts(ticket_id))

    def _texts(self, ticket_id: str) -> list[str]:
        return [entry.text for entry in self.desk.wiring.queries.ticket(ticket_id).entries]


def _write(phone: Phone, lines: list[str]) -> None:
    for line in lines:
        phone.say(line)


def _is_final(entry: OutboxEntry) -> bool:
    """Whether the status is final; receipts may still arrive."""
    if entry.status is DeliveryStatus.UNCERTAIN:
        return entry.next_at is None
    return entry.status in (
        DeliveryStatus.SENT,
        DeliveryStatus.DELIVERED,
        DeliveryStatus.READ,
        DeliveryStatus.FAILED,
    )


def tally(count: DeliveryCount, wanted: list[str], shown: list[str], troubled: Set[str]) -> None:
    """Add the results of `wanted` to `count`, given the texts `shown`; agents see those in `troubled` as failed."""
    times = Counter(shown)
    count.said += len(wanted)
    count.arrived += sum(times[text] > 0 for text in wanted)
    count.told += [text for text in wanted if text in troubled]
    count.lost += [text for text in wanted if not times[text] and text not in troubled]
    count.doubled += [text for text in wanted if times[text] > 1]
    order = list(dict.fromkeys(text for text in shown if text in set(wanted)))
    count.out_of_order += order != [text for text in wanted if times[text]]
