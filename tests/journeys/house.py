"""The whole desk in one process, over the real sandbox, store and SDKs; only the clock is ours to turn."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from redis import Redis
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty
from werkzeug.serving import make_server

from bot.messages.thread import OutboxEntry
from cli.run.web_app import build_app
from jobs.clock import Clock
from jobs.wiring import Wiring, build, use
from runtime.settings import Settings
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox
from store import keys
from store.outbox.job_queue import QUEUES
from store.outbox.outbox import Outbox


@dataclass
class Hands:
    """A clock that moves only when told to, but never behind the real one: providers stamp real times."""

    ahead: timedelta = field(default=timedelta())

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def turn(self, **length: float) -> None:
        self.ahead += timedelta(**length)


class House:
    """Everything that runs, and what a test does with it."""

    def __init__(
        self, redis: Redis, redis_url: str, sandbox: Sandbox, policy: Path, folder: Path, **variables: str
    ) -> None:
        self._variables = variables
        self.redis, self.sandbox, self.clock = redis, sandbox, Hands()
        self._policy, self._folder, self._redis_url = policy, folder, redis_url
        self._server = make_server("127.0.0.1", 0, Flask("closed"), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.wiring = self.open(policy)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        sandbox.configure(
            target=self.url,
            public_url=self.url,
            whatsapp_webhook=f"{self.url}/webhooks/whatsapp",
            receipt_delay=0.01,
        )
        sandbox.reset()

    def open(self, policy: Path) -> Wiring:
        """Build everything anew, as a restart does."""
        self.wiring = use(build(self._settings(policy), redis=self.redis, clock=self.clock))
        self._server.app = build_app(self.wiring)
        return self.wiring

    def run_jobs(self) -> None:
        """Sweep, and run jobs until none is left: what the clock and the workers do all day."""
        for _ in range(40):
            Clock(self.redis, self.wiring.kicks, self.clock).sweep()
            ran = [name for name in QUEUES if self._work(name)]
            if not ran and not self._has_waited() and self.sandbox.settle(5):
                return

    def _has_waited(self) -> bool:
        """A lane that rests for a moment, as pacing wants, is not waited for: the clock is turned."""
        found = [self.redis.zrange(key, 0, 0, withscores=True) for key in (keys.LANES, keys.BOARDS)]
        waiting = [score for rows in found for _, score in rows]
        rests = min(waiting) - self.clock().timestamp() if waiting else 60.0
        if rests > 20:
            return False
        length = max(rests, 0.0) + 0.01
        self.clock.turn(seconds=length)
        self.sandbox.set_clock(advance_seconds=length)
        return True

    def customer(self, channel: str, name: str, **details: object) -> Phone:
        return self.sandbox.add(channel, name, **details)

    def say(self, phone: Phone, text: str = "", **more: object) -> list[str]:
        """The customer writes; what the desk answers."""
        before = phone.messages()
        phone.say(text, **more)
        self.run_jobs()
        return self.heard(phone, before)

    def heard(self, phone: Phone, before: list[dict[str, object]]) -> list[str]:
        """The desk's texts on that phone since `before`."""
        seen = {each["id"] for each in before}
        return [m["text"] for m in phone.messages() if m["id"] not in seen and m["from"] == "desk"]

    def outbox(self, entry_id: str) -> OutboxEntry:
        """That entry as it stands."""
        found = Outbox(self.redis, self.wiring.kicks).find(entry_id)
        assert found is not None
        return found

    def close(self) -> None:
        self._server.shutdown()

    def _work(self, name: str) -> bool:
        queue = Queue(name, connection=self.redis, serializer=JSONSerializer)
        if not queue.count:
            return False
        worker = _Quiet([queue], connection=self.redis, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")
        failed = queue.failed_job_registry.get_job_ids()
        assert not failed, queue.fetch_job(failed[0]).latest_result().exc_string
        return True

    def _settings(self, policy: Path) -> Settings:
        return Settings.from_environment(
            {
                "REDIS_URL": self._redis_url,
                "SECRET_KEY": "a secret of the tests, thirty-two characters long",
                "PUBLIC_URL": self.url,
                "POLICY": str(policy),
                "TWILIO_ACCOUNT_SID": credentials.TWILIO_ACCOUNT_SID,
                "TWILIO_AUTH_TOKEN": credentials.TWILIO_AUTH_TOKEN,
                "TWILIO_WHATSAPP_NUMBER": credentials.TWILIO_WHATSAPP_NUMBER,
                "TWILIO_API_URL": self.sandbox.url,
                "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
                "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
                "TELEGRAM_API_URL": self.sandbox.url,
                "ALERTS": f"telegram:{credentials.TELEGRAM_MANAGER_CHAT}",
                "MEDIA_DIR": str(self._folder / "media"),
                "ARCHIVE_URL": f"sqlite:///{self._folder}/archive.db",
                **self._variables,
            }
        )


class _Quiet(SimpleWorker):
    """Runs in a test's thread: a timer instead of a signal, and nobody sends it commands."""

    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        pass

    def subscribe(self) -> None:
        pass

    def unsubscribe(self) -> None:
        pass
