"""A desk for delivery.py: store, web, workers, clock and stand-in providers, each a process of its own."""

import os
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from redis import Redis

from runtime.child_processes import start_child, stop_child
from runtime.embedded_valkey import EmbeddedValkey
from sandbox import credentials

HOME = Path(__file__).parent.parent


class DeliveryDesk:
    """A context manager; `workers` is how many `guichet worker` run."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder, self._workers, self._stack = folder, workers, ExitStack()
        self.port, self.provider_port = _free_port(), _free_port()
        self.url, self.provider = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.provider_port}"
        self.pids: dict[str, list[int]] = {}

    def __enter__(self) -> "DeliveryDesk":
        store = EmbeddedValkey(self._folder / "valkey")
        self._environ = self._environment(store.start())
        self._stack.callback(store.stop)
        self.redis = Redis.from_url(self._environ["REDIS_URL"])
        self.pids["store"] = [store.child.pid]
        self._start("provider", str(HOME / "bench/delivery_provider.py"), str(self.provider_port))
        for name in ("web", *["worker"] * self._workers, "clock"):
            self._start(name, "-P", "-m", "cli.main", name)
        self._wait(f"{self.url}/readyz")
        self._wait(f"{self.provider}/calls")
        give_up_at = time.monotonic() + 60
        while self._worker_count() < self._workers and time.monotonic() < give_up_at:
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _worker_count(self) -> int:
        return int(self.redis.scard("rq:workers:media"))

    def order(self, body: bytes) -> None:
        """Tell the providers how to behave."""
        headers = {"Content-Type": "application/json"}
        urlopen(Request(f"{self.provider}/control", body, headers), timeout=10).close()  # noqa: S310

    def cpu_seconds(self) -> dict[str, float]:
        """Processor seconds used so far, by service."""
        tick = os.sysconf("SC_CLK_TCK")
        return {name: sum(map(_ticks, _trees(pids))) / tick for name, pids in self.pids.items()}

    def memory(self) -> dict[str, int]:
        """Proportional memory of each service with its children, in MB."""
        return {name: sum(map(_pss, _trees(pids))) // 1024 for name, pids in self.pids.items()}

    def _start(self, name: str, *words: str) -> None:
        log = self._stack.enter_context((self._folder / f"{name}.log").open("ab"))
        child = start_child([sys.executable, *words], environ=self._environ, output=log)
        self._stack.callback(stop_child, child, 10)
        self.pids.setdefault(name, []).append(child.pid)

    def _wait(self, address: str) -> None:
        for _ in range(900):
            try:
                urlopen(address, timeout=2).close()  # noqa: S310
                return
            except (URLError, OSError):
                time.sleep(0.1)
        raise SystemExit(f"bench/delivery.py: {address} doesn't answer; see the logs in {self._folder}")

    def _environment(self, redis_url: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOME),
            "REDIS_URL": redis_url,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "SECRET_KEY": "a key of the measurement, worth nothing",
            "POLICY": str(HOME / "policies/demo.toml"),
            "MEDIA_DIR": f"{self._folder}/media",
            "ARCHIVE_URL": f"sqlite:///{self._folder}/archive.db",
            "LOG_LEVEL": "warning",
            "TWILIO_ACCOUNT_SID": credentials.TWILIO_ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": credentials.TWILIO_AUTH_TOKEN,
            "TWILIO_WHATSAPP_NUMBER": credentials.TWILIO_WHATSAPP_NUMBER,
            "TELEGRAM_BOT_TOKEN": credentials.TELEGRAM_BOT_TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": credentials.TELEGRAM_WEBHOOK_SECRET,
            "TWILIO_API_URL": self.provider,
            "TELEGRAM_API_URL": self.provider,
        }


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _trees(pids: list[int]) -> list[int]:
    """The processes and all their children."""
    found = list(pids)
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, children.read_text().split())
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
