"""Every route while the store is away, hangs, is full or read-only, or breaks halfway: told in words, never a 500."""

import io
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from runtime.redis_url import connect
from store.agents.agent import Agent, Role
from tests.fixtures.breakable_connection import breakable_connection
from tests.fixtures.environment import TWILIO
from tests.fixtures.store_desk import PASSWORD, StoreDesk

BODIES: dict[str, dict[str, object]] = {
    "reply": {"text": "We look", "seen": ""},
    "note": {"text": "look"},
    "return": {"text": "Which version?"},
    "assign": {"to": ""},
    "priority": {"priority": "urgent"},
    "merge": {"into": "c-2"},
    "subject": {"subject": "The till"},
    "tags": {"tags": ["till"]},
    "quote": {"price": "90 €"},
    "withdraw": {"entry_id": "c.1.0"},
}
WITHOUT_STORE = ("/healthz", "/inbox/static/", "/api/v1/openapi.json", "/media/")
"""Routes that never ask the store."""


class Walk:
    """A signed-in manager who asks for every route of a desk whose store can fail."""

    def __init__(self, desk: StoreDesk) -> None:
        self.desk = desk
        self.agent: Agent = desk.agent("Ana Ruiz", Role.MANAGER, "fr")
        self.ticket_id = desk.add_ticket()
        self.number = desk.ticket(self.ticket_id).number
        self.sessions = desk.wiring.agents.sessions
        self.sign_in()
        self.token = desk.wiring.tokens.add("portal", Role.MANAGER)[1]

    def sign_in(self) -> None:
        self.cookie = self.sessions.start(self.agent)
        signed_in = self.sessions.find(self.cookie)
        assert signed_in
        self.csrf = signed_in.session.csrf

    def requests(self) -> Iterator[tuple[str, str]]:
        """Method and path of every route, each action apart; signing out comes last."""
        for rule in sorted(self.desk.app.url_map.iter_rules(), key=lambda rule: rule.rule == "/sign-out"):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                actions = [*sorted(BODIES), "claim", "hold", "resolve"] if "<route>" in rule.rule else [""]
                for action in actions:
                    yield method, self._filled(rule.rule.replace("<route>", action))

    def ask(self, method: str, path: str) -> TestResponse:
        client: FlaskClient = self.desk.app.test_client()
        client.set_cookie("guichet", self.cookie)
        client.set_cookie("guichet-language", "fr")
        headers = {"X-CSRF-Token": self.csrf, "X-Active": "1"}
        if path.startswith("/api/"):
            headers["Authorization"] = f"Bearer {self.token}"
        if path.endswith("/api/files"):
            data = {"file": (io.BytesIO(b"words"), "words.txt")}
            return client.post(path, data=data, headers=headers)
        if path.startswith("/webhooks/telegram"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = "hook"
            return client.post(path, data=json.dumps(UPDATE), headers=headers)
        if "/api/" in path and method == "POST":
            return client.post(path, json=BODIES.get(path.rpartition("/")[2], {}), headers=headers)
        form = {
            "login": "Ana",
            "password": PASSWORD,
            "locale": "fr",
            "new": "correct horse battery",
            "name": "x",
        }
        return client.open(path, method=method, headers=headers, data=form if method == "POST" else None)

    def _filled(self, rule: str) -> str:
        values = {
            "ticket_id": self.ticket_id,
            "number": self.number,
            "section": "backlog",
            "address_of": "telegram:42",
        }
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values.get(found[1], "x"), rule)


UPDATE = {
    "update_id": 7,
    "message": {
        "message_id": 1, "date": 1795600000, "chat": {"id": 42, "type": "private"}, "text": "Hello",
        "from": {"id": 42, "is_bot": False, "first_name": "Leo"},
    },
}  # fmt: skip


@pytest.fixture
def walk(redis: Redis, tmp_path: Path) -> Walk:
    return Walk(StoreDesk(redis, tmp_path, **TWILIO))


@contextmanager
def away(redis: Redis) -> Iterator[Redis]:
    with connect("redis://127.0.0.1:1") as client:
        yield client


@contextmanager
def hung(redis: Redis) -> Iterator[Redis]:
    """It accepts connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, connect(f"redis://127.0.0.1:{listener.getsockname()[1]}", timeout=0.02) as client:
        yield client


@contextmanager
def full(redis: Redis) -> Iterator[Redis]:
    redis.config_set("maxmemory", "1")
    yield redis
    redis.config_set("maxmemory", "0")


@contextmanager
def read_only(redis: Redis) -> Iterator[Redis]:
    """A replica that has lost its primary."""
    redis.execute_command("REPLICAOF", "127.0.0.1", "1")
    yield redis
    redis.execute_command("REPLICAOF", "NO", "ONE")


@pytest.mark.parametrize("failing", [away, hung, full, read_only], ids=lambda kind: kind.__name__)
def test_no_route_answers_500_or_signs_anybody_out(walk: Walk, redis: Redis, failing: object) -> None:
    with failing(redis) as client:  # type: ignore[operator]
        walk.desk.redis = client
        walk.desk.restart()
        for method, path in walk.requests():
            _is_told(method, path, walk.ask(method, path), is_readable=failing in (full, read_only))


def test_no_route_answers_500_when_the_store_breaks_halfway(walk: Walk, redis: Redis, redis_url: str) -> None:
    with breakable_connection(redis_url) as wire, connect(wire.url) as client:
        walk.desk.redis = client
        walk.desk.restart()
        for method, path in walk.requests():
            for passing in range(1, 12):
                client.close()
                walk.sign_in()
                wire.cut_after(passing)
                answer = walk.ask(method, path)
                if not wire.has_broken:
                    break
                _is_told(method, path, answer, is_readable=True)
            wire.mend()


def _is_told(method: str, path: str, answer: TestResponse, *, is_readable: bool) -> None:
    case = f"{method} {path}: {answer.status_code} {answer.text[:200]}"
    assert answer.status_code != 500, case
    assert answer.status_code != 401, case
    assert "/sign-in" not in answer.headers.get("Location", "") or path == "/sign-out", case
    if answer.status_code == 503 and path.startswith(("/inbox", "/overview", "/sign-in")):
        words = answer.json["words"] if answer.is_json and answer.json else answer.text
        assert "base de données" in words or "archive" in words, case
    if not is_readable and path != "/" and not path.startswith(WITHOUT_STORE):
        assert answer.status_code in (400, 403, 404, 405, 413, 503), case
