"""A scenario with outgoing webhooks: one app fails and recovers, one hangs, and workers are killed meanwhile."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.outgoing_webhooks.events import WebhookEventType, ticket_number_of
from drill.actors import Actors
from drill.desk import DrillDesk
from drill.result import Result
from store.outgoing_webhooks.endpoints import WebhookEndpoints

DELIVERY_TIMEOUT = 75.0
"""Seconds: enough for the pauses after failures, and for the claims of a killed worker to expire."""


@dataclass
class WebhookReceiver:
    """The events it accepted, in order; it fails its first `breaks` calls."""

    breaks: int = 0
    url: str = ""
    taken: list[str] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)


def failing_webhooks(desk: DrillDesk, people: Actors) -> Result:
    """Customers get every reply, and the app gets an event for each, in order, at least once, with one id."""
    result, hooks = Result(), WebhookEndpoints(desk.redis, lambda: datetime.now(UTC))
    with _serve(WebhookReceiver(breaks=1)) as app, _serve(WebhookReceiver()) as hangs:
        app.may_answer.set()
        told = [("drill", app), ("drill that hangs", hangs)]
        for name, each in told:
            hooks.add(name, each.url, (WebhookEventType.REPLIED,), is_private=True)
        said = people.reply("told to an app", 3)
        wanted = sum(len(lines) for lines in said.values())
        desk.let_time_pass(1.0)
        desk.kill("worker")
        result.counted("replies", people.heard(said, 60), max_duplicates=1)
        desk.until(lambda: len(set(app.taken)) >= wanted, DELIVERY_TIMEOUT)
        for name, _ in told:
            hooks.remove(name)
    _check_events(app.taken, wanted, result)
    return result


def _check_events(taken: list[str], wanted: int, result: Result) -> None:
    """The positions of a ticket's events only increase."""
    events = list(dict.fromkeys(taken))
    result.note(events=f"{len(events)} of {wanted}", **{"events sent again": len(taken) - len(events)})
    result.expect(len(events) == wanted, f"the app got events for {len(events)} replies of {wanted}")
    last: Counter[str] = Counter()
    for event in events:
        number, fact = ticket_number_of(event), int(event.split("_")[2])
        result.expect(fact > last[number], f"{event} came after a later one")
        last[number] = fact


@contextmanager
def _serve(app: WebhookReceiver) -> Iterator[WebhookReceiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            app.may_answer.wait()
            app.breaks -= 1
            if app.breaks < 0:
                app.taken.append(told["id"])
            self.send_response(204 if app.breaks < 0 else 500)
            self.end_headers()

        def handle(self) -> None:
            """Ignore callers that were killed or gave up."""
            try:
                super().handle()
            except ConnectionError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        app.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield app
        app.may_answer.set()
        server.shutdown()
