"""Fetching what customers attach: only from the provider, only what we keep, credentials to the API alone."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.messages.errors import MediaError
from bot.messages.outgoing import Attachment
from channels.signed_links import SignedLinks
from channels.telegram.channel import TelegramChannel
from channels.whatsapp.channel import BIGGEST_FILE, WhatsAppChannel
from sandbox import credentials
from sandbox.control_client import Phone, Sandbox

ACCOUNT = credentials.TWILIO_ACCOUNT_SID
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'a' * 32}/Media/ME{'b' * 32}"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (8).to_bytes(4) * 2 + b"\x08\x02\0\0\0" + b"\0" * 200


@dataclass
class Web:
    """A server that answers each path as told, and remembers what it was asked and with which credentials."""

    url: str
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)


@pytest.fixture
def web() -> Iterator[Web]:
    yield from _served()


@pytest.fixture
def elsewhere() -> Iterator[Web]:
    yield from _served()


def _served() -> Iterator[Web]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, "Authorization" in self.headers))
            status, headers, body = found.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        found = Web(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def at_web(web: Web, links: SignedLinks) -> WhatsAppChannel:
    return WhatsAppChannel(account_sid=ACCOUNT, auth_token="t0ken", number="+1", api_url=web.url, links=links)


def problem(channel: WhatsAppChannel | TelegramChannel, attachment: Attachment, to_file: Path) -> MediaError:
    with pytest.raises(MediaError) as caught:
        channel.fetch(attachment, to_file)
    assert not to_file.exists()
    assert not list(to_file.parent.glob("*.part"))
    return caught.value


def picture_at(url: str) -> Attachment:
    return Attachment("image", "image/png", ref=url)


def test_a_picture_from_whatsapp_is_fetched_past_its_redirect(
    whatsapp: WhatsAppChannel, sandbox: Sandbox, ana: Phone, tmp_path: Path
) -> None:
    ana.say("see", files=[{"name": "a.png", "type": "image/png", "base64": base64.b64encode(PNG).decode()}])
    form = sandbox.calls(channel="whatsapp", direction="told")[-1]["request"]
    found = whatsapp.fetch(Attachment("image", "image/png", ref=form["MediaUrl0"]), tmp_path / "f")
    assert (found.media_type, found.size, found.kind) == ("image/png", len(PNG), "image")
    assert (tmp_path / "f").read_bytes() == PNG


def test_a_file_from_telegram_is_fetched(
    telegram: TelegramChannel, sandbox: Sandbox, leo: Phone, tmp_path: Path
) -> None:
    leo.say("see", files=[{"name": "a.png", "type": "image/png", "base64": base64.b64encode(PNG).decode()}])
    update = sandbox.calls(channel="telegram", direction="told")[-1]["request"]
    ref = update["message"]["photo"][-1]["file_id"]
    found = telegram.fetch(Attachment("image", ref=ref), tmp_path / "f")
    assert found.media_type == "image/png"
    assert (tmp_path / "f").read_bytes() == PNG


def test_credentials_go_to_the_api_and_not_to_where_it_redirects(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path
) -> None:
    web.answers[PATH] = (307, {"Location": "/cdn/1"}, b"")
    web.answers["/cdn/1"] = (200, {}, PNG)
    at_web.fetch(picture_at(web.url + PATH), tmp_path / "f")
    assert web.asked == [(PATH, True), ("/cdn/1", False)]


@pytest.mark.parametrize(
    "ref",
    [
        "http://169.254.169.254/latest/meta-data/",
        "{elsewhere}/internal",
        "file:///etc/passwd",
        "{web}/2010-04-01/Accounts/AC" + "f" * 32 + "/Messages/MM" + "a" * 32 + "/Media/ME" + "b" * 32,
        "{web}" + PATH + "/../../../../secret",
        "{web}" + PATH + "?next=http://evil",
        "{web}/evil#" + PATH,
        "",
        "not an address",
    ],
)
def test_an_address_that_is_not_our_accounts_media_is_never_asked(
    at_web: WhatsAppChannel, web: Web, elsewhere: Web, tmp_path: Path, ref: str
) -> None:
    ref = ref.replace("{web}", web.url).replace("{elsewhere}", elsewhere.url)
    assert problem(at_web, picture_at(ref), tmp_path / "f").problem == "gone"
    assert web.asked == elsewhere.asked == []


def test_the_host_in_a_forged_address_gets_neither_a_request_nor_credentials(
    at_web: WhatsAppChannel, web: Web, elsewhere: Web, tmp_path: Path
) -> None:
    web.answers[PATH] = (200, {}, PNG)
    at_web.fetch(picture_at(elsewhere.url + PATH), tmp_path / "f")
    assert elsewhere.asked == []
    assert web.asked == [(PATH, True)]


@pytest.mark.parametrize(
    "location",
    ["{elsewhere}/x", "http://169.254.169.254/", "//evil.example/", "ftp://x/", "https://eviltwilio.com/"],
)
def test_a_redirect_to_anywhere_else_is_not_followed(
    at_web: WhatsAppChannel, web: Web, elsewhere: Web, tmp_path: Path, location: str
) -> None:
    web.answers[PATH] = (302, {"Location": location.replace("{elsewhere}", elsewhere.url)}, b"")
    assert problem(at_web, picture_at(web.url + PATH), tmp_path / "f").problem == "gone"
    assert elsewhere.asked == []


def test_a_redirect_in_circles_ends(at_web: WhatsAppChannel, web: Web, tmp_path: Path) -> None:
    web.answers[PATH] = (302, {"Location": PATH}, b"")
    assert problem(at_web, picture_at(web.url + PATH), tmp_path / "f").problem == "gone"
    assert len(web.asked) == 4


@pytest.mark.parametrize("length", [str(BIGGEST_FILE + 1), ""])
def test_a_file_too_big_is_refused_whether_it_says_so_or_not(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path, length: str
) -> None:
    web.answers[PATH] = (200, {"Content-Length": length}, PNG + b"\0" * BIGGEST_FILE)
    assert problem(at_web, picture_at(web.url + PATH), tmp_path / "f").problem == "too_big"


def test_a_file_that_says_it_is_too_big_is_not_even_asked_for(
    at_web: WhatsAppChannel, telegram: TelegramChannel, sandbox: Sandbox, web: Web, tmp_path: Path
) -> None:
    web.answers[PATH] = (200, {}, PNG)
    huge = Attachment("image", size=21 << 20, ref=web.url + PATH)
    assert problem(at_web, huge, tmp_path / "f").problem == "too_big"
    assert problem(telegram, huge, tmp_path / "f").problem == "too_big"
    assert web.asked == []
    assert sandbox.calls(channel="telegram", name="getFile") == []


@pytest.mark.parametrize(
    "body",
    [
        b"<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"plain words and then <svg onload=alert(1)>",
        b"MZ\x90\0\x03\0\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x06\0\0\0",
        b"",
    ],
    ids=["html", "svg", "svg in text", "windows program", "linux program", "pixel flood", "empty"],
)
def test_what_a_file_really_is_decides_and_not_what_it_says(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path, body: bytes
) -> None:
    web.answers[PATH] = (200, {"Content-Type": "image/png"}, body)
    assert problem(at_web, picture_at(web.url + PATH), tmp_path / "f").problem == "type_refused"


def test_a_zip_bomb_is_kept_as_it_is_and_never_unpacked(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path
) -> None:
    web.answers[PATH] = (200, {}, b"PK\x03\x04" + b"\0" * 200_000)
    found = at_web.fetch(
        Attachment("document", "image/png", "holiday.png", ref=web.url + PATH), tmp_path / "f"
    )
    assert (found.media_type, found.kind, found.size) == ("application/zip", "document", 200_004)


@pytest.mark.parametrize("status", [404, 403, 401, 410])
def test_a_file_that_is_gone_is_not_asked_for_again(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path, status: int
) -> None:
    web.answers[PATH] = (status, {}, b"")
    error = problem(at_web, picture_at(web.url + PATH), tmp_path / "f")
    assert (error.problem, error.is_permanent) == ("gone", True)


@pytest.mark.parametrize(("status", "wait"), [(429, "7"), (500, ""), (503, "Tue, 1 Jan 2030")])
def test_a_passing_trouble_is_tried_again(
    at_web: WhatsAppChannel, web: Web, tmp_path: Path, status: int, wait: str
) -> None:
    web.answers[PATH] = (status, {"Retry-After": wait}, b"")
    error = problem(at_web, picture_at(web.url + PATH), tmp_path / "f")
    assert (error.problem, error.is_permanent) == ("unreachable", False)
    assert (error.retry_after is not None) == (wait == "7")


def test_a_file_cut_short_is_tried_again(at_web: WhatsAppChannel, web: Web, tmp_path: Path) -> None:
    web.answers[PATH] = (200, {"Content-Length": "5000"}, PNG)
    assert problem(at_web, picture_at(web.url + PATH), tmp_path / "f").problem == "unreachable"


def test_no_error_of_a_telegram_file_shows_the_token(
    sandbox: Sandbox, sandbox_url: str, tmp_path: Path
) -> None:
    token = credentials.TELEGRAM_BOT_TOKEN
    telegram = TelegramChannel(token=token, api_url=sandbox_url)
    for fault in ({"kind": "reset", "count": 9}, {"kind": "error", "status": 404}, {"kind": "html"}):
        sandbox.clear_faults()
        sandbox.fault(**fault, channel="telegram")  # type: ignore[arg-type]
        error: BaseException | None = problem(telegram, Attachment("image", ref="x"), tmp_path / "f")
        while error is not None:
            assert token not in f"{error} {error!r}"
            error = error.__cause__


def test_an_unknown_telegram_file_is_gone(
    telegram: TelegramChannel, sandbox: Sandbox, tmp_path: Path
) -> None:
    assert problem(telegram, Attachment("image", ref="no such file"), tmp_path / "f").problem == "gone"
