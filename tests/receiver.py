"""An app that is told events: a real server on a real socket, which answers as it is told to and remembers all."""

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Heard:
    """One call, as it came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def event_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def type(self) -> str:
        return str(self.event["type"])


@dataclass
class Receiver:
    """What it heard, and what it answers next: the last answer stays."""

    port: int = 0
    host: str = "127.0.0.1"
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [204])
    extra: dict[str, str] = field(default_factory=dict)
    waits_for: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/hook"

    def answer(self, *statuses: int, **headers: str) -> None:
        """Answer so from now on, one after the other."""
        self.answers, self.extra = list(statuses), {k.replace("_", "-"): v for k, v in headers.items()}

    @property
    def types(self) -> list[str]:
        return [each.type for each in self.heard]

    @property
    def ids(self) -> list[str]:
        return [each.event_id for each in self.heard]


@contextmanager
def receiver(
    host: str = "127.0.0.1", port: int = 0, secure: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """One that listens until the end; with `secure`, by TLS."""
    told = Receiver(host=host)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told.heard.append(Heard(self.path, dict(self.headers), body))
            if told.waits_for:
                told.waits_for.wait(20)
            status = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            self.send_response(status)
            for name, value in told.extra.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def handle(self) -> None:
            with suppress(ssl.SSLError, ConnectionError):
                super().handle()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
            """Say nothing."""

    with ThreadingHTTPServer((host, port), Handler) as server:
        told.port = server.server_port
        if secure:
            server.socket = secure.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield told
        if told.waits_for:
            told.waits_for.set()
        server.shutdown()
