"""Alerts and reports by e-mail, from the missed deadline to the letter, through a real SMTP conversation."""

import email
import email.policy
import socketserver
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest
from redis import Redis

from bot.messages.ids import make_contact_id
from bot.messages.inbound import Address
from bot.messages.thread import DeliveryStatus, OutboxEntry
from store import keys
from store.codec import load
from tests.fixtures.jobs_desk import Desk, desk

BOSS = "mailto:boss@acme.example"


class Post:
    """A mail server that keeps what it takes; `full` makes it refuse for now."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.is_full = False
        post = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 ready")
                while line := self.rfile.readline():
                    verb = line.split()[0].upper() if line.split() else b""
                    if verb == b"DATA":
                        self.say("452 mailbox full" if post.is_full else "354 go on")
                        if not post.is_full:
                            post.letters.append(self.letter())
                            self.say("250 taken")
                    else:
                        self.say("221 bye" if verb == b"QUIT" else "250 ok")

            def letter(self) -> EmailMessage:
                lines: list[bytes] = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line.removeprefix(b"."))
                return email.message_from_bytes(b"".join(lines), policy=email.policy.default)  # type: ignore[return-value]

            def say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Conversation)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def post() -> Iterator[Post]:
    found = Post()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def mailed(redis: Redis, tmp_path: Path, post: Post) -> Desk:
    return desk(redis, tmp_path, ALERTS=f"{BOSS}?lang=fr", SMTP_URL=post.url)


def deliver(one: Desk) -> None:
    one.wiring.lane_drainer.drain(make_contact_id(Address.parse(BOSS)))


def test_a_missed_promise_comes_as_a_letter_in_words_and_html(mailed: Desk, post: Post) -> None:
    ticket = mailed.ticket()
    mailed.jump(minutes=4, seconds=1)
    deliver(mailed)
    [letter] = post.letters
    number = mailed.now(ticket).number
    assert letter["Subject"].startswith("⏰ En retard")
    assert f"#{number}" in letter["Subject"]
    words, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert words is not None
    assert html is not None
    link = f"http://127.0.0.1:8000/inbox/ticket/{number}"
    assert link in words.get_content()
    assert f'<a href="{link}">' in html.get_content()


def test_the_report_comes_with_its_chart(redis: Redis, tmp_path: Path, post: Post) -> None:
    one = desk(redis, tmp_path, "weekday-desk.toml", ALERTS=BOSS, SMTP_URL=post.url)
    one.sweep()
    one.ticket("critical")
    one.jump(hours=2)
    one.jump(hours=22)
    deliver(one)
    report = next(letter for letter in post.letters if letter["Subject"].startswith("📊"))
    [chart] = list(report.iter_attachments())
    assert chart.get_content_type() == "image/png"
    assert chart.get_content().startswith(b"\x89PNG")


def test_a_server_that_is_full_is_tried_again_and_told_once(mailed: Desk, post: Post) -> None:
    post.is_full = True
    mailed.ticket()
    mailed.jump(minutes=4, seconds=1)
    deliver(mailed)
    [entry_id] = mailed.redis.lrange(keys.lane(make_contact_id(Address.parse(BOSS))), 0, -1)
    entry = load(OutboxEntry, mailed.redis.get(keys.outbox_entry(entry_id.decode())))
    assert (entry.status, entry.reason) == (DeliveryStatus.QUEUED, "paced")
    post.is_full = False
    mailed.clock.turn(seconds=10)
    deliver(mailed)
    deliver(mailed)
    assert len(post.letters) == 1


def test_no_server_at_all_loses_nothing(redis: Redis, tmp_path: Path) -> None:
    one = desk(redis, tmp_path, ALERTS=BOSS, SMTP_URL="smtp://127.0.0.1:1")
    one.ticket()
    one.jump(minutes=4, seconds=1)
    deliver(one)
    assert one.redis.llen(keys.lane(make_contact_id(Address.parse(BOSS)))) == 1
