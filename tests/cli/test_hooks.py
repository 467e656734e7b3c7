"""`guichet hooks`: the secret is shown once; listed, tried, removed; one clear line for each mistake."""

import json
import ssl
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from bot.outgoing_webhooks.retry import DisableReason
from store.outgoing_webhooks.endpoints import MAX_ENDPOINTS, WebhookEndpoint, WebhookEndpoints
from store.outgoing_webhooks.queue import WebhookQueue
from tests.fixtures.cli import Guichet
from tests.fixtures.environment import COMPLETE
from tests.fixtures.webhook_receiver import WebhookReceiver, is_signed, webhook_receiver

Desk = dict[str, str]


@pytest.fixture
def desk(redis: Redis, redis_url: str) -> Desk:
    """The environment of a desk that tells nobody yet."""
    return COMPLETE | {"REDIS_URL": redis_url}


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


def hooks(redis: Redis) -> WebhookEndpoints:
    return WebhookEndpoints(redis, lambda: datetime.now(UTC))


def only(redis: Redis) -> WebhookEndpoint:
    (found,) = hooks(redis).all()
    return found


def test_the_secret_is_shown_once_and_never_listed(
    guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver
) -> None:
    told = guichet("hooks", "add", "Web  portal", app.url + "?key=theirs", "--private", **desk)
    secret = told.stdout.splitlines()[-1]
    assert (told.returncode, "not shown again" in told.stdout) == (0, True)
    assert only(redis).secret == secret
    assert secret.startswith("whsec_")
    for words in (("list",), ("list", "--json")):
        listed = guichet("hooks", *words, **desk).stdout
        assert "Web portal" in listed
        assert secret not in listed
        assert "theirs" not in listed
    assert secret not in repr(only(redis))


def test_what_a_list_tells(guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver) -> None:
    guichet("hooks", "add", "portal", app.url, "--private", "--events", "ticket.rated, ticket.opened", **desk)
    hook, at = only(redis), datetime(2026, 3, 2, 9, tzinfo=UTC)
    waiting = WebhookQueue(redis)
    for n in range(3):
        waiting.push(redis, hook.hook_id, f"evt_A1-00{n}_0_0_0", b"{}", at)
    waiting.mark_sent(hook.hook_id, "evt_A1-000_0_0_0", at)
    waiting.mark_failed(
        hook.hook_id, "evt_A1-001_0_0_0", "responded 500", at, at + timedelta(seconds=5), 1, None
    )
    (told,) = json.loads(guichet("hooks", "list", "--json", **desk).stdout)
    assert told | {"id": "", "added_at": ""} == {
        "id": "", "name": "portal", "url": app.url, "events": ["ticket.opened", "ticket.rated"], "is_private": True,
        "state": "failing", "added_at": "", "last_success_at": "2026-03-02T09:00Z",
        "failing_since": "2026-03-02T09:00Z", "failures": 1, "why": "responded 500", "waiting": 1, "sent": 1,
        "given_up": 1, "last_given_up_at": "2026-03-02T09:00Z", "dropped": 0,
    }  # fmt: skip
    assert guichet("hooks", "list", **desk).stdout == (
        "portal  failing, 1 waiting, last success 2026-03-02T09:00Z, failing since 2026-03-02T09:00Z "
        f"(1×): responded 500, 1 given up  {app.url}\n"
    )


def test_a_ping_says_what_came_back_and_is_signed(
    guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver
) -> None:
    guichet("hooks", "add", "portal", app.url, "--private", **desk)
    told = guichet("hooks", "test", "Portal", **desk)
    assert (told.returncode, told.stdout.startswith("portal responded 204 after ")) == (0, True)
    (heard,) = app.requests
    assert is_signed(heard, only(redis).secret)
    assert (heard.json["type"], heard.json["data"]) == ("ping", {"hook": "portal"})
    assert heard.json["id"] == heard.headers["webhook-id"]


def test_a_proxy_of_the_environment_is_not_asked(guichet: Guichet, desk: Desk, app: WebhookReceiver) -> None:
    guichet("hooks", "add", "portal", app.url, "--private", **desk)
    proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:1")
    assert guichet("hooks", "test", "portal", **desk, **proxies).returncode == 0


def test_a_ping_that_is_not_taken_is_one_line(guichet: Guichet, desk: Desk, app: WebhookReceiver) -> None:
    guichet("hooks", "add", "portal", app.url, "--private", **desk)
    app.answer(500)
    told = guichet("hooks", "test", "portal", **desk)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "guichet: portal did not accept the ping: responded 500\n"


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS under that name, and the file by which others trust it."""
    key, made = folder / "key.pem", folder / "cert.pem"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} -addext subjectAltName=DNS:{name}"
    subprocess.run([*words.split(), "-keyout", key, "-out", made], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made


@pytest.mark.parametrize(("name", "is_taken"), [("localhost", True), ("portal.example", False)])
def test_a_certificate_is_proved_against_the_name(
    guichet: Guichet, desk: Desk, tmp_path: Path, name: str, is_taken: bool
) -> None:
    context, trusted = certificate(tmp_path, name)
    with webhook_receiver(secure=context) as one:
        url = f"https://localhost:{one.port}/hook"
        guichet("hooks", "add", "portal", url, "--private", **desk)
        told = guichet("hooks", "test", "portal", **desk, SSL_CERT_FILE=str(trusted))
        assert (told.returncode == 0, len(one.requests)) == (is_taken, int(is_taken))
    assert is_taken or "the certificate is not valid for that name" in told.stderr


def test_one_that_was_shut_off_is_on_again_when_it_takes_a_ping(
    guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver
) -> None:
    guichet("hooks", "add", "portal", app.url, "--private", **desk)
    WebhookQueue(redis).disable(only(redis).hook_id, DisableReason.GONE, "responded 410", datetime.now(UTC))
    assert "disabled: responded 410" in guichet("hooks", "list", **desk).stdout
    app.answer(500)
    guichet("hooks", "test", "portal", **desk)
    assert hooks(redis).condition(only(redis)).off is DisableReason.GONE
    app.answer(200)
    assert guichet("hooks", "test", "portal", **desk).stdout.splitlines()[-1] == (
        "portal is enabled again for events from now on"
    )
    assert hooks(redis).condition(only(redis)).off is None


def test_a_removed_one_is_gone_and_its_name_free(
    guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver
) -> None:
    guichet("hooks", "add", "Portal", app.url, "--private", **desk)
    assert guichet("hooks", "remove", "portal", **desk).stdout == "Portal is removed\n"
    assert hooks(redis).all() == []
    assert guichet("hooks", "add", "Portal", app.url, "--private", **desk).returncode == 0


def test_a_desk_without_any_says_how_to_begin(guichet: Guichet, desk: Desk) -> None:
    assert guichet("hooks", "list", **desk).stdout == "no webhooks yet: guichet hooks add NAME URL\n"
    assert guichet("hooks", "list", "--json", **desk).stdout == "[]\n"


def test_a_name_in_use_is_refused(guichet: Guichet, desk: Desk, app: WebhookReceiver) -> None:
    guichet("hooks", "add", "Portal", app.url, "--private", **desk)
    told = guichet("hooks", "add", "PORTAL", app.url, "--private", **desk)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        "guichet: a webhook named PORTAL already exists; choose another name, or remove one first\n"
    )


def test_there_are_not_more_than_can_be_told_at_the_same_time(
    guichet: Guichet, desk: Desk, redis: Redis, app: WebhookReceiver
) -> None:
    for n in range(MAX_ENDPOINTS):
        hooks(redis).add(f"app {n}", app.url)
    told = guichet("hooks", "add", "one more", app.url, "--private", **desk)
    assert (told.returncode, f"there are {MAX_ENDPOINTS} webhooks already" in told.stderr) == (1, True)


@pytest.mark.parametrize("words", [("remove", "x"), ("test", "x")])
def test_a_name_that_nobody_has_is_one_line(guichet: Guichet, desk: Desk, words: tuple[str, ...]) -> None:
    told = guichet("hooks", *words, **desk)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "guichet: there is no webhook named x; see guichet hooks list\n"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (
            "http://127.0.0.1/",
            "127.0.0.1 resolves to 127.0.0.1, which is not a public address; --private allows",
        ),
        ("http://localhost:8000/", "localhost resolves to"),
        ("http://nowhere.invalid/", "cannot find nowhere.invalid"),
    ],
)
def test_where_we_do_not_go_is_refused_at_once(
    guichet: Guichet, desk: Desk, redis: Redis, url: str, why: str
) -> None:
    told = guichet("hooks", "add", "portal", url, **desk)
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1)
    assert why in told.stderr
    assert hooks(redis).all() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add",), "Missing argument"),
        (("add", "portal"), "Missing argument"),
        (("add", " ", "http://127.0.0.1/"), "a name must have 1 to 60 characters"),
        (("add", "x" * 61, "http://127.0.0.1/"), "a name must have 1 to 60 characters"),
        (("add", "a\x1b[2J", "http://127.0.0.1/"), "a name must have 1 to 60 characters"),
        (("add", "portal", "portal.example"), "URL must be a URL such as"),
        (("add", "portal", "ftp://portal.example/"), "URL must be a URL such as"),
        (
            ("add", "portal", "https://me:word@portal.example/"),
            "URL must not contain a user name or password",
        ),
        (
            ("add", "portal", "http://127.0.0.1/", "--events", "ticket.eaten"),
            "no event 'ticket.eaten'; there are: ",
        ),
        (("add", "portal", "http://127.0.0.1/", "--events", ","), "--events names none"),
        (("remove",), "Missing argument"),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    guichet: Guichet, desk: Desk, words: tuple[str, ...], why: str
) -> None:
    told = guichet("hooks", *words, **desk)
    assert (told.returncode, told.stdout) == (2, "")
    assert why in told.stderr
    assert "word@" not in told.stderr


def test_a_store_that_is_away_is_one_line(guichet: Guichet, desk: Desk) -> None:
    told = guichet("hooks", "list", **desk | {"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert told.returncode == 1
    assert told.stderr.startswith("guichet: the store doesn’t respond")
    assert len(told.stderr.splitlines()) == 1
