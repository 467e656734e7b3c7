"""A desk without phones or web: real store, real rules, jobs run by hand, and a channel that only remembers."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import OutboxEntry
from bot.model.conversation import Conversation, Status
from bot.model.ticket import Ticket
from bot.model.ticket_events import TicketEvent, TicketEventKind
from bot.model.unit_of_work import Changes, Records
from i18n.render import render_outgoing
from jobs.clock import Clock
from jobs.wiring import Wiring, build, use
from runtime.settings import Settings
from store import keys
from store.codec import load
from store.contacts.unit_of_work import Units
from store.outbox.job_queue import Kicks
from store.policies import StoredPolicies
from store.tickets.ticket_list import Rows

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MANAGER = "telegram:700100"


@dataclass
class Hand:
    """A clock that stands still until it is turned."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Desk:
    """The wired objects, and what a test does with them."""

    wiring: Wiring
    clock: Hand
    redis: Redis
    count: int = 0
    tickets: list[str] = field(default_factory=list)

    def ticket(self, priority: str = "high", channel: str = "telegram", **more: object) -> str:
        """A request that was just opened; `more` are fields of the ticket."""
        self.count += 1
        name = f"42{self.count}" if channel == "telegram" else f"+35191000{self.count:04}"
        address = Address(channel, name)
        owner, now = make_contact_id(address), self.clock()
        version = self.wiring.policy.version

        def opened(records: Records) -> Changes:
            who = Conversation(owner, address, (address,), "en", last_inbound_at=now)
            ticket = Ticket(
                f"{owner}-1", owner, records.number, address, "en", version, now, "The till", "fault",
                priority, company="Acme", status=Status.NEW, updated_at=now, **more,  # type: ignore[arg-type]
            ).with_event(TicketEventKind.OPENED, now, "customer", priority=priority, category="fault")  # fmt: skip
            return Changes(who.evolve(tickets=(ticket.summary,), ticket_id=ticket.ticket_id), (ticket,))

        self.units.change(f"{owner}-1", opened)
        self.tickets.append(f"{owner}-1")
        return f"{owner}-1"

    @property
    def units(self) -> Units:
        return Units(self.redis, Rows(StoredPolicies(self.redis, self.wiring.policy)), self.wiring.kicks)

    def now(self, ticket_id: str) -> Ticket:
        return load(Ticket, self.redis.get(keys.ticket(ticket_id)))

    def facts(
        self, ticket_id: str, kind: TicketEventKind, target: str = "first_response"
    ) -> list[TicketEvent]:
        return [f for f in self.now(ticket_id).facts if f.kind is kind and f.data.get("target") == target]

    def sweep_and_die(self, redis_url: str) -> None:
        """What a clock does that is killed between its claim and the job."""
        pid = os.fork()
        if pid == 0:
            try:
                own = Redis.from_url(redis_url)
                Clock(own, _Dying(own), self.clock).sweep()
            finally:
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL

    def sweep(self) -> None:
        """The clock sweeps, and every job about deadlines and alerts runs."""
        for _ in range(50):
            Clock(self.redis, self.wiring.kicks, self.clock).sweep()
            if not self.work():
                return

    def work(self) -> int:
        """Run what waits in the queue of due work; how many jobs that was."""
        queue = Queue("due", connection=self.redis, serializer=JSONSerializer)
        count = queue.count
        if count:
            _Quiet([queue], connection=self.redis, serializer=JSONSerializer).work(
                burst=True, logging_level="ERROR"
            )
        failed = queue.failed_job_registry.get_job_ids()
        assert not failed, queue.fetch_job(failed[0]).latest_result().exc_string
        return int(count)

    def later(self, **length: float) -> None:
        """Time passes in steps of five seconds, each swept."""
        self.sweep()
        end = self.clock.now + timedelta(**length)
        while self.clock.now < end:
            self.clock.now = min(end, self.clock.now + timedelta(seconds=5))
            self.sweep()

    def jump(self, **length: float) -> None:
        """Time passes unseen; then one sweep."""
        self.clock.turn(**length)
        self.sweep()

    def told(self, address: str = MANAGER) -> list[str]:
        """What was put into the lane of that destination, in English, without what they had asked for."""
        entries = [load(OutboxEntry, raw) for raw in self._outbox(address)]
        return [self.words(entry) for entry in entries]

    def alerts(self, address: str = MANAGER) -> list[str]:
        """The same, without the daily and weekly reports."""
        return [text for text in self.told(address) if not text.startswith("📊")]

    def words(self, entry: OutboxEntry) -> str:
        zone = self.wiring.policy.calendar.zone
        return "\n".join(
            str(line) for line in render_outgoing(entry.outgoing, "en", zone, self.clock()).lines
        )

    def customer(self, ticket_id: str) -> list[str]:
        """What the customer of that ticket is sent, in English."""
        address = str(self.now(ticket_id).address)
        return [self.words(load(OutboxEntry, raw)) for raw in self._outbox(address)]

    def _outbox(self, address: str) -> list[bytes]:
        lane = keys.lane(make_contact_id(Address.parse(address)))
        ids = [raw.decode() for raw in self.redis.lrange(lane, 0, -1)]
        return [self.redis.get(keys.outbox(entry_id)) for entry_id in ids]


class _Dying(Kicks):
    """Kills its process as it is to hand on what it claimed."""

    def fall_due(self, ticket_ids: Sequence[str]) -> None:
        if ticket_ids:
            os.kill(os.getpid(), signal.SIGKILL)


class _Quiet(SimpleWorker):
    """Runs in a test's thread: a timer instead of a signal."""

    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        pass


def desk(
    redis: Redis, folder: Path, policy: str | Path = "demo.toml", clock: Hand | None = None, **more: str
) -> Desk:
    """A desk on this empty store; nothing of it sends."""
    clock = clock or Hand()
    settings = Settings.from_environment(
        {
            "REDIS_URL": "redis://127.0.0.1:1",
            "SECRET_KEY": "a key of tests, long enough to pass",
            "POLICY": str(ROOT / "policies" / policy if isinstance(policy, str) else policy),
            "TELEGRAM_BOT_TOKEN": "42:token",
            "TELEGRAM_WEBHOOK_SECRET": "hook",
            "TELEGRAM_API_URL": "http://127.0.0.1:1",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "token",
            "TWILIO_WHATSAPP_NUMBER": "+15005550006",
            "MEDIA_DIR": str(folder),
            "ALERTS": MANAGER,
            **more,
        }
    )
    return Desk(use(build(settings, redis=redis, clock=clock)), clock, redis)
