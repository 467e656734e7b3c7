"""Stories told by the clock of a desk: “Mon 10:00, the customer writes”; and what is owed afterwards."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.business_calendar import BusinessCalendar
from bot.messages.inbound import Address
from bot.model.account_csv import AccountRow
from bot.model.ticket_events import TicketEventKind
from desk.desk import Desk
from sandbox.control_client import Phone
from store.accounts.accounts import Accounts
from store.accounts.csv_import import AccountBatches
from store.agents.agent import Role
from tests.journeys.house import House

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Step = tuple[str, str] | tuple[str, str, str]
"""When, what, and with which words or priority."""


class Story:
    """One customer and one agent of a running house, in a fortnight without holidays."""

    def __init__(
        self, house: House, channel: str = "telegram", name: str = "Emma", beside: "Story | None" = None
    ) -> None:
        self.house, self.channel, self.ticket_id = house, channel, ""
        self.phone: Phone = house.customer(channel, name)
        self.ana = house.wiring.agents.add("Ana Costa", name, Role.AGENT).agent_id
        self.zone: ZoneInfo = beside.zone if beside else house.wiring.policy.calendar.zone
        self.monday = beside.monday if beside else _monday(house)

    def play(self, *steps: Step) -> "Story":
        """Do it all, each at its time."""
        for when, what, *words in steps:
            self.turn_to(when)
            getattr(self, f"_{what}")(*words)
            self.house.run_jobs()
        return self

    def turn_to(self, when: str) -> None:
        """Clocks of the desk show “Tue 10:30”, or “Tue+7 10:30” in the second week; never earlier than now."""
        wanted = self.at(when) - datetime.now(UTC)
        assert wanted > self.house.clock.ahead, f"{when} is over"
        self.house.clock.ahead = wanted

    def at(self, when: str) -> datetime:
        day, clock = when.split()
        name, _, later = day.partition("+")
        on = self.monday + timedelta(days=DAYS.index(name) + int(later or 0))
        hour, minute = clock.split(":")
        local = datetime(on.year, on.month, on.day, int(hour), int(minute), tzinfo=self.zone)
        return local.astimezone(UTC)

    def told(self, at: datetime | None) -> str:
        """The same way of writing it."""
        if at is None:
            return "on hold"
        local = at.astimezone(self.zone)
        days = (local.date() - self.monday.date()).days
        return f"{DAYS[days % 7]}{f'+{days // 7 * 7}' if days >= 7 else ''} {local:%H:%M}"

    def owed(self) -> dict[str, str]:
        """What is still owed and by when, as the inbox shows it: {“resolution 1”: “Thu 11:30”}."""
        found = self.house.wiring.queries.ticket(self.ticket_id).deadlines
        return {f"{d.target} {d.turn}": self.told(d.due_at) for d in found if d.met_at is None}

    def row_due(self) -> str:
        """When the list says that the ticket falls due next."""
        [row] = self.house.wiring.queries.rows_of([self.ticket_id])
        return self.told(row.due_at)

    def happened(self, kind: TicketEventKind) -> list[str]:
        facts = self.house.wiring.queries.ticket(self.ticket_id).ticket.facts
        return [self.told(fact.at) for fact in facts if fact.kind is kind]

    def opens(self, when: str, priority: str = "") -> "Story":
        """The customer asks for a person at that time; an agent sets the priority at once."""
        if self.ticket_id:
            self.house.say(self.phone, "/new")
        self.house.say(self.phone, "hello, the app does not work since this morning")
        self.turn_to(when)
        before = {row.ticket_id for row in self.house.wiring.queries.rows("open")}
        self.house.say(self.phone, "/human")
        [self.ticket_id] = {row.ticket_id for row in self.house.wiring.queries.rows("open")} - before
        if priority:
            self._agent_sets(priority)
            self.house.run_jobs()
        return self

    def has_plan(self, plan: str) -> None:
        """The file of accounts names this customer with that plan."""
        house, policy = self.house, self.house.wiring.policy
        accounts = Accounts(house.redis, house.wiring.settings.secret_key)
        row = AccountRow(1, "stone", "Stone Ltd", plan, addresses=(self._address,))
        batches = AccountBatches(house.redis, accounts, policy, f"file with {plan}", self.monday.date())
        assert batches.take([row])[0].became in ("added", "changed")

    @property
    def desk(self) -> Desk:
        """The desk as it runs now; a restart makes another."""
        return self.house.wiring.desk

    @property
    def _address(self) -> Address:
        return Address(
            self.channel, str(self.phone.person["telegram_id" if self.channel == "telegram" else "number"])
        )

    def _customer_writes(self, text: str) -> None:
        self.phone.say(text)

    def _agent_replies(self, text: str = "We are looking at it") -> None:
        self.desk.reply(self.ticket_id, self.ana, text)

    def _agent_asks(self, text: str = "Which version is it?") -> None:
        self.desk.send_back(self.ticket_id, self.ana, text)

    def _agent_sets(self, priority: str) -> None:
        self.desk.prioritise(self.ticket_id, self.ana, priority)

    def _agent_holds(self) -> None:
        self.desk.hold(self.ticket_id, self.ana)

    def _agent_releases(self) -> None:
        self.desk.release(self.ticket_id, self.ana)

    def _agent_solves(self) -> None:
        self.desk.resolve(self.ticket_id, self.ana)

    def _agent_reopens(self) -> None:
        self.desk.reopen(self.ticket_id, self.ana)

    def _nothing_happens(self) -> None:
        pass


def _monday(house: House) -> datetime:
    """Midnight of the next Monday that begins two weeks without a holiday."""
    calendar = house.wiring.policy.calendar
    today = house.clock().astimezone(calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today + timedelta(days=7 - today.weekday())
    while not _is_plain(calendar, monday):
        monday += timedelta(days=7)
    return monday


def _is_plain(calendar: BusinessCalendar, monday: datetime) -> bool:
    days = [calendar.day((monday + timedelta(days=n)).date()) for n in range(14) if n % 7 < 5]
    return all(day.intervals and day.name is None for day in days)
