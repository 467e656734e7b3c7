"""A desk with tickets that were closed long ago, and an archivist whose parts a test may replace."""

from pathlib import Path

from redis import Redis

from archive import Archive
from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import DeliveryStatus
from bot.model.conversation import Conversation, Status
from jobs.archiving.archiver import Archivist
from store import keys
from store.agents.agent import Agent
from store.archive.archive_state import desk_name
from store.archive.archive_ticket import Leaving
from store.archive.restore_ticket import Returning
from store.codec import load
from store.outbox.outbox import Outbox
from store.policies import StoredPolicies
from store.tickets.ticket_list import Rows
from tests.inbox.house import House, house

MARIE, JOHN = "telegram:42", "telegram:77"


class ArchivedDesk:
    """The desk, and what a test does with its closed tickets."""

    def __init__(self, redis: Redis, folder: Path, **variables: str) -> None:
        self.redis, self.folder = redis, folder
        self.house: House = house(redis, folder / "media", **variables)
        self.clock, self.wiring = self.house.clock, self.house.wiring
        self.ana: Agent = self.house.agent("Ana Silva")

    @property
    def archive(self) -> Archive:
        return self.wiring.archive

    def merged(self) -> tuple[str, str]:
        """Two tickets of one customer, the second part of the first, closed a week after they were solved."""
        first = self.house.ticket(MARIE, "The app stops")
        second = self.house.ticket(MARIE, "The app stops, again")
        self.wiring.desk.merge(second, self.ana.agent_id, first)
        self.wiring.desk.resolve(first, self.ana.agent_id)
        self.clock.go_on(days=8)
        self.wiring.reminder.look_at([first])
        self.send_all()
        return first, second

    def closed(self, address: str = MARIE, words: str = "The app does not work", **more: str) -> str:
        """A ticket that was answered, solved, and closed by itself a week later; everything has gone out."""
        ticket_id = self.house.ticket(address, words, **more)
        self.wiring.desk.claim(ticket_id, self.ana.agent_id)
        self.wiring.desk.reply(ticket_id, self.ana.agent_id, "Please start it again", ())
        self.wiring.desk.resolve(ticket_id, self.ana.agent_id)
        self.clock.go_on(days=7, minutes=1)
        self.wiring.reminder.look_at([ticket_id])
        self.send_all()
        assert self.wiring.queries.ticket(ticket_id).ticket.status is Status.CLOSED
        return ticket_id

    def old(self, address: str = MARIE, words: str = "The app does not work", **more: str) -> str:
        """One that was closed so long ago that it may leave."""
        ticket_id = self.closed(address, words, **more)
        self.clock.go_on(days=self.wiring.policy.archive_after)
        return ticket_id

    def send_all(self) -> None:
        """Everything that waits has been delivered."""
        outbox = Outbox(self.redis, self.wiring.kicks)
        for raw in self.redis.zrange(keys.LANES, 0, -1):
            for entry in list(outbox.waiting(raw.decode().partition("|")[2])):
                outbox.receipt(entry.entry_id, DeliveryStatus.DELIVERED, self.clock(), f"ext{entry.entry_id}")
                outbox.finish(outbox.find(entry.entry_id) or entry)

    def look(self) -> None:
        """The chore comes round."""
        self.wiring.archivist.look()

    def archivist(self, *, archive: Archive | None = None, leaving: type[Leaving] = Leaving) -> Archivist:
        """Another one over the same store, with these parts in place of its own."""
        policies = StoredPolicies(self.redis, self.wiring.policy)
        return Archivist(
            self.redis, archive or self.archive, leaving(self.redis, policies),
            Returning(self.redis, Rows(policies)), self.wiring.policy, self.clock,
        )  # fmt: skip

    def archive_of(self, kind: type[Archive]) -> Archive:
        """The same archive through another class."""
        return kind(self.wiring.settings.archive_url, lambda: desk_name(self.redis))

    def is_live(self, ticket_id: str) -> bool:
        return bool(self.redis.exists(keys.ticket(ticket_id)))

    def is_archived(self, ticket_id: str) -> bool:
        return self.archive.find(ticket_id) is not None

    def where(self, ticket_id: str) -> str:
        """Where it is: each ticket must be in exactly one place once all is quiet."""
        places = {"live": self.is_live(ticket_id), "archived": self.is_archived(ticket_id)}
        return " and ".join(place for place, is_there in places.items() if is_there)

    def conversation(self, address: str = MARIE) -> Conversation:
        return load(Conversation, self.redis.hget(keys.contact(make_contact_id(Address.parse(address))), "c"))
