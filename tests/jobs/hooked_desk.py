"""A desk with an app that is told events, and hand-moved time; parts of it may be replaced."""

from pathlib import Path

from redis import Redis

from bot.outgoing_webhooks.events import EventContext
from bot.outgoing_webhooks.retry import WebhookResponse
from channels.webhook.post import WebhookClient
from jobs.clock import Clock
from jobs.outgoing_webhooks.dispatch import HookRounds
from jobs.outgoing_webhooks.enqueue_events import Announcer
from jobs.outgoing_webhooks.send import Caller, HookCourier
from store.agents.api_tokens import is_token_id
from store.outgoing_webhooks import keys
from store.outgoing_webhooks.endpoints import Condition, Hook, Hooks
from store.outgoing_webhooks.event_feed import HookFeed
from store.outgoing_webhooks.queue import HookWaiting
from store.policies import StoredPolicies
from tests.inbox.house import House, house
from tests.receiver import Receiver

MARIE, JOHN = "telegram:42", "telegram:77"
API = "http://127.0.0.1:8000/api/v1"


class HookedDesk:
    """The desk, its hooks, and a worker for them."""

    def __init__(
        self, redis: Redis, folder: Path, caller: Caller | None = None, *, old: House | None = None
    ) -> None:
        self.redis, self.house = redis, old or house(redis, folder / "media")
        self.clock, self.wiring, self.desk = self.house.clock, self.house.wiring, self.house.wiring.desk
        self.ana = self.house.agent("Ana Silva").agent_id
        self.hooks, self.waiting = Hooks(redis, self.clock), HookWaiting(redis)
        self.feed = HookFeed(redis)
        self.telling = EventContext(lambda who: self.wiring.agents.all()[who].name, is_token_id, API)
        self.caller = caller or WebhookClient(timeout=5.0)
        self.rounds = self.worker()

    def worker(
        self, *, feed: HookFeed | None = None, waiting: HookWaiting | None = None, longest: float = 30.0
    ) -> HookRounds:
        """Another worker's rounds, with these parts in place of its own."""
        feed, waiting = feed or self.feed, waiting or self.waiting
        announcer = Announcer(self.redis, feed, waiting, self.telling, self.clock)
        return HookRounds(feed, announcer, waiting, self.courier(waiting), self.clock, longest)

    def courier(self, waiting: HookWaiting | None = None) -> HookCourier:
        return HookCourier(self.redis, self.hooks, waiting or self.waiting, self.caller, self.clock)

    def listens(self, to: Receiver, name: str = "portal", *events: str) -> Hook:
        """That receiver is told, from now on."""
        return self.hooks.add(name, to.url, events, is_private=True)

    def it(self, hook: Hook) -> Condition:
        return self.hooks.condition(hook)

    def sweep(self) -> list[bytes]:
        """The clock sweeps; jobs for hooks that are on their way then."""
        Clock(self.redis, self.wiring.kicks, self.clock).sweep()
        found: list[bytes] = self.redis.lrange("rq:queue:hooks", 0, -1)
        return found

    def all_policies(self) -> StoredPolicies:
        return StoredPolicies(self.redis, self.wiring.policy)

    def due(self) -> list[tuple[bytes, float]]:
        found: list[tuple[bytes, float]] = self.redis.zrange(keys.DUE, 0, -1, withscores=True)
        return found


class Scripted:
    """A caller that answers what it is told to, whatever it is asked; after the last, that it was taken."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.sent = list(statuses), list[str]()

    def post(
        self, address: str, headers: dict[str, str], body: bytes, *, is_private: bool
    ) -> WebhookResponse:
        self.sent.append(headers["webhook-id"])
        status = self.statuses.pop(0) if self.statuses else 200
        return WebhookResponse(status, "" if status == 200 else f"answered {status}")
