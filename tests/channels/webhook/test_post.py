"""Calls to hooks: only where we may go, to the very address that was checked, never for longer than they may take."""

import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.outgoing_webhooks.retry import WebhookResponse
from channels.webhook.post import WebhookClient, signature_headers
from channels.webhook.url_guard import ResolveHost, UnsafeUrl, parse_url, redact_url, resolve_allowed
from tests.fixtures.webhook_receiver import WebhookReceiver, webhook_receiver


@pytest.fixture
def app() -> Iterator[WebhookReceiver]:
    with webhook_receiver() as one:
        yield one


def call(
    url: str, *, is_private: bool = True, timeout: float = 5.0, look_up: ResolveHost | None = None
) -> WebhookResponse:
    more = {"look_up": look_up} if look_up else {}
    return WebhookClient(timeout=timeout, **more).post(url, {"webhook-id": "x"}, b"{}", is_private=is_private)


def leads_to(*addresses: str) -> ResolveHost:
    return lambda host, port: addresses


def test_what_was_taken_is_told_with_how_long_it_took(app: WebhookReceiver) -> None:
    answer = call(app.url + "?key=a%20b")
    assert (answer.status, answer.why, answer.is_success) == (204, "", True)
    assert 0 < answer.seconds < 5
    assert app.requests[0].path == "/hook?key=a%20b"
    assert app.requests[0].body == b"{}"


@pytest.mark.parametrize("status", [199 + 2, 202, 299])
def test_every_answer_of_the_two_hundreds_is_a_yes(app: WebhookReceiver, status: int) -> None:
    app.answer(status)
    assert call(app.url).is_success


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(app: WebhookReceiver, status: int) -> None:
    app.answer(status, Location=app.url)
    answer = call(app.url)
    assert (answer.is_success, len(app.requests)) == (False, 1)
    assert answer.why == f"responded {status}, and redirects are not followed"


def test_how_long_to_wait_is_told(app: WebhookReceiver) -> None:
    app.answer(429, Retry_After="30")
    assert call(app.url).retry_after == timedelta(seconds=30)
    app.answer(429, Retry_After="soon")
    assert call(app.url).retry_after is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.5",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:5",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
    ],
)
def test_an_address_that_is_not_public_is_not_called(app: WebhookReceiver, address: str) -> None:
    answer = call(f"http://portal.example:{app.port}/", is_private=False, look_up=leads_to(address))
    assert answer == WebhookResponse(
        0, f"portal.example resolves to {address}, which is not a public address", None, answer.seconds
    )
    assert app.requests == []


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::"]
)
def test_a_public_address_may_be_called(address: str) -> None:
    assert resolve_allowed(parse_url("https://portal.example"), False, leads_to(address)) == (address,)


def test_one_private_address_among_public_ones_is_enough_to_stay_away() -> None:
    with pytest.raises(UnsafeUrl, match=r"10\.0\.0\.5"):
        resolve_allowed(parse_url("https://portal.example"), False, leads_to("1.1.1.1", "10.0.0.5"))


@pytest.mark.parametrize(
    "address",
    ["224.0.0.1", "0.0.0.0", "::", "169.254.169.254", "::ffff:169.254.169.254", "fe80::1%eth0", "ff02::1"],
)
def test_what_is_no_machine_of_a_network_is_never_called(address: str) -> None:
    with pytest.raises(UnsafeUrl, match="not a public address"):
        resolve_allowed(parse_url("https://portal.example"), True, leads_to(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"]
)
def test_this_machine_by_any_name_is_not_called(app: WebhookReceiver, host: str) -> None:
    assert call(f"http://{host}:{app.port}/", is_private=False).status == 0
    assert app.requests == []


def test_the_address_that_was_checked_is_the_one_that_is_called(app: WebhookReceiver) -> None:
    asked: list[str] = []

    def rebinds(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with webhook_receiver("127.0.0.2", app.port) as other:
        assert call(f"http://portal.example:{app.port}/hook", look_up=rebinds).status == 204
        assert (asked, len(app.requests), other.requests) == (["portal.example"], 1, [])
    assert app.requests[0].headers["Host"] == f"portal.example:{app.port}"


def test_a_connection_that_is_refused_is_one_line() -> None:
    with webhook_receiver() as gone:
        pass
    assert call(gone.url).why == "cannot connect: connection refused"


def test_a_host_that_nobody_knows_is_one_line() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    assert call("http://portal.example/", look_up=unknown).why == "cannot find portal.example"
    assert call("http://portal.example/", look_up=leads_to()).why == "cannot find portal.example"


def test_silence_ends_in_time(app: WebhookReceiver) -> None:
    app.waits_for = threading.Event()
    answer = call(app.url, timeout=0.3)
    assert answer.why == "no response within 0.3 s"
    assert answer.seconds < 30


def test_a_name_server_that_hangs_ends_in_time() -> None:
    asked = threading.Event()

    def hangs(host: str, port: int) -> Sequence[str]:
        asked.wait(20)
        return []

    answer = call("http://portal.example/", timeout=0.3, look_up=hangs)
    asked.set()
    assert answer.why == "no response within 0.3 s"


def test_a_yes_counts_although_the_rest_of_it_never_comes(silent_after_yes: int) -> None:
    assert call(f"http://127.0.0.1:{silent_after_yes}/").is_success


@pytest.fixture
def silent_after_yes() -> Iterator[int]:
    """Promises ten bytes and sends none."""
    yield from _talks(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", b"", is_silent=True)


def test_an_answer_that_never_ends_is_left(free_talker: int) -> None:
    started = time.monotonic()
    answer = call(f"http://127.0.0.1:{free_talker}/", timeout=60.0)
    assert answer.status == 200
    assert time.monotonic() - started < 60


@pytest.fixture
def free_talker() -> Iterator[int]:
    """Answers 200 with a body that never ends."""
    yield from _talks(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n", b"x" * 65536)


@pytest.fixture
def babbler() -> Iterator[int]:
    """Speaks no HTTP."""
    yield from _talks(b"220 mail.example ESMTP\r\n", b"")


def test_what_speaks_no_http_is_one_line(babbler: int) -> None:
    answer = call(f"http://127.0.0.1:{babbler}/")
    assert (answer.status, answer.why.startswith("the connection broke")) == (0, True)
    assert "\n" not in answer.why


def _talks(first: bytes, again: bytes, *, is_silent: bool = False) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(first)
                    while again:
                        connection.sendall(again)
                    while is_silent and connection.recv(65536):
                        pass
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    words = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=portal.example -keyout {key} -out {made}"
    subprocess.run(words.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except (ssl.SSLError, OSError):
                    return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        answer = call(f"https://portal.example:{port}/", look_up=leads_to("127.0.0.1"))
        thread.join(5)
    assert (answer.status, answer.why.startswith("no secure connection")) == (0, True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "portal.example",
        "ftp://portal.example/",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "https://:443/",
        "http://portal.example:0/",
        "http://portal.example:99999/",
        "http://a b/",
        "http://portal.example/\r\nX: y",
        "http://user:word@portal.example/",
        "http://user@portal.example/",
        "http://[::1/",
        "gopher://x",
        "http://portal.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_of_a_hook_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UnsafeUrl) as refused:
        parse_url(url)
    assert "word" not in str(refused.value).replace("user name or password", "")
    assert call(url).status == 0


def test_a_query_is_not_shown() -> None:
    assert redact_url("https://portal.example/hook?key=secret") == "https://portal.example/hook?…"
    assert redact_url("https://portal.example:8443/hook") == "https://portal.example:8443/hook"


def test_a_signature_is_that_of_the_specification() -> None:
    """The example of the Standard Webhooks documents."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    told = signature_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at)
    assert told == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_another_secret_instant_name_or_body_signs_otherwise() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    one, other = (f"whsec_{b64encode(bytes([n]) * 32).decode()}" for n in (1, 2))
    made = [
        signature_headers(one, "a", b"{}", at),
        signature_headers(other, "a", b"{}", at),
        signature_headers(one, "b", b"{}", at),
        signature_headers(one, "a", b"[]", at),
        signature_headers(one, "a", b"{}", at + timedelta(seconds=1)),
    ]
    assert len({each["webhook-signature"] for each in made}) == 5
